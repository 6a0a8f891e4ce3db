from __future__ import annotations

import random
import re

import pytest

from palaestra.tasks import grammar, joining, relations
from palaestra.tasks.voice import VOICES, Voice, merged, template

EXAM = grammar.EXAM | relations.EXAM
PRACTICE = grammar.PRACTICE | relations.PRACTICE
RUN = 3


def runs(shape: str) -> set[tuple[str, ...]]:
    """Every three words in a row that stand between two slots."""
    found = set()
    for part in re.split(r"\{\w+\}", shape):
        words = re.findall(r"[\w']+", part.casefold())
        found |= {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    return found


def test_no_three_words_of_an_exam_are_in_a_voice():
    exam = {run for shapes in EXAM.values() for shape in shapes for run in runs(shape)}
    exam |= {run for words in grammar.CONDITIONS[True] for run in runs(words)}
    exam |= {run for join in joining.EXAM for part in join[:4] for run in runs(part)}
    for voice in VOICES:
        told = [
            *(s for shapes in voice.shapes.values() for t in shapes for s in grammar.expansions(t)),
            *(words for join in voice.joins for words in join),
            *(*voice.openers, *voice.closers, *voice.conditions),
        ]
        shared = {shape: runs(shape) & exam for shape in told if runs(shape) & exam}
        assert not shared, f"{voice.name}.toml"


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_a_voice_has_words_for_everything(voice: Voice):
    assert set(voice.shapes) == set(EXAM)
    assert all((voice.joins, voice.openers, voice.closers, voice.conditions))
    assert {len(join) for join in voice.joins} == {3, 4}
    for shapes in voice.shapes.values():
        assert len(set(shapes)) == len(shapes) > 0


@pytest.mark.parametrize("kind", sorted(EXAM))
def test_every_voice_is_heard_alike_and_says_all_it_can(kind: str):
    rng = random.Random(0)
    drawn = [template(kind, rng) for _ in range(6_000)]
    assert set(drawn) == set(PRACTICE[kind]) == set(merged([kind])[kind])
    for voice in VOICES:
        alone = set(voice.shapes[kind]) - {
            shape for other in VOICES if other is not voice for shape in other.shapes[kind]
        }
        share = sum(shape in alone for shape in drawn) / len(drawn)
        assert share <= 1 / len(VOICES) + 0.03, voice.name
