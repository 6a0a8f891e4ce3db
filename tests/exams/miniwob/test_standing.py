"""Attempts counted by task and policy, next to the random clicker."""

from __future__ import annotations

import pytest

from palaestra.exams.miniwob.record import Attempted, Sitter
from palaestra.exams.miniwob.sitting import CLICKER
from palaestra.exams.miniwob.standing import Standing
from palaestra.types import Action


def attempts(policy: str, task: str, outcomes: str) -> list[Attempted]:
    """One attempt for each mark: "1" success, "0" failure, "?" unscored, "." out of steps."""
    success = {"1": True, "?": None}
    ended = {"?": "PageLost", ".": "steps"}
    did = (Action("click", "n1"),) * 2
    who = Sitter(policy, "sha256:0", 20, "abc")
    return [
        Attempted(who, task, seed, success.get(mark, False), ended.get(mark, "page"), "", did)
        for seed, mark in enumerate(outcomes)
    ]


@pytest.fixture
def standing() -> Standing:
    return Standing.of([
        *attempts("mine", "click-test", "1111111111"),
        *attempts("mine", "enter-text", "1?0.000000"),
        *attempts(CLICKER, "click-test", "1111100000"),
        *attempts(CLICKER, "enter-text", "0000000000"),
    ])  # fmt: skip


def test_means_count_every_task_the_same(standing: Standing):
    told = standing.to_json()
    assert standing.policies == ("mine", CLICKER)
    assert told["policies"]["mine"] == {
        "mean": pytest.approx(0.55), "lift": pytest.approx(0.30), "tasks_solved": 1,
        "unscored": 1, "steps": 40,
    }  # fmt: skip
    assert told["policies"][CLICKER]["lift"] == 0.0


def test_a_task_is_told_with_its_bound_and_what_failed(standing: Standing):
    one = standing.to_json()["tasks"]["enter-text"]["mine"]
    assert (one["n"], one["successes"], one["unscored"], one["out_of_steps"]) == (10, 1, 1, 1)
    assert one["rate"] == one["lift"] == 0.1  # what could not be scored is a failure
    assert 0.0 < one["bound"] < 0.1


def test_tasks_that_were_left_out_are_told_with_what_they_need(standing: Standing):
    out = standing.to_json()["left_out"]
    assert out["draw-line"].startswith("drawing: ")
    assert "enter-text" not in out


def test_the_table_of_a_document_has_every_task_and_the_means(standing: Standing):
    lines = standing.markdown().splitlines()
    assert lines[0] == "| task | n | mine | random clicker | lift |"
    assert "| click-test | 10 | 100.0% | 50.0% | +50.0 |" in lines
    assert lines[-2] == "| mean of the tasks |  | 55.0% | 25.0% | +30.0 |"
    assert lines[-1] == "| tasks from 90% on | 2 | 1 | 0 |  |"
    assert standing.table().row_count == 4
