from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit import roll
from palaestra.kit.roll import Roll

NUMBERS = st.lists(st.integers(1, 60), max_size=80)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll, "BLOCK", 4)


@given(NUMBERS, NUMBERS, st.randoms(use_true_random=False))
def test_a_roll_is_a_sorted_set(first: list[int], then: list[int], rng: random.Random) -> None:
    members = set(first)
    one = Roll(sorted(members))
    for number in then:
        before, was = one, sorted(members)
        if rng.random() < 0.5:
            one = one.plus(number)
            members.add(number)
        else:
            one = one.minus(number)
            members.discard(number)
        assert list(before) == was, "older versions stay as they were"
        assert list(one) == sorted(members)
        assert len(one) == len(members)
        assert [number in one for number in range(62)] == [n in members for n in range(62)]


@given(NUMBERS, st.slices(80))
def test_places_and_pages(numbers: list[int], page: slice) -> None:
    ordered = sorted(set(numbers))
    one = Roll(ordered)
    assert one[page] == ordered[page]
    for place in range(-len(ordered), len(ordered)):
        assert one[place] == ordered[place]
    for place in (len(ordered), -len(ordered) - 1):
        with pytest.raises(IndexError):
            one[place]


def test_what_is_there_already_makes_no_new_roll() -> None:
    one = Roll([1, 5, 9])
    assert one.plus(5) is one
    assert one.minus(6) is one
    assert repr(one) == "Roll([1, 5, 9])"
