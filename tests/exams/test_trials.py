from __future__ import annotations

from palaestra.exams.exam import examine
from palaestra.exams.trials import trials
from palaestra.kit.skin import EXAM_SKINS
from tests.exams.conftest import Knowing, find


def test_one_trial_is_the_task_itself(tasks):
    assert list(trials(tasks, 1)) == tasks


def test_more_trials_change_the_skin_and_nothing_else(tasks):
    drawn = list(trials(tasks, 3))
    assert drawn == list(trials(tasks, 3))
    assert drawn[::3] == tasks
    for place, trial in enumerate(drawn):
        task = tasks[place // 3]
        assert (trial.goal, trial.verifier) == (task.goal, task.verifier)
        assert (trial.start.app, trial.start.seed) == (task.start.app, task.start.seed)
        assert place % 3 == 0 or trial.start.skin >= EXAM_SKINS
    assert len({trial.start.skin for trial in drawn}) > len(tasks)


def test_trials_can_be_solved(tasks):
    exam = examine(Knowing(tasks), trials(tasks, 3), find)
    assert all(t.verdict and t.verdict.success for t in exam.trajectories)
