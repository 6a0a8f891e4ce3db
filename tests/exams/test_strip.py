from __future__ import annotations

from dataclasses import replace

from palaestra.exams.exam import examine
from palaestra.exams.retracing import retrace
from palaestra.exams.strip import strip
from palaestra.types import Verdict
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
