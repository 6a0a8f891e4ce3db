"""Nothing that an exam is made of occurs in practice: by construction, and in what is drawn."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import UsageError
from palaestra.gyms import find as find_gym
from palaestra.gyms.drawing import draw
from palaestra.kit.lexicon import lexicon
from palaestra.kit.skin import EXAM_SKINS, Skin
from palaestra.tasks.combinations import combinations, is_kept
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import (
    EXAM,
    EXAM_SEEDS,
    EXAMS,
    GOALS,
    PRACTICE,
    SKINS,
    SPLITS,
    find,
)
from palaestra.tasks.task import Task
from palaestra.types import Command
from tests.apps import expenses

N = 60
STEPS_DRAWN = 5


def commands(task: Task) -> tuple[Command, ...]:
    """Returns what a workflow's oracle does; nothing for other kinds."""
    if task.kind != "workflow":
        return ()
    episode = Episode(
        replace(task, start=replace(task.start, disturbance=0)), find_gym(task.start.app)
    )
    for action in task.oracle:
        episode.step(action)
    return episode.session.commands


@given(st.integers())
def test_seeds_and_skins_of_exams_are_out_of_reach_of_practice(seed: int):
    for split in SPLITS.values():
        rng = random.Random(seed)
        for _ in range(20):
            assert (split.seed(rng) >= EXAM_SEEDS) == split.exam
            assert (split.skin(rng) >= EXAM_SKINS) == (split.skins == "exam")
            troubled = split.disturbance(rng)
            assert (troubled >= EXAM_SEEDS) == (split.exam and split.disturbed > 0)
            assert (troubled > 0) >= (split.disturbed == 1.0)


def test_only_practice_is_no_exam():
    assert [split for split in SPLITS.values() if not split.exam] == [PRACTICE]
    assert PRACTICE.speech == "practice"
    assert PRACTICE.skins == "practice"
    rng = random.Random(0)
    assert sum(PRACTICE.disturbance(rng) > 0 for _ in range(400)) in range(80, 120)


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
    with pytest.raises(UsageError, match="practice, goals, exam, strangers, skins, disturbances"):
        find("examen")


def test_long_workflows_have_as_many_steps_as_they_say():
    for name, steps in (("workflows-20", 20), ("workflows-50", 50)):
        [task] = draw("procedural:2000000002", find(name), 0, 1)
        assert task.kind == "workflow"
        assert len(commands(task)) == steps
    assert find("workflows-93").steps == (93, 93)


def drawn(gym: str, split_name: str) -> list[Task]:
    split = find(split_name)
    n = N // 5 if split.kinds else N
    return [task for seed in (0, 1) for task in draw(gym, split, seed, n)]


@pytest.mark.parametrize("gym", ["accounting", "procedural"])
def test_nothing_leaks_from_practice_into_exams(gym: str):
    practice = drawn(gym, "practice")
    pairs = {pair for task in practice for pair in combinations(commands(task))}
    assert pairs
    for split in (split for split in EXAMS if split.steps[1] <= STEPS_DRAWN):
        examined = drawn(gym, split.name)
        kept = {pair for task in examined for pair in combinations(commands(task))}
        assert {is_kept(*pair) for pair in kept} == {split.combined}
        assert not split.combined or pairs.isdisjoint(kept)
        assert not {t.id for t in practice} & {t.id for t in examined}
        assert not {t.start.seed for t in practice} & {t.start.seed for t in examined}
        if gym == "procedural":
            assert not {t.start.app for t in practice} & {t.start.app for t in examined}
        if split.speech != "practice":
            assert not {t.shape for t in practice} & {t.shape for t in examined}
            assert not {t.goal for t in practice} & {t.goal for t in examined}
        if split.disturbed:
            assert not {t.start.disturbance for t in practice} & {
                t.start.disturbance for t in examined
            }
        if split.skins == "exam":
            assert not {t.start.skin for t in practice} & {t.start.skin for t in examined}
