"""A Toolbox: every call is answered, nothing breaks it, and a task is judged as elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from palaestra import gyms
from palaestra.faces.tools import Toolbox, catalog
from palaestra.faces.tools.toolbox import ERROR
from palaestra.gyms.drawing import draw
from palaestra.kit import App, Record, action, derived, text
from palaestra.tasks import splits
from palaestra.types import Start
from tests.apps import expenses

TASKS = list(draw("accounting", splits.find("practice"), 3, 30))
NAMES = sorted(catalog(expenses))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
LIKELY = st.sampled_from(
    ["EXP-0001", "EXP-0002", "EXP-0003", "L-0001", "Meals", "Draft", "12.50", "2026-01-05", True, 7]
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Any]:
    """A call that may fit: a tool's own arguments, some of them with any JSON in them."""
    name = draw(st.sampled_from(NAMES))
    known = list(catalog(expenses)[name].takes["properties"])
    given = draw(st.dictionaries(st.sampled_from([*known, "more"]), LIKELY | JSON))
    return name, draw(st.just(given) | JSON)


@settings(max_examples=150)
@given(st.lists(calls(), min_size=1, max_size=6))
def test_whatever_is_sent_is_answered_and_the_session_is_intact(sent: list[tuple[str, Any]]):
    box = Toolbox(expenses, Start("expenses", 1))
    for name, arguments in sent:
        before, commands = box.session.digest(), len(box.session.commands)
        reply = box.call(name, arguments)
        json.dumps(reply.data, allow_nan=False).encode()
        if reply.ok:
            Draft202012Validator(box.tools[name].gives).validate(reply.data)
        else:
            Draft202012Validator(ERROR).validate(reply.data)
            assert (box.session.digest(), len(box.session.commands)) == (before, commands)
        for invariant in expenses.invariants:
            assert invariant.holds(box.session.store) == []
    box.session.screen()


@settings(max_examples=50)
@given(st.text(max_size=30) | st.just("x" * 1_000_000), JSON)
def test_an_unknown_tool_is_told(name: str, arguments: Any):
    box = Toolbox(expenses, Start("expenses", 1))
    reply = box.call(name, arguments)
    assert reply.data["error"]["kind"] == "unknown tool"
    assert len(json.dumps(reply.data).encode()) < 2_000


@pytest.mark.parametrize("arguments", [None, [], "x", 7])
def test_arguments_are_an_object(box: Toolbox, arguments: Any):
    assert box.call("read_handbook", arguments).data["error"]["kind"] == "wrong arguments"


def test_a_bug_of_the_application_leaves_the_session_as_it_was(caplog: pytest.LogCaptureFixture):
    app = App("broken", title="Broken")

    def fail(thing: Any) -> str:
        raise RuntimeError("a bug")

    @app.record(key="name", seeds=(1, 1))
    class Thing(Record):
        name: str = text("word")
        size = derived(fail, shown_as=text(), listed=False)

        @action("Break")
        def smash(self) -> None:
            self.name = "half done"
            raise RuntimeError("a bug")

    box = Toolbox(app, Start("broken", 1))
    [thing] = box.call("list_things", {}).data["records"]
    before = box.session.digest()
    for name in ("smash_thing", "get_thing"):
        assert box.call(name, {"key": thing["key"]}).data["error"]["kind"] == "failed"
        assert box.session.digest() == before
    assert "a bug" in caplog.text


def test_a_call_takes_the_time_of_an_action(box: Toolbox):
    before = box.session.store.clock.now
    for _ in range(3):
        box.call("read_handbook", {})
    box.call("create_employee", {"name": "Ann Other", "grade": 3})
    assert (box.session.store.clock.now - before).total_seconds() == 20


def find(kind: str) -> Toolbox:
    task = next(task for task in TASKS if task.kind == kind)
    return Toolbox(gyms.find("accounting"), task.start, task)


def test_a_question_is_ended_by_its_answer():
    for right, text_ in ((True, None), (False, "no idea")):
        box = find("question")
        assert box.task
        assert box.task.verifier.answer
        assert box.call("read_task", {}).data == {"goal": box.task.goal}
        assert box.verdict().reason == "not finished"
        assert box.call("answer", {"text": text_ or box.task.verifier.answer.text}).ok
        assert box.verdict().success is right


def test_after_the_end_nothing_can_be_called():
    box = find("create")
    assert box.call("done", {}).ok
    assert box.call("list_bills", {}).data["error"]["kind"] == "over"
    assert box.call("answer", {"text": "x"}).data["error"]["kind"] == "over"
    assert box.answered is None
    assert box.verdict().success is False


def test_what_was_not_ended_is_no_success(box: Toolbox):
    assert box.verdict() is None
    assert "done" not in box.tools
    assert find("create").verdict().success is False
