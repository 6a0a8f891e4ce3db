from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from palaestra import gyms
from palaestra.kit import Session
from palaestra.tasks import refusals
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.tasks.voice import VOICES
from palaestra.types import Action, Start

GYMS = ["accounting", "procedural:3", "procedural:21"]

SPEECHES = tuple(VOICES)


@cache
def refused(gym: str) -> list[Task]:
    tasks = []
    for seed in range(60):
        start = Start(gym, seed, seed % 3)
        session = Session.at(gyms.find(gym), start)
        task = refusals.propose(session, start, random.Random(seed), speech=SPEECHES[seed % 3])
        tasks += [task] if task else []
    return tasks


@pytest.mark.parametrize("gym", GYMS)
def test_nothing_changes_and_the_reason_stands_on_the_last_screen(gym: str) -> None:
    assert len(refused(gym)) > 30
    for task in refused(gym):
        episode = Episode(task, gyms.find(gym))
        for action in task.oracle[:-1]:
            episode.step(action)
        assert not episode.session.commands
        names = [node.name for node in episode.session.screen().walk()]
        assert task.oracle[-1].text in names
        episode.step(task.oracle[-1])
        assert episode.verdict().success
        assert task.kind == "refusal"


def test_every_sort_is_proposed_and_asked_for_in_the_words_of_what_is_possible() -> None:
    tasks = refused("accounting")
    sorts: Counter[str] = Counter()
    for task in tasks:
        assert task.verifier.answer is not None
        last = task.oracle[-2].ref.partition(":")[0]
        missing = bool(task.verifier.answer.also)
        sorts["missing" if missing else "locked" if last == "open" else "rule"] += 1
    assert min(sorts[sort] for sort in ("missing", "locked", "rule")) >= 3
    groups = {task.shape.partition("/")[0] for task in tasks}
    assert groups >= {"update", "delete", "action", "question"}


def test_the_goal_does_not_give_the_reason_away() -> None:
    for task in refused("accounting"):
        answer = task.verifier.answer
        assert answer is not None
        for guess in ("", "no", task.goal, "R1 R2 R3 R4", "It is not allowed"):
            assert not answer.accepts(guess), task.goal


def test_a_rule_or_plain_words_are_reason_enough() -> None:
    tasks = [task for task in refused("accounting") if task.verifier.answer]
    by_rule = next(t for t in tasks if "handbook, R" in t.oracle[-1].text)
    rule = by_rule.oracle[-1].text.partition("handbook, ")[2].rstrip(")")
    missing = next(t for t in tasks if t.verifier.answer and t.verifier.answer.also)
    name = missing.verifier.answer.also[0] if missing.verifier.answer else ""
    for task, words in ((by_rule, f"Rule {rule} forbids it"), (missing, f"There is no {name}.")):
        episode = Episode(task, gyms.find("accounting"))
        episode.step(Action("answer", text=words))
        assert episode.verdict().success
