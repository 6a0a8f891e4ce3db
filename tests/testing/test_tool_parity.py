"""The same oracles through tree and tools: the same records, and every difference is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from palaestra import gyms
from palaestra.faces.tools import Reply, Toolbox, commands
from palaestra.gyms.drawing import draw
from palaestra.kit import App, Record, Session, action, code, moment, text
from palaestra.tasks import splits
from palaestra.tasks.answer import Answer
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.testing.report import Failure
from palaestra.testing.tool_parity import clicked, tools_agree
from palaestra.types import Action, Start

accounting = gyms.find("accounting")
TASKS = {
    name: list(draw(name, splits.find("practice"), 0, 40))
    for name in ("accounting", "crm", "procedural")
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


def test_rules_that_look_at_the_clock_agree_as_well():
    app = App("log", title="Log")

    @app.record(key="number", seeds=(3, 3))
    class Entry(Record):
        number: str = code("E-##")
        what: str = text("word", unique=True)
        closed = moment(editable=False, required=False)

        @action("Close", when=lambda entry: entry.closed is None)
        def close(self) -> None:
            self.closed = self.now

    start = Start("log", 1)
    clicks = [Action("click", "nav:entry")] * 20
    clicks += [Action("click", "open:entry:2"), Action("click", "do:close")]
    session = Session.at(app, start)
    for click in clicks:
        session.dispatch(click)
    task = Task(
        "Close it", start, Verifier(session.diff()), "action", "", (*clicks, Action("done"))
    )
    assert session.store.clock.elapsed > 60
    assert tools_agree(app, task) == 2


def test_what_the_tree_was_refused_is_refused_to_tools(monkeypatch: pytest.MonkeyPatch):
    refused = next(
        task
        for task in draw("accounting", splits.find("practice"), 0, 300)
        if (command := clicked(task, accounting)[0].refused) and command.values
    )
    monkeypatch.setattr(Toolbox, "call", lambda box, name, given: Reply(True, {}))
    with pytest.raises(Failure, match="was not refused as the tree does"):
        tools_agree(accounting, refused)
