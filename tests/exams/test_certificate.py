from __future__ import annotations

import json
from dataclasses import replace

import pytest

from palaestra.errors import UsageError
from palaestra.exams.certificate import Certificate
from palaestra.exams.exam import Exam, examine
from palaestra.exams.trials import trials
from tests.exams.conftest import Knowing, find

MODEL = "sha256:" + "0" * 64


def issued(policy, tasks, k: int = 1) -> Certificate:
    exam = examine(policy, trials(tasks, k, find), find)
    return Certificate.issue(exam, model=MODEL, gym="notes", split="exam", seed=7, trials=k)


def test_a_certificate_says_what_happened(tasks):
    one = issued(Knowing(tasks, errs="Ada", breaks="Water"), tasks)
    assert one.outcomes == "101?1"
    assert (one.score.n, one.score.failures, one.score.unscored) == (5, 1, 1)
    assert [kind for kind, _ in one.kinds] == ["create", "question"]
    assert one.versions["mimesis"]
    assert one.seconds_per_task > 0
    assert one.stem == "knowing-notes-exam"
    assert Certificate.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_the_same_exam_again_agrees_and_another_does_not(tasks):
    one = issued(Knowing(tasks, errs="Ada"), tasks)
    again = issued(Knowing(tasks, errs="Ada"), tasks)
    assert one.differences(again) == []
    worse = one.differences(issued(Knowing(tasks, errs="note"), tasks))
    assert any("outcomes" in line for line in worse)
    others = one.differences(issued(Knowing(tasks, errs="Ada"), tasks[::-1]))
    assert any("tasks" in line for line in others)
    assert "model" in one.differences(replace(one, model="sha256:1"))[0]


def test_only_the_first_trial_counts_in_the_bound(tasks):
    one = issued(Knowing(list(trials(tasks, 3, find)), errs="Ada"), tasks, k=3)
    assert one.score.n == len(tasks)
    assert len(one.outcomes) == 3 * len(tasks)
    assert one.pass_hat == (0.8, 0.8, 0.8)
    assert all(0 < bound < 0.8 for bound in one.pass_bounds)
    assert one.varied["skin"] > 0.5
    assert Certificate.from_json(one.to_json()) == one


def test_an_exam_of_nothing_certifies_nothing():
    with pytest.raises(UsageError):
        Certificate.issue(Exam("x", (), 0.0), model=MODEL, gym="notes", split="exam", seed=0)


@pytest.mark.parametrize(
    "tampered",
    [
        lambda data: data | {"outcomes": data["outcomes"].replace("0", "1")},
        lambda data: data | {"outcomes": data["outcomes"] + "1"},
        lambda data: data | {"score": data["score"] | {"successes": 5}},
        lambda data: data | {"kinds": {}},
        lambda data: data | {"trials": 0},
        lambda data: data | {"trials": "1"},
        lambda data: data | {"format": "another"},
        lambda data: {name: value for name, value in data.items() if name != "tasks"},
        lambda data: [],
        lambda data: None,
        lambda data: 7,
    ],
)
def test_what_contradicts_itself_is_no_certificate(tasks, tampered):
    data = issued(Knowing(tasks, errs="Ada"), tasks).to_json()
    with pytest.raises(UsageError):
        Certificate.from_json(tampered(data))
