from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.policies.network.items import items
from palaestra.policies.network.tokens import Goal
from palaestra.tasks.joining import JOINS, Join

TOLD = ("pay the bill", "send 2 letters to A. Large", "set it to 1.", "file a note", "let it be")
COUNTED = [join for joins in JOINS.values() for join in joins if join.numbered]


def listed(text: str) -> list[str]:
    """The words that follow each item's number, up to the next one's."""
    goal = Goal(text)
    ends = [*goal.items[1:], len(goal)]
    return [goal.span(at + 1, end - 1) for at, end in zip(goal.items, ends, strict=True)]


@pytest.mark.parametrize("join", COUNTED, ids=lambda join: join.shape)
def test_the_items_of_every_counted_list_are_found(join: Join):
    goal = join.joined([TOLD[n % len(TOLD)] for n in range(31)])
    found = listed(goal)
    assert len(found) == 31
    for n, words in enumerate(found):
        assert TOLD[n % len(TOLD)].removesuffix(".") in words


def test_numbers_that_count_nothing_begin_no_items():
    for goal in (
        "Set the quantity to 1 and the price to 2.",
        "Send OL-0001 to A. Large (2 of 3).",
        "1. Pay the bill.",
        "",
    ):
        assert Goal(goal).items == []


def test_a_number_at_the_end_of_an_item_is_taken_for_the_next_ones():
    assert listed("1. Order 2. 2. Pay. 3. Go.") == [". Order", ". 2. Pay.", ". Go."]


@given(st.lists(st.sampled_from(["1", "2", "3", "a", "b", "(", ")", ".", "step", "x"])))
def test_items_rise_and_count_on(words: list[str]):
    found = items(words)
    assert found == sorted(set(found))
    assert len(found) != 1
    counted = [words[at] for at in found]
    assert counted in ([str(n + 1) for n in range(len(found))], list("ab")[: len(found)])
