from __future__ import annotations

from dataclasses import replace

from palaestra.exams.exam import examine
from palaestra.exams.retracing import retrace
from palaestra.exams.strip import MOST_CARDS, strip
from palaestra.tasks.episode import Trajectory
from palaestra.types import Action, Verdict
from tests.exams.conftest import Knowing, find


def test_a_strip_tells_goal_steps_and_verdict(tasks):
    one = examine(Knowing(tasks), tasks[2:3], find).trajectories[0]
    drawn = strip(retrace(one, find))
    assert drawn.count('<li class="card">') == len(one.actions)
    assert "Read &amp; &lt;sign&gt;" in drawn
    assert "<sign>" not in drawn
    assert 'class="episode good"' in drawn
    assert "clean success" in drawn
    assert "has changed" not in drawn


def test_a_strip_says_when_the_verdict_no_longer_holds(tasks):
    one = examine(Knowing(tasks), tasks[:1], find).trajectories[0]
    drawn = strip(retrace(replace(one, verdict=Verdict(False, 0.0, (), "no")), find))
    assert 'class="episode bad"' in drawn
    assert "the application has changed" in drawn


def test_of_a_long_episode_the_middle_is_left_out(tasks):
    steps = (Action("click", "nav:note"),) * (MOST_CARDS + 5)
    long = Trajectory(replace(tasks[0], oracle=steps), steps, None, "Nonsense")
    drawn = strip(retrace(long, find), "palaestra replay <file>")
    assert drawn.count('<li class="card">') == MOST_CARDS
    assert drawn.count('<li class="gap">5 more actions</li>') == 1
    assert f"<b>{len(steps)}</b>" in drawn
    assert "<code>palaestra replay &lt;file&gt;</code>" in drawn
    assert 'class="gap"' not in strip(retrace(replace(long, actions=steps[:MOST_CARDS]), find))
