from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from palaestra.errors import UsageError
from palaestra.tasks.answer import Answer
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import Action, Change, Diff, Start

VERIFIER = Verifier(Diff.of([Change("claim", "deleted", "EXP-0001")]), (("claim", "note"),))
TASK = Task(
    "Delete EXP-0001.",
    Start("expenses", 3, 4),
    VERIFIER,
    "delete",
    "plain",
    (Action("click", "yes"), Action("done")),
)


def test_a_task_survives_json() -> None:
    again = Task.from_json(json.loads(json.dumps(TASK.to_json())))
    assert again == TASK
    assert again.id == TASK.id


def test_a_start_without_disturbance_and_size_is_written_as_it_always_was() -> None:
    assert TASK.to_json()["start"] == ["expenses", 3, 4]
    rough = dataclasses.replace(TASK, start=Start("expenses", 3, 4, 7, 500))
    assert rough.to_json()["start"] == ["expenses", 3, 4, 7, 500]
    assert Task.from_json(json.loads(json.dumps(rough.to_json()))) == rough


def test_a_task_is_named_by_what_it_asks_and_not_by_how_it_is_done() -> None:
    same = dataclasses.replace(TASK, oracle=(Action("done"),), kind="action", shape="other")
    assert same.id == TASK.id
    others = [
        dataclasses.replace(TASK, goal="Remove EXP-0001."),
        dataclasses.replace(TASK, start=Start("expenses", 3, 5)),
        dataclasses.replace(TASK, start=Start("expenses", 2, 4)),
        dataclasses.replace(TASK, verifier=Verifier(VERIFIER.required)),
        dataclasses.replace(TASK, verifier=Verifier(VERIFIER.required, answer=Answer("text", "x"))),
        dataclasses.replace(TASK, start=Start("expenses", 3, 4, 1)),
        dataclasses.replace(TASK, start=Start("expenses", 3, 4, 0, 100)),
    ]
    assert len({TASK.id, *(other.id for other in others)}) == 8
    assert len(TASK.id) == 16


def test_steps_are_twice_the_oracles_and_ten() -> None:
    assert TASK.max_steps == 14


@pytest.mark.parametrize("data", [{}, [], "task", 7, None])
def test_what_is_no_task_is_refused(data: Any) -> None:
    with pytest.raises(UsageError, match="This is not a task"):
        Task.from_json(data)


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("goal", None),
        *(("start", broken) for broken in (5, ["a"], ["a", "b", 0], ["a", -1, 0], [5, 1, 0])),
        *(("start", ["a", 1, 0, *broken]) for broken in ((-1,), (0, "x"), (0, 0, 0))),
        ("verifier", {}),
        ("verifier", []),
        ("verifier", {"required": [1], "allowed": [], "answer": None}),
        ("verifier", {"required": [["a", "b", 3, []]], "allowed": [], "answer": None}),
        ("verifier", {"required": [], "allowed": [[1, 2]], "answer": None}),
        ("verifier", {"required": [], "allowed": [], "answer": ["colour", "red"]}),
        ("verifier", {"required": [], "allowed": [], "answer": ["number", "many"]}),
        *(("oracle", broken) for broken in ([5], None, [["click", *"abc"]], [["click", 5]])),
    ],
)
def test_a_task_with_a_broken_part_is_refused(part: str, broken: Any) -> None:
    with pytest.raises(UsageError, match="This is not a task"):
        Task.from_json({**TASK.to_json(), part: broken})
