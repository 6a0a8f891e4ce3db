"""The same oracles through tree and tools: the same records, and every difference is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from palaestra import gyms
from palaestra.faces.tools import commands
from palaestra.gyms.drawing import draw
from palaestra.tasks import splits
from palaestra.tasks.answer import Answer
from palaestra.tasks.verifier import Verifier
from palaestra.testing.report import Failure
from palaestra.testing.tool_parity import tools_agree

TASKS = {
    name: list(draw(name, splits.find("practice"), 0, 40)) for name in ("accounting", "procedural")
}


@pytest.mark.parametrize("gym", TASKS)
def test_oracles_end_in_the_same_digest_through_tools(gym: str):
    kinds = set()
    for task in TASKS[gym]:
        assert tools_agree(gyms.find(task.start.app), task) >= 1
        kinds.add(task.kind)
    assert {"create", "update", "action", "question"} <= kinds


def test_a_tool_that_does_something_else_is_noticed(monkeypatch: pytest.MonkeyPatch):
    read = commands._read
    monkeypatch.setattr(commands, "_read", lambda *given: read(*given)[:-1])
    task = next(task for task in TASKS["accounting"] if task.kind == "create")
    with pytest.raises(Failure):
        tools_agree(gyms.find("accounting"), task)


def test_an_answer_that_no_tool_tells_is_noticed():
    task = next(task for task in TASKS["accounting"] if task.kind == "question")
    asked = replace(task, verifier=Verifier(answer=Answer("text", "what nobody wrote")))
    with pytest.raises(Failure, match="no tool tells"):
        tools_agree(gyms.find("accounting"), asked)
