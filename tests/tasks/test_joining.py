from __future__ import annotations

import random
import re

import pytest

from palaestra.tasks.joining import JOINS, Join, draw
from palaestra.tasks.voice import Speech

STEPS = ["add one", "add two", "add three"]


def words(join: Join) -> set[str]:
    told = re.sub(r"\{\w+\}", "", f"{join.first}/{join.then}/{join.last}").casefold()
    return {re.sub(r"[^\w/]", " ", part).strip() for part in told.split("/")} - {"", "then", "and"}


def test_steps_stand_in_their_order_between_the_words() -> None:
    assert Join("{n}. ", " {n}. ", " {n}. ").joined(["A.", "B.", "C."]) == "1. A. 2. B. 3. C."
    joined = Join("", ", then ", ", and finally ", ".", clauses=True).joined(STEPS)
    assert joined == "Add one, then add two, and finally add three."
    assert Join("First: ", " Then: ", " Finally: ").joined(["A.", "B."]) == "First: A. Finally: B."


def test_there_are_letters_for_many_steps() -> None:
    leads = Join("({letter}) ", " ({letter}) ", " ({letter}) ").leads(30)
    assert len(set(leads)) == 30
    assert leads[27] == " (bb) "


def test_joins_of_exams_do_not_occur_in_practice() -> None:
    practised = {word for join in JOINS["practice"] for word in words(join)}
    for joins in (JOINS["exam"], JOINS["strangers"]):
        assert not {join.shape for join in JOINS["practice"]} & {join.shape for join in joins}
        assert not practised & {word for join in joins for word in words(join)}


@pytest.mark.parametrize("speech", JOINS)
def test_every_join_is_drawn(speech: Speech) -> None:
    rng = random.Random(1)
    assert {draw(rng, speech) for _ in range(3_000)} == set(JOINS[speech])


@pytest.mark.parametrize("speech", JOINS)
def test_many_steps_are_numbered(speech: Speech) -> None:
    rng = random.Random(1)
    drawn = {draw(rng, speech, 20) for _ in range(2_000)}
    assert drawn == {join for join in JOINS[speech] if join.numbered}
    assert all(len(set(join.leads(93)[1:-1])) == 91 for join in drawn)
