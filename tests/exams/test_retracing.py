from __future__ import annotations

from dataclasses import replace

import pytest

from palaestra.errors import UsageError
from palaestra.exams.exam import examine
from palaestra.exams.retracing import (
    Step,
    retrace,
    told_action,
    told_change,
    told_screen,
    told_verdict,
)
from palaestra.types import Action, Change, Node, Verdict
from tests.exams.conftest import Knowing, find


def test_an_episode_is_taken_again_step_by_step(tasks):
    for trajectory in examine(Knowing(tasks, errs="Ada"), tasks, find).trajectories:
        again = retrace(trajectory, find)
        assert [step.action for step in again.steps] == list(trajectory.actions)
        assert again.agrees
        changed = tuple(change for step in again.steps for change in step.changes)
        success = trajectory.verdict.success
        assert changed == (trajectory.task.verifier.required.changes if success else ())


def test_steps_are_told_by_name_and_never_by_ref(tasks):
    again = retrace(examine(Knowing(tasks), tasks[:1], find).trajectories[0], find)
    assert [told_action(step) for step in again.steps] == [
        "click button New note",
        'fill textbox Title, with "Buy milk"',
        "click button Save",
        "done",
    ]
    assert again.steps[2].feedback == "Note Buy milk was created"
    assert told_change(again.steps[2].changes[0]) == 'note created: title "Buy milk"'


def test_an_element_that_is_not_there_is_told_as_nothing(tasks):
    policy = Knowing(tasks)
    policy.oracles[tasks[0].goal] = (Action("click", "gone"), Action("done"))
    again = retrace(examine(policy, tasks[:1], find).trajectories[0], find)
    assert told_action(again.steps[0]) == "click nothing (gone)"
    assert "There is no element" in again.steps[0].feedback


def test_a_verdict_that_no_longer_holds_is_noticed(tasks):
    one = examine(Knowing(tasks), tasks[:1], find).trajectories[0]
    assert not retrace(replace(one, verdict=Verdict(False, 0.0)), find).agrees


def test_a_record_that_goes_on_after_its_end_is_refused(tasks):
    one = examine(Knowing(tasks), tasks[:1], find).trajectories[0]
    with pytest.raises(UsageError, match="goes on after"):
        retrace(replace(one, actions=(*one.actions, Action("done"))), find)


def test_changes_and_verdicts_in_words():
    update = Change("bill_line", "updated", "B-1", (("vendor", "A", "B"),))
    assert told_change(update) == 'bill line B-1 updated: vendor "A" to "B"'
    assert told_change(Change("bill", "deleted", "B-1")) == "bill B-1 deleted"
    assert told_verdict(None, "ValueError") == "unscored: the policy broke (ValueError)"
    assert told_verdict(Verdict(True, 1.0, (), "done"), "done") == "clean success: done"
    assert "50% of what" in told_verdict(Verdict(False, 0.5, (), "not all"), "done")


def test_an_arrow_stands_at_the_element_that_was_used(tasks):
    again = retrace(examine(Knowing(tasks), tasks[:1], find).trajectories[0], find)
    for step in again.steps:
        pointed = [line for line in told_screen(step).splitlines() if "▶" in line]
        assert len(pointed) == (step.action.op != "done")
        assert not step.target or f"▶ {step.target.name}" in pointed[0]


def test_an_arrow_stands_in_a_cell_once():
    cell = Node("cell", "May Edit", children=(Node("button", "Edit", "edit"),))
    row = Node("row", "May Edit", children=(cell, Node("cell", "Edit")))
    step = Step(Action("click", "edit"), None, Node("document", "X", children=(row,)), "", ())
    assert told_screen(step).splitlines()[1].strip() == "| May [▶ Edit] | Edit |"
