from __future__ import annotations

import random
import re
import string

import pytest

from palaestra.tasks.grammar import CLOSERS, CONDITIONS, EXAM, OPENERS, PRACTICE, draw, expansions

SLOTS = {
    "create": {"noun", "with", "to", "is", "colon"},
    "create part": {"noun", "owner", "Owner", "with", "to", "is", "colon"},
    "update": {"record", "Record", "with", "to", "is", "colon"},
    "delete": {"record", "Record"},
    "action": {"say", "Say"},
    "question": {"record", "Record", "label", "Label"},
    "count": {"plural"},
    "count where": {"plural", "label", "Label", "value"},
    "count both": {"plural", "label", "Label", "value", "label2", "value2"},
    "which": {"noun", "label", "Label", "value"},
    "report": {"report", "row", "column"},
    "create clause": {"noun", "with", "to", "is"},
    "create part clause": {"noun", "owner", "with", "to", "is"},
    "update clause": {"record", "with", "to", "is"},
    "delete clause": {"record"},
    "action clause": {"say"},
}
CLAUSES = [kind for kind in SLOTS if kind.endswith("clause")]
STYLES = {"with", "to", "is", "colon"}


SHAPES = {
    kind: [shape for template in PRACTICE[kind] for shape in expansions(template)]
    for kind in PRACTICE
}


def slots(shape: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(shape) if name is not None]


def bare(shape: str) -> str:
    """A shape without case, punctuation and politeness."""
    words = re.sub(r"[^\w{}]", " ", shape).casefold().split()
    return " ".join(word for word in words if word != "please")


def test_every_kind_of_goal_has_shapes_for_practice_and_for_exams():
    assert set(PRACTICE) == set(EXAM) == set(SLOTS)
    assert min(len(set(SHAPES[kind])) for kind in SHAPES if kind not in CLAUSES) >= 12
    assert min(len(EXAM[kind]) for kind in EXAM if kind not in CLAUSES) >= 6


@pytest.mark.parametrize("kind", SLOTS)
def test_no_exam_shape_occurs_in_practice_even_with_other_case_and_punctuation(kind: str):
    exam = {bare(shape) for shape in EXAM[kind]}
    assert len(exam) == len(EXAM[kind])
    practice = {bare(shape) for group in SHAPES.values() for shape in group}
    assert not practice & exam
    around = {bare(words) for words in (*OPENERS, *CLOSERS)}
    assert not [shape for shape in exam if any(shape.startswith(words) for words in around)]
    assert not [shape for shape in exam if any(shape.endswith(words) for words in around)]


@pytest.mark.parametrize("kind", SLOTS)
def test_every_slot_is_one_that_the_describer_fills(kind: str):
    for shape in (*SHAPES[kind], *EXAM[kind]):
        found = slots(shape)
        assert set(found) <= SLOTS[kind], shape
        assert len(set(found)) == len(found), f"{shape} says something twice"
        told = {slot.lower() for slot in found}
        if kind.removesuffix(" clause") in ("create", "create part", "update"):
            assert len(STYLES & told) == 1, shape
        assert told - STYLES == {slot.lower() for slot in SLOTS[kind]} - STYLES, shape


def test_shapes_are_sentences():
    told = [(kind, shape) for group in (SHAPES, EXAM) for kind in group for shape in group[kind]]
    for kind, shape in told:
        if kind in CLAUSES:
            assert shape[0] == "{" or shape[0].islower(), shape
            assert shape[-1] not in ".?,;:", shape
        else:
            assert shape[0] == "{" or shape[0].isupper(), shape
            assert shape[-1] in ".?", shape
        assert not re.search(r"\s\s|[\[\]|]|\s[.,;:?]|[.,;:?]\w", shape), shape
        for slot in re.finditer(r"\{(\w+)\}", shape):
            first = slot.start() == 0 or shape[: slot.start()].endswith(". ")
            assert slot[1][0].isupper() == (first and kind not in CLAUSES), shape


@pytest.mark.parametrize("kind", SLOTS)
def test_what_is_drawn_is_one_of_the_shapes(kind: str):
    rng = random.Random(0)
    assert {draw(kind, rng, exam=False) for _ in range(200)} <= set(SHAPES[kind])
    assert {draw(kind, rng, exam=True) for _ in range(200)} == set(EXAM[kind])


def test_conditions_of_exams_are_not_those_of_practice():
    assert not {bare(words) for words in CONDITIONS[True]} & {
        bare(words) for words in CONDITIONS[False]
    }


def test_choices_are_all_made():
    assert list(expansions("[A|The] {noun}[.|?]")) == [
        "A {noun}.",
        "A {noun}?",
        "The {noun}.",
        "The {noun}?",
    ]
    assert list(expansions("A {noun}.")) == ["A {noun}."]
