from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from palaestra.exams.archive import write_exam, write_trajectories
from palaestra.exams.certificate import Certificate
from palaestra.exams.exam import examine
from palaestra.exams.examples import FAILURES_SHOWN, examples, why
from palaestra.policies.noop import Noop
from palaestra.tasks.episode import Trajectory
from palaestra.types import Verdict
from tests.exams.conftest import Knowing, find, new_note


def kept(tmp_path: Path, policy, tasks) -> Certificate:
    exam = examine(policy, tasks, find)
    stated = Certificate.issue(exam, model="sha256:0", gym="notes", split="exam", seed=0)
    write_exam(tmp_path, stated, exam)
    return stated


def test_failures_and_successes_of_models_are_drawn_with_how_to_see_more(tmp_path: Path, tasks):
    own = kept(tmp_path, Knowing(tasks, errs="Ada", breaks="Water"), tasks)
    baseline = kept(tmp_path, Noop(), tasks)
    text = examples(tmp_path, [own, baseline], find)
    assert text.count('<article class="episode bad">') == 2
    assert text.count('<article class="episode good">') == 3
    assert "palaestra replay exams/knowing-notes-exam.jsonl --number 1<" in text
    assert "noop-notes" not in text
    assert "<tr><th>create</th><td>1</td><td>1</td></tr>" in text
    assert "<th>not all was done</th><th>unscored</th>" in text
    assert examples(tmp_path, [baseline], find) == ""
    assert examples(tmp_path / "nowhere", [own], find) == ""


def test_few_of_many_are_shown_and_the_rare_kinds_are_among_them(tmp_path: Path, tasks):
    many = [*(new_note(f"Note {i}", i) for i in range(30)), *tasks]
    own = kept(tmp_path, Knowing(many, errs=" "), many)
    text = examples(tmp_path, [own], find)
    assert text.count("<article") == FAILURES_SHOWN
    assert "How many notes are there?" in text


def test_what_cannot_be_taken_again_does_not_spoil_the_rest(tmp_path: Path, tasks):
    own = kept(tmp_path, Knowing(tasks), tasks)
    done = examine(Knowing(tasks), tasks[:2], find).trajectories
    too_long = replace(done[0], actions=done[0].actions * 2, verdict=None)
    write_trajectories(tmp_path / f"{own.stem}.jsonl", [too_long, done[1]])
    text = examples(tmp_path, [own], find)
    assert "goes on after its episode was over" in text
    assert text.count("<article") == 1


@pytest.mark.parametrize(
    ("task", "ended", "verdict", "reason"),
    [
        (0, "ZeroDivisionError", None, "unscored"),
        (0, "steps", Verdict(False, 1.0, ("note created",)), "changed something else"),
        (0, "steps", Verdict(False, 0.0), "ran out of steps"),
        (0, "ask", Verdict(False, 0.0), "asked instead"),
        (0, "answer", Verdict(False, 0.0), "answered instead"),
        (0, "done", Verdict(False, 0.0), "not all was done"),
        (4, "answer", Verdict(False, 0.0), "wrong answer"),
        (4, "done", Verdict(False, 0.0), "no answer"),
    ],
)
def test_why_it_failed(task: int, ended: str, verdict: Verdict | None, reason: str, tasks):
    assert why(Trajectory(tasks[task], (), verdict, ended)) == reason
    if verdict:
        harmed = Trajectory(tasks[task], (), verdict, ended, irreversible=("note created",))
        assert why(harmed) == "did lasting harm"
