from __future__ import annotations

from dataclasses import replace

import pytest

from palaestra.exams.album import album
from palaestra.exams.exam import examine
from palaestra.exams.retracing import retrace
from palaestra.tasks.episode import Trajectory
from palaestra.types import Action, Verdict
from tests.exams.conftest import Knowing, find


def drawn(one: Trajectory) -> str:
    return album(retrace(one, find))


def test_it_tells_goal_wish_steps_changes_and_verdict(tasks):
    one = examine(Knowing(tasks), tasks[2:3], find).trajectories[0]
    text = drawn(one)
    assert 'class="album good"' in text
    assert "<h1>Add a note with title &quot;Read &amp; &lt;sign&gt;&quot;.</h1>" in text
    assert text.count('<section class="step"') == len(one.actions) + 1
    assert text.count('<a class="changed"') == 1
    assert text.count('<p class="changed">note created') == 1
    assert text.count("<li>note created: ") == 1
    assert "4 actions were taken; the oracle takes 4." in text
    assert text.count("clean success") == 2
    assert text.count('<div class="still"') == len(one.actions)


def test_a_question_tells_the_answer_and_an_empty_episode_its_one_screen(tasks):
    one = examine(Knowing(tasks, errs="How many"), tasks[4:], find).trajectories[0]
    text = drawn(one)
    assert "<li>the answer &quot;3 notes&quot;</li>" in text
    assert 'class="album bad"' in text
    empty = drawn(Trajectory(tasks[0], (), None, "Nonsense"))
    assert "unscored: the policy broke (Nonsense)" in empty
    assert empty.count('<div class="still"') == 1


def test_harm_and_what_no_longer_holds_are_told(tasks):
    done = examine(Knowing(tasks), tasks[:1], find).trajectories[0]
    harmed = replace(done, verdict=Verdict(False, 1.0, ("note <b> created",), "harm"))
    text = drawn(harmed)
    assert "side effect: note &lt;b&gt; created" in text
    assert "the application has changed: clean success" in text
    assert "application has changed" not in drawn(done)
    assert "sure of clean success" not in text
    lasting = drawn(replace(harmed, irreversible=("note <c> created",), sure=0.934))
    assert "cannot be undone: note &lt;c&gt; created" in lasting
    assert "It was 93% sure" in lasting


@pytest.mark.parametrize("action", [Action("fill", "gone", "x"), Action("scroll", "", "down")])
def test_an_action_that_does_not_fit_is_shown_with_what_was_said(action: Action, tasks):
    text = drawn(Trajectory(tasks[0], (action, Action("done")), None, "done"))
    assert text.count('<a class="said"') == 1
    assert text.count('<p class="said">') == 1
