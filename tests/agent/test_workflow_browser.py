"""A workflow of a real agent's acts in Chromium: results are kept, effects are not repeated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from palaestra.agent import Agent
from palaestra.agent.workflow import Ambiguous, StepFailed, Workflow
from palaestra.gyms.drawing import draw
from palaestra.tasks import splits
from palaestra.types import Action
from tests.agent.scripted import Scripted

pytestmark = pytest.mark.browser

IDLE = "Do nothing in particular"
GIVES_UP = "Do what cannot be done"
WAYS = {IDLE: (Action("done"),), GIVES_UP: (Action("ask"),)}


class Died(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(scope="module")
def agent() -> Iterator[Agent]:
    plain = {"skin": 0, "disturbance": 0}
    drawn = draw("accounting", splits.find("practice"), 3, 40, plain)
    task = next(task for task in drawn if task.kind in ("create", "update"))
    policy = Scripted({task.goal: task.oracle, **WAYS})
    with Agent.gym("accounting", task=task, model=policy, trace_dir=None) as opened:
        yield opened


def test_an_act_is_done_once_and_its_result_kept(agent: Agent, tmp_path: Path):
    assert agent.task
    goal, verifier = agent.task.goal, agent.task.verifier
    assert agent.ground

    def dies(*_: object) -> None:
        raise Died

    with pytest.raises(Died), Workflow("books", tmp_path) as flow:
        flow.act(agent, "enter", goal, expect=dies)  # the effect is there, its end is not known
    decisions = agent.mind.decisions

    with pytest.raises(Ambiguous), Workflow("books", tmp_path) as flow:
        flow.act(agent, "enter", goal)
    with Workflow("books", tmp_path) as flow:
        found = flow.act(
            agent, "enter", goal, done=lambda: agent.ground.verdict(verifier, None).success
        )
        assert found.outcome == "verified"
        assert found.steps == ()
    assert agent.mind.decisions == decisions, "nothing was done again"

    with Workflow("books", tmp_path) as flow:
        assert flow.act(agent, "enter", goal) == found
        idle = flow.act(agent, "idle", IDLE)
        assert [step.action for step in idle.steps] == [Action("done")]
    with Workflow("books", tmp_path) as flow:
        flow.act(agent, "enter", goal)
        assert flow.act(agent, "idle", IDLE) == idle
        assert [(s.told, s.from_disk) for s in flow.steps] == [
            ("verified", True),
            ("unverified", True),
        ]
        with pytest.raises(StepFailed, match=r"'gives up' failed: .*asks for a person") as failed:
            flow.act(agent, "gives up", GIVES_UP)
        assert failed.value.result is not None
        assert failed.value.result.outcome == "abstained"
    with Workflow("lenient", tmp_path / "lenient") as flow:
        assert flow.act(agent, "gives up", GIVES_UP, stop=False).outcome == "abstained"
        assert not flow.steps[0].ok
