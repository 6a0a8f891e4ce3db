from __future__ import annotations

import re
import string

import pytest

from palaestra.tasks.grammar import EXAM, PRACTICE, shapes

SLOTS = {
    "create": {"noun", "with", "to", "is", "colon"},
    "create part": {"noun", "owner", "Owner", "with", "to", "is", "colon"},
    "update": {"record", "Record", "with", "to", "is", "colon"},
    "delete": {"record", "Record"},
    "action": {"say", "Say"},
    "question": {"record", "Record", "label"},
    "count": {"plural"},
    "count where": {"plural", "label", "value"},
}
STYLES = {"with", "to", "is", "colon"}


def slots(shape: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(shape) if name is not None]


def bare(shape: str) -> str:
    """A shape without case, punctuation and politeness."""
    words = re.sub(r"[^\w{}]", " ", shape).casefold().split()
    return " ".join(word for word in words if word != "please")


def test_every_kind_of_goal_has_shapes_for_practice_and_for_exams():
    assert set(PRACTICE) == set(EXAM) == set(SLOTS)
    assert min(map(len, PRACTICE.values())) >= 3
    assert min(map(len, EXAM.values())) >= 2


def test_no_exam_shape_occurs_in_practice_even_with_other_case_and_punctuation():
    practice = {bare(shape) for group in PRACTICE.values() for shape in group}
    exam = {bare(shape) for group in EXAM.values() for shape in group}
    assert not practice & exam


@pytest.mark.parametrize("kind", SLOTS)
def test_shapes_differ_from_each_other(kind: str):
    for exam in (False, True):
        group = shapes(kind, exam=exam)
        assert len(set(group)) == len(group)


@pytest.mark.parametrize("kind", SLOTS)
def test_every_slot_is_one_that_the_describer_fills(kind: str):
    for shape in (*PRACTICE[kind], *EXAM[kind]):
        found = slots(shape)
        assert set(found) <= SLOTS[kind], shape
        assert len(set(found)) == len(found), f"{shape} says something twice"
        if kind in ("create", "create part", "update"):
            assert len(STYLES & set(found)) == 1, shape
        if kind != "create":
            needed = {slot.lower() for slot in SLOTS[kind]} - STYLES
            assert {slot.lower() for slot in found} - STYLES == needed, shape


def test_a_capital_begins_a_sentence():
    for group in (*PRACTICE.values(), *EXAM.values()):
        for shape in group:
            assert shape[0] == "{" or shape[0].isupper(), shape
            for slot in re.finditer(r"\{(\w+)\}", shape):
                first = slot.start() == 0 or shape[: slot.start()].endswith(". ")
                assert slot[1][0].isupper() == first, shape
