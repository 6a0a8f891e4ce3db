from __future__ import annotations

import pytest

from palaestra.testing.dodges import DODGES, all_steps_but_one, one_step_astray, refusing_and_doing
from tests.apps import expenses
from tests.testing.test_conformance import TASKS


@pytest.mark.parametrize("dodge", DODGES, ids=lambda dodge: dodge.__name__)
def test_a_dodge_is_tried_and_scores_nothing(dodge):
    tried = [episode for task in TASKS if (episode := dodge(task, expenses))]
    assert tried
    assert not [episode for episode in tried if episode.verdict().success]
    assert all(episode.ended for episode in tried)


def test_workflows_are_done_in_part():
    for dodge in (all_steps_but_one, one_step_astray):
        episodes = [dodge(task, expenses) for task in TASKS if task.kind == "workflow"]
        assert any(e and 0 < e.verdict().progress < 1 for e in episodes)
        assert not [task for task in TASKS if task.kind != "workflow" and dodge(task, expenses)]


def test_the_right_reason_does_not_excuse_a_change():
    tried = [e for task in TASKS if (e := refusing_and_doing(task, expenses))]
    for episode in tried:
        answer = episode.task.verifier.answer
        assert answer is not None
        assert answer.accepts(str(episode.answered))
        assert episode.session.diff()
