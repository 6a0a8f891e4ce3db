from __future__ import annotations

import random
import re
import string
from functools import cache

import pytest

from palaestra.tasks.grammar import expansions
from palaestra.tasks.relations import GROUPS
from palaestra.tasks.voice import VOICES, Speech, Voice, everybody

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
    **{group: {"record", "Record", "label", "Label", "by", "By"} for group in GROUPS},
}
CLAUSES = [kind for kind in SLOTS if kind.endswith("clause")]
STYLES = {"with", "to", "is", "colon"}
LONGEST_SHARED: dict[Speech, int] = {"exam": 2, "strangers": 3}
"""Words in a row that practice may share with what it is examined in."""


@cache
def shapes(voice: str, kind: str) -> list[str]:
    (found,) = [one for one in everybody() if one.name == voice]
    return [shape for template in found.shapes[kind] for shape in expansions(template)]


def around(voice: Voice) -> list[str]:
    return [*voice.openers, *voice.closers, *voice.conditions]


def said(voice: Voice) -> list[str]:
    """Everything that a voice says."""
    told = [shape for kind in SLOTS for shape in shapes(voice.name, kind)]
    return [*told, *(words for join in voice.joins for words in join), *around(voice)]


def bare(shape: str) -> str:
    """A shape without case, punctuation and politeness."""
    words = re.sub(r"[^\w{}]", " ", shape).casefold().split()
    return " ".join(word for word in words if word != "please")


def runs(shape: str, length: int) -> set[tuple[str, ...]]:
    """Every so many words in a row that stand between two slots."""
    found = set()
    for part in re.split(r"\{\w+\}", shape):
        words = re.findall(r"[\w']+", part.casefold())
        found |= {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}
    return found


def slots(shape: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(shape) if name is not None]


each_voice = pytest.mark.parametrize("voice", everybody(), ids=lambda voice: voice.name)


@pytest.mark.parametrize("speech", LONGEST_SHARED)
def test_practice_does_not_talk_like_an_exam(speech: Speech):
    length = LONGEST_SHARED[speech] + 1
    heard = {run for voice in VOICES[speech] for one in said(voice) for run in runs(one, length)}
    known = {
        bare(shape) for one in VOICES[speech] for kind in SLOTS for shape in shapes(one.name, kind)
    }
    conditions = {bare(words) for one in VOICES[speech] for words in one.conditions}
    for voice in VOICES["practice"]:
        told = said(voice)
        assert not [one for one in told if runs(one, length) & heard], voice.name
        assert not (known | conditions) & {bare(one) for one in told}, voice.name


def test_no_shape_of_the_exam_begins_or_ends_as_what_practice_puts_around():
    (examiner,) = VOICES["exam"]
    put = tuple(bare(words) for voice in VOICES["practice"] for words in around(voice))
    for kind in SLOTS:
        told = [bare(shape) for shape in shapes(examiner.name, kind)]
        assert len(set(told)) == len(told)
        assert not [shape for shape in told if shape.startswith(put) or shape.endswith(put)]


@pytest.mark.parametrize("kind", [kind for kind in SLOTS if not kind.endswith("clause")])
def test_there_are_many_shapes_for_practice_and_several_for_exams(kind: str):
    assert len({s for voice in VOICES["practice"] for s in shapes(voice.name, kind)}) >= 12
    (examiner,) = VOICES["exam"]
    assert len(examiner.shapes[kind]) >= (3 if kind in GROUPS else 6)


@each_voice
def test_a_voice_has_words_for_everything(voice: Voice):
    assert set(voice.shapes) == set(SLOTS)
    assert voice.joins
    assert voice.conditions
    assert {len(join) for join in voice.joins} == {3, 4}
    for kind in SLOTS:
        told = [bare(shape) for shape in shapes(voice.name, kind)]
        assert told, kind
        assert len(set(voice.shapes[kind])) == len(voice.shapes[kind])
    assert len({voice.name for voice in everybody()}) == len(everybody())


@each_voice
@pytest.mark.parametrize("kind", SLOTS)
def test_every_slot_is_one_that_the_describer_fills(voice: Voice, kind: str):
    for shape in shapes(voice.name, kind):
        found = slots(shape)
        assert set(found) <= SLOTS[kind], shape
        assert len(set(found)) == len(found), f"{shape} says something twice"
        told = {slot.lower() for slot in found}
        if kind.removesuffix(" clause") in ("create", "create part", "update"):
            assert len(STYLES & told) == 1, shape
        assert told - STYLES == {slot.lower() for slot in SLOTS[kind]} - STYLES, shape


@each_voice
def test_shapes_are_sentences(voice: Voice):
    told = [(kind, shape) for kind in SLOTS for shape in shapes(voice.name, kind)]
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


@each_voice
def test_what_is_put_around_a_goal_begins_or_ends_none(voice: Voice):
    """Who takes it off again must be left with the goal."""
    assert not [words for words in around(voice) if set(words) & set("[|]{}")]
    for kind in SLOTS:
        for other in everybody():
            for shape in shapes(other.name, kind):
                assert not shape.startswith(voice.openers), (other.name, shape)
                assert not shape.endswith((*voice.closers, *voice.conditions)), (other.name, shape)


@each_voice
@pytest.mark.parametrize("kind", SLOTS)
def test_what_is_drawn_is_one_of_the_shapes(voice: Voice, kind: str):
    rng = random.Random(0)
    drawn = {voice.shape(kind, rng) for _ in range(2_000)}
    assert drawn <= set(shapes(voice.name, kind))
    for template in voice.shapes[kind]:
        assert drawn & set(expansions(template)), template
