from __future__ import annotations

import pytest

from palaestra import gyms
from palaestra.exams.exam import examine
from palaestra.exams.trials import trials, varied
from palaestra.gyms.drawing import draw
from palaestra.kit.skin import EXAM_SKINS
from palaestra.tasks.splits import EXAM, EXAM_SEEDS
from tests.exams.conftest import Knowing, find


def test_one_trial_is_the_task_itself(tasks):
    assert list(trials(tasks, 1, find)) == tasks
    assert varied(tasks, 1) == {}


@pytest.mark.parametrize("gym", ["accounting", "procedural"])
def test_more_trials_change_words_skin_and_troubles_but_not_what_is_wanted(gym: str):
    tasks = list(draw(gym, EXAM, 3, 12))
    drawn = list(trials(tasks, 3, gyms.find))
    assert drawn == list(trials(tasks, 3, gyms.find))
    assert drawn[::3] == tasks
    for place, trial in enumerate(drawn):
        task = tasks[place // 3]
        assert trial.verifier == task.verifier
        assert (trial.start.app, trial.start.seed) == (task.start.app, task.start.seed)
        if trial is not task:
            assert trial.start.skin >= EXAM_SKINS
            assert trial.start.disturbance >= EXAM_SEEDS
    share = varied(drawn, 3)
    assert share["skin"] > 0.9
    assert share["disturbance"] > 0.9
    assert share["wording"] > 0.3


def test_trials_can_be_solved(tasks):
    drawn = list(trials(tasks, 3, find))
    exam = examine(Knowing(drawn), drawn, find)
    assert all(t.verdict and t.verdict.success for t in exam.trajectories)
