"""Nothing that an exam is made of occurs in practice: by construction, and in what is drawn."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import UsageError
from palaestra.gyms.drawing import draw
from palaestra.kit.lexicon import lexicon
from palaestra.kit.skin import EXAM_SKINS, Skin
from palaestra.tasks.splits import (
    DISTURBED,
    EXAM,
    EXAM_SEEDS,
    GOALS,
    PRACTICE,
    SKINS,
    SPLITS,
    find,
)
from palaestra.tasks.task import Task
from tests.apps import expenses

N = 150


@given(st.integers())
def test_seeds_and_skins_of_exams_are_out_of_reach_of_practice(seed: int):
    for split in SPLITS.values():
        rng = random.Random(seed)
        for _ in range(20):
            assert (split.seed(rng) >= EXAM_SEEDS) == split.exam
            assert (split.skin(rng) >= EXAM_SKINS) == (split.skins == "exam")
            assert (split.disturbance(rng) >= EXAM_SEEDS) == split.disturbed


def test_only_practice_is_no_exam():
    assert [split for split in SPLITS.values() if not split.exam] == [PRACTICE]
    assert not PRACTICE.exam_wording
    assert PRACTICE.skins == "practice"


def test_plain_skins_are_plain_and_the_words_of_exam_skins_are_new():
    rng = random.Random(0)
    assert {GOALS.skin(rng) for _ in range(50)} == {0}
    practised = [Skin.of_seed(PRACTICE.skin(rng)) for _ in range(300)]
    examined = [Skin.of_seed(SKINS.skin(rng)) for _ in range(300)]
    known = {lexicon(expenses, skin).word("save") for skin in practised}
    assert {lexicon(expenses, skin).word("save") for skin in examined} - known
    assert sum(skin.seed == 0 for skin in practised) in range(100, 200)


def test_a_split_that_is_not_there():
    assert find("exam") is EXAM
    with pytest.raises(UsageError, match="practice, goals, exam, skins, disturbances"):
        find("examen")


def drawn(gym: str, split_name: str) -> list[Task]:
    return [task for seed in (0, 1) for task in draw(gym, find(split_name), seed, N)]


@pytest.mark.parametrize("gym", ["accounting", "procedural"])
def test_nothing_leaks_from_practice_into_exams(gym: str):
    practice = drawn(gym, "practice")
    for split in (GOALS, EXAM, SKINS, DISTURBED):
        examined = drawn(gym, split.name)
        assert not {t.id for t in practice} & {t.id for t in examined}
        assert not {t.start.seed for t in practice} & {t.start.seed for t in examined}
        if gym == "procedural":
            assert not {t.start.app for t in practice} & {t.start.app for t in examined}
        if split.exam_wording:
            assert not {t.shape for t in practice} & {t.shape for t in examined}
            assert not {t.goal for t in practice} & {t.goal for t in examined}
        if split.skins == "exam":
            assert not {t.start.skin for t in practice} & {t.start.skin for t in examined}
