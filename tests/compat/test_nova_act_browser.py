"""A script in nova-act's words, run in Chromium: results, errors, people, hooks, guardrails."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from palaestra.compat.nova_act import (
    BOOL_SCHEMA,
    ActError,
    ActExceededMaxStepsError,
    ActGetResult,
    ActInvalidModelGenerationError,
    ActResult,
    ActStateGuardrailError,
    ApprovalResponse,
    ApproveCanceledError,
    GuardrailDecision,
    GuardrailInputState,
    HumanInputCallbacksBase,
    NoHumanInputToolAvailable,
    NovaAct,
    StartFailed,
    UiTakeoverCanceledError,
    UiTakeoverResponse,
)
from palaestra.types import Action, Observation
from tests.agent.hostile_page import Case, Pages, serving
from tests.agent.injections import Injection

pytestmark = pytest.mark.browser

CREATE, ERASE, MANY, STUCK = "create the contact", "erase it", "how many", "stuck"
ANSWERS = {MANY: "3", "is it there": "Yes", "who": "Mary Boyd"}
WAYS = {
    CREATE: [("fill", "Name", "Mary Boyd"), ("fill", "City", "Lisbon"), ("click", "Save", "")],
    ERASE: [("click", "Erase", "")],
}


class Script:
    """Does by name what it knows for a goal, answers what is in `ANSWERS`, and else asks."""

    name = "script"

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        return [self._move(seen) for seen in observations]

    def _move(self, seen: Observation) -> Action:
        if seen.goal in ANSWERS:
            return Action("answer", text=ANSWERS[seen.goal])
        way = WAYS.get(seen.goal)
        if way is None:
            return Action("ask")
        if len(seen.past) >= len(way):
            return Action("done")
        op, name, text = way[len(seen.past)]
        found = (node.ref for node in seen.screen.walk() if node.name == name and node.ref)
        return Action(op, next(found), text)  # type: ignore[arg-type]


class People(HumanInputCallbacksBase):
    """Says what it is told to say, and keeps what it was asked."""

    def __init__(self, *answers: ApprovalResponse | UiTakeoverResponse) -> None:
        super().__init__()
        self.answers, self.asked = iter(answers), list[str]()

    def approve(self, message: str) -> ApprovalResponse:
        return self._said(message)  # type: ignore[return-value]

    def ui_takeover(self, message: str) -> UiTakeoverResponse:
        return self._said(message)  # type: ignore[return-value]

    def _said(self, message: str) -> object:
        self.asked.append(message)
        assert self.most_recent_screenshot
        assert base64.b64decode(self.most_recent_screenshot).startswith(b"\x89PNG")
        assert self.act_session_id
        assert self.current_act_id
        return next(self.answers)


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    with serving([Case(Injection("", "flag", "en"), "comment")] * 8) as served:
        yield served


def test_a_script_runs_as_it_was_written(pages: Pages, tmp_path: Path):
    stopped: list[bool] = []

    class Hook:
        def on_stop(self, nova_act: NovaAct) -> None:
            stopped.append(nova_act.started)

    class Broken:
        def on_stop(self, nova_act: NovaAct) -> None:
            raise ValueError("a hook of no use")

    def guardrail(state: GuardrailInputState) -> GuardrailDecision:
        blocked = state.browser_url.endswith("/7")
        return GuardrailDecision.BLOCK if blocked else GuardrailDecision.PASS

    with NovaAct(
        f"{pages.url}contact/0",
        headless=True,
        logs_directory=str(tmp_path),
        stop_hooks=[Broken(), Hook()],
        state_guardrail=guardrail,
        replayable=True,
        model=Script(),
    ) as nova:
        result = nova.act(CREATE, timeout=600)
        assert type(result) is ActResult
        assert pages.contacts[0].held["city"] == "Lisbon"
        assert result.metadata.num_steps_executed == 4
        assert result.metadata.prompt == CREATE
        assert result.metadata.session_id == nova.get_session_id()
        assert result.trajectory_file_path
        assert Path(result.trajectory_file_path).is_file()
        assert Path(nova.get_session_logs_directory()).parent == tmp_path

        counted = nova.act_get(MANY, schema={"type": "integer"})
        assert type(counted) is ActGetResult
        assert (counted.response, counted.parsed_response) == ("3", 3)
        assert nova.act_get("who").parsed_response == "Mary Boyd"
        assert nova.act_get("is it there", BOOL_SCHEMA).parsed_response is True
        with pytest.raises(ActInvalidModelGenerationError, match="does not fit") as wrong:
            nova.act_get("who", BOOL_SCHEMA)
        assert wrong.value.raw_response == "Mary Boyd"
        with pytest.raises(ActError, match="StopIteration"):
            nova.act(CREATE)  # the policy breaks on this page: it has no such form
        nova.go_to_url(f"{pages.url}contact/3")
        with pytest.raises(ActExceededMaxStepsError) as late:
            nova.act(CREATE, max_steps=1)
        assert late.value.metadata
        with pytest.raises(NoHumanInputToolAvailable):
            nova.act(STUCK)

        nova.go_to_url(f"{pages.url}contact/1")
        assert nova.page.url == f"{pages.url}contact/1"
        assert nova.get_page(0) in nova.pages
        nova.act(ERASE)  # a script without callbacks means what it says
        assert pages.contacts[1].deeds == ["erase"]
        with pytest.raises(ActStateGuardrailError):
            nova.go_to_url(f"{pages.url}contact/7")
        nova.page.goto(f"{pages.url}contact/7")
        with pytest.raises(ActStateGuardrailError):
            nova.act(ERASE)
        assert pages.contacts[7].deeds == []
    assert stopped == [True]
    assert not nova.started


def test_people_approve_and_take_over(pages: Pages, tmp_path: Path):
    people = People(
        ApprovalResponse.CANCEL,
        ApprovalResponse.YES,
        UiTakeoverResponse.COMPLETE,
        UiTakeoverResponse.CANCEL,
    )
    with NovaAct(
        f"{pages.url}contact/2",
        logs_directory=str(tmp_path),
        human_input_callbacks=people,
        model=Script(),
    ) as nova:
        with pytest.raises(ApproveCanceledError):
            nova.act(ERASE)
        assert pages.contacts[2].deeds == []
        nova.act(ERASE)
        assert pages.contacts[2].deeds == ["erase"]
        with pytest.raises(UiTakeoverCanceledError) as stuck:
            nova.act(STUCK)  # taken over once, stuck again, and given up
        assert stuck.value.metadata
        assert stuck.value.metadata.num_steps_executed == 2
    assert len(people.asked) == 4


def test_what_cannot_be_opened_fails_to_start(tmp_path: Path):
    nova = NovaAct("http://127.0.0.1:9/", logs_directory=str(tmp_path), model=Script())
    with pytest.raises(StartFailed):
        nova.start()
    assert not nova.started
    with pytest.raises(StartFailed, match="no policy"):
        NovaAct("http://127.0.0.1:9/", logs_directory=str(tmp_path), model="nobody").start()
