"""Two exams of the same tasks, held against one another."""

from __future__ import annotations

import pytest

from palaestra.exams.comparing import Comparison
from palaestra.exams.exam import examine
from tests.exams.conftest import Knowing, find


def compared(tasks, **errs: str) -> Comparison:
    one = examine(Knowing(tasks), tasks, find)
    other = examine(Knowing(tasks, **errs), tasks, find)
    return Comparison.of(
        one, other, {tasks[1].id: "after 0 actions: x"}, seconds=2.0, gym="notes", split="by hand"
    )


def test_nothing_differs_where_both_did_the_same(tasks):
    same = compared(tasks)
    assert (same.n, same.tree, same.page) == (5, 5, 5)
    assert (same.same_actions, same.same_outcomes, same.differences) == (5, 5, ())
    assert same.chromium_steps_per_second == sum(len(task.oracle) for task in tasks) / 2.0


def test_an_episode_that_went_otherwise_is_told_with_its_place_and_reason(tasks):
    other = compared(tasks, errs="Ada")
    assert (other.tree, other.page, other.same_actions, other.same_outcomes) == (5, 4, 4, 4)
    [one] = other.differences
    assert (one.task, one.step, one.tree, one.page) == (tasks[1].id, 1, "click new:note", "done")
    assert one.outcomes == ("done: done", "done: not all was done")
    assert one.why == "after 0 actions: x"
    assert "click new:note / done" in other.lines()[1]


def test_an_unscored_episode_differs_from_one_that_succeeded(tasks):
    broken = compared(tasks, breaks="Ada")
    assert broken.differences[0].outcomes[1] == "ZeroDivisionError: unscored"


def test_exams_of_other_tasks_are_not_compared(tasks):
    with pytest.raises(ValueError, match="shorter"):
        Comparison.of(
            examine(Knowing(tasks), tasks, find),
            examine(Knowing(tasks), tasks[:3], find),
            {},
            seconds=1.0,
            gym="notes",
            split="by hand",
        )
