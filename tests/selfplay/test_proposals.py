from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from palaestra.gyms import find
from palaestra.kit.app import App
from palaestra.selfplay.proposals import Outcome, about, everyday_records, propose, told
from palaestra.selfplay.proposer import Path
from palaestra.tasks.task import Task
from palaestra.tasks.topics import Topic
from palaestra.types import Start

GOALS = (("accounting", 60), ("procedural", 12))


def test_seed_and_worths_decide_what_is_proposed():
    tasks, tries = propose(GOALS, 3, None)
    assert [task.id for task in tasks] == [one.goal for one in tries if one.goal]
    assert len(tasks) == 72
    assert (tasks, tries) == propose(GOALS, 3, None)
    assert tasks != propose(GOALS, 4, None)[0]
    assert tries == propose(GOALS, 3, {(): 0.3})[1]
    assert any(not one.goal for one in tries)
    for task, one in zip(tasks, (one for one in tries if one.goal), strict=True):
        assert one.path[0] == task.start.app.partition(":")[0]
        assert (one.kind, one.shape, one.steps) == (task.kind, task.shape, len(task.oracle))


def test_what_is_worth_more_is_tried_more_and_the_rest_is_not_given_up():
    worths: dict[Path, float] = {(): 0.0, ("accounting", "question"): 1.0}
    worths["accounting", "question", "vendor.read"] = 20.0
    tries = propose((("accounting", 120),), 1, worths)[1]
    kinds = Counter(one.path[1] for one in tries)
    assert kinds["question"] > 0.6 * len(tries)
    assert len(kinds) == 7
    about_vendors = sum(one.path[2] == "vendor.read" for one in tries)
    assert 0.25 < about_vendors / kinds["question"] < 0.7


def test_topics_of_a_family_go_by_their_shape():
    tries = propose((("procedural", 40),), 1, None)[1]
    assert {one.path[2] for one in tries} <= {
        *(f"{w}, {f}" for w in ("whole", "part") for f in ("form", "long form", "no form")),
        *("rule", "lock", "missing", *(f"{n} steps" for n in range(2, 13))),
    }
    (one, *_) = propose((("procedural:7", 1),), 1, {(): 1.0})[1]
    names = {kind.name for kind in find("procedural:7").records}
    assert one.path[2].partition(".")[0] in names or one.path[1] in ("refusal", "workflow")


def test_a_start_at_which_a_gym_fails_is_left_out_and_noted(monkeypatch: pytest.MonkeyPatch):
    whole, _ = propose(GOALS, 3, None)
    bad, sound = whole[0].start.seed, Topic.propose

    def fails(topic: Topic, app: App, start: Start, *rest: Any) -> Task | None:
        if start.seed == bad:
            raise IndexError("no flight is left")
        return sound(topic, app, start, *rest)

    monkeypatch.setattr(Topic, "propose", fails)
    tasks, tries = propose(GOALS, 3, None)
    assert len(tasks) == len(whole)
    assert bad not in {task.start.seed for task in tasks}
    assert [one.broken for one in tries if one.broken] == [
        f"accounting fails from seed {bad}: IndexError: no flight is left"
    ]


def test_what_becomes_of_tasks_is_told_in_their_order():
    _, tries = propose((("accounting", 6),), 3, None)
    solved = [True, False, None, True, False, None]
    after = told(tries, [Outcome(one) for one in solved])
    assert [one.solved for one in after if one.goal] == solved
    assert all(one.solved is None for one in after if not one.goal)
    [first, *_] = [one for one in told(tries, [Outcome(None, "it fails")] * 6) if one.goal]
    assert (first.solved, first.broken) == (None, "it fails")


def test_everyday_is_what_there_is_much_of():
    everyday = everyday_records("accounting")
    assert {"invoice", "bill", "account"} <= everyday
    assert not {"tax_rate", "company"} & everyday
    tasks, _ = propose((("accounting", 60),), 5, None)
    records = {kind.name for kind in find("accounting").records}
    assert len({about(task) for task in tasks} & records) > 8
    for task in tasks:
        if changed := {change.record for change in task.verifier.required.changes}:
            assert about(task) in records, (task.oracle, changed)
