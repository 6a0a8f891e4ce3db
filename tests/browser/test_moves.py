"""An action is found again on a page that names its elements anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from palaestra.browser.moves import Move
from palaestra.types import Action, Node


def page(refs: list[str]) -> Node:
    inside = tuple(Node("button", f"Number {place}", ref) for place, ref in enumerate(refs))
    return Node("document", children=(Node("paragraph", "Above"), Node("main", children=inside)))


@given(st.integers(1, 6), st.integers(0, 5), st.sampled_from(["click", "fill"]), st.text())
def test_it_is_the_same_element_by_another_name(count: int, place: int, op, text: str):
    before, after = [f"n{i}" for i in range(count)], [f"m{i}" for i in range(count)]
    ref = before[place] if place < count else "gone"
    move = Move.of(Action(op, ref, text), page(before))
    wanted = after[place] if place < count else ""
    assert move.on(page(after)) == Action(op, wanted, text)


def test_where_the_page_is_shorter_nothing_else_is_taken():
    move = Move.of(Action("click", "n4"), page([f"n{i}" for i in range(5)]))
    assert move.on(page(["n0"])) == Action("click", "")
