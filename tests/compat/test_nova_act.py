"""The port has the names, errors and parameters of nova-act, or its guide says that it has not."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from palaestra.agent.outcome import BROKEN, GIVEN_BACK, Ended, decide
from palaestra.agent.outcome import Checked as Looked
from palaestra.agent.result import Result
from palaestra.compat import nova_act
from palaestra.compat.nova_act import arguments, outcomes
from palaestra.compat.nova_act.results import answered, checked

HERE = Path(__file__)
SURFACE: dict[str, Any] = json.loads((HERE.parent / "nova_act.json").read_text(encoding="utf-8"))
GUIDE = (HERE.parents[2] / "docs" / "nova-act.md").read_text(encoding="utf-8")
ROWS = GUIDE.partition("## What is not there")[2].partition("##")[0].splitlines()
ABSENT = {
    name for row in ROWS if row[:1] == "|" for name in re.findall(r"`(\w+)`", row.split("|")[1])
}
META = nova_act.ActMetadata("s", "a", 1, None, None, "p")


def test_every_public_name_is_there_or_listed():
    for name in SURFACE["names"]:
        assert hasattr(nova_act, name) != (name in ABSENT), name
    assert set(nova_act.__all__) <= vars(nova_act).keys()


def test_the_guide_names_the_release_that_was_read():
    assert SURFACE["version"] in GUIDE


@pytest.mark.parametrize("name", SURFACE["errors"])
def test_errors_stand_below_one_another_as_there(name: str):
    found = getattr(nova_act, name)
    above = [base for base in SURFACE["errors"][name] if base in SURFACE["errors"]]
    assert [base.__name__ for base in found.__bases__] == (above or ["PalaestraError"])


@pytest.mark.parametrize("name", SURFACE["classes"])
def test_classes_have_the_same_members(name: str):
    told, found = SURFACE["classes"][name], getattr(nova_act, name)
    made = found() if name == "DefaultHumanInputCallbacks" else found
    known = {*dir(made), *inspect.get_annotations(found), *getattr(found, "model_fields", ())}
    if name == "HumanInputCallbacksBase":
        known |= vars(nova_act.DefaultHumanInputCallbacks()).keys()
    wanted = {*told["fields"], *told["properties"], *told["methods"]} - ABSENT
    assert wanted <= known


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("NovaAct", method)
        for method in SURFACE["classes"]["NovaAct"]["methods"]
    ]
    + [("DefaultHumanInputCallbacks", "approve"), ("StopHook", "on_stop")],
)  # fmt: skip
def test_methods_take_the_same_parameters(name: str, method: str):
    told = SURFACE["classes"][name]["methods"][method]
    parameters = list(
        inspect.signature(getattr(getattr(nova_act, name), method)).parameters.values()
    )
    found = []
    for one in parameters[1:]:
        if one.kind is one.KEYWORD_ONLY and "*" not in found:
            found.append("*")
        found.append(one.name)
    ours = ["model"] if (name, method) == ("NovaAct", "__init__") else []
    assert found == [*told, *ours]


@pytest.mark.parametrize("name", arguments.NOT_HERE)
def test_what_is_not_there_says_so(name: str):
    assert name in ABSENT
    with pytest.raises(nova_act.ValidationFailed, match=f"{name}= is not supported"):
        nova_act.NovaAct("http://127.0.0.1/", **{name: "x"})


@pytest.mark.parametrize("how", [*BROKEN, *GIVEN_BACK])
def test_every_ending_has_its_error(how: str):
    outcome, reason = decide(Ended(how, "more"), Looked(), likely=0.8, abstain=0.1)
    wrong = outcomes.error(Result(outcome, reason), META)
    assert type(wrong) is outcomes.ERRORS[how]
    assert isinstance(wrong, nova_act.ActError)
    assert wrong.metadata is META
    assert str(wrong) == wrong.message == reason


def test_what_came_to_its_end_is_no_error():
    for outcome in ("verified", "likely", "unverified"):
        assert outcomes.error(Result(outcome, "it says that it is done"), META) is None
    unsure = Result("abstained", "it answered, and the judge gives it 3%; nothing was changed")
    assert type(outcomes.error(unsure, META)) is nova_act.ActAgentFailed


@pytest.mark.parametrize(
    ("answer", "schema", "parsed"),
    [
        ("Yes", nova_act.BOOL_SCHEMA, True),
        ("true", nova_act.BOOL_SCHEMA, True),
        ("42", {"type": "integer"}, 42),
        ("1,250.00", {"type": "number"}, 1250.0),
        ("Acme Ltd", nova_act.STRING_SCHEMA, "Acme Ltd"),
        ("42", nova_act.STRING_SCHEMA, "42"),
        ("Acme; Bolt", {"type": "array", "items": {"type": "string"}}, ["Acme", "Bolt"]),
        ('{"a": 1}', {"type": "object", "required": ["a"]}, {"a": 1}),
    ],
)
def test_answers_are_read_as_the_schema_wants(answer: str, schema: dict[str, Any], parsed: Any):
    found = answered(META, False, answer, checked(schema))
    assert found.matches_schema
    assert found.valid_json
    assert found.parsed_response == parsed
    assert type(found.parsed_response) is type(parsed)
    assert found.without_response() == nova_act.ActResult(META)


@pytest.mark.parametrize(
    ("answer", "schema"),
    [
        (None, nova_act.STRING_SCHEMA),
        ("perhaps", nova_act.BOOL_SCHEMA),
        ("many", {"type": "integer"}),
        ("Acme", {"type": "object"}),
        ("7", {"type": "integer", "maximum": 5}),
    ],
)
def test_answers_that_do_not_fit_are_told_apart(answer: str | None, schema: dict[str, Any]):
    assert not answered(META, False, answer, checked(schema)).matches_schema


def test_bad_arguments_are_said_at_once(tmp_path: Path):
    client = nova_act.NovaAct
    with pytest.raises(nova_act.InvalidURL, match="write it as https"):
        client("example.com")
    with pytest.raises(nova_act.InvalidURL, match="allowed_file_open_paths"):
        client("file:///etc/passwd")
    client("file:///srv/x.html", security_options=nova_act.SecurityOptions(allow_file_urls=True))
    for seconds in (1, 1801, 2.5, True):
        with pytest.raises(nova_act.InvalidTimeout):
            client("http://127.0.0.1/", go_to_url_timeout=seconds)  # type: ignore[arg-type]
    with pytest.raises(nova_act.ValidationFailed, match="no JSON schema"):
        checked({"type": "nonsense"})
    folder = nova_act.SecurityOptions(allowed_file_upload_paths=[f"{tmp_path}/*", "/srv/*"])
    with pytest.raises(nova_act.InvalidPath, match="one folder"):
        client("http://127.0.0.1/", security_options=folder)
    with pytest.raises(nova_act.ValidationFailed, match="context manager"):
        client("http://127.0.0.1/", workflow=nova_act.Workflow("any"))


def test_what_needs_a_browser_says_that_there_is_none():
    nova = nova_act.NovaAct("http://127.0.0.1/")
    assert not nova.started
    for use in (lambda: nova.page, lambda: nova.act("x"), nova.get_session_id, lambda: nova.pages):
        with pytest.raises(nova_act.ClientNotStarted):
            use()
    with pytest.raises(nova_act.ValidationFailed, match="no dispatcher"):
        _ = nova.dispatcher
    nova.stop()


def test_hooks_are_registered_once():
    class Hook:
        def on_stop(self, nova_act: nova_act.NovaAct) -> None: ...

    nova, hook = nova_act.NovaAct("http://127.0.0.1/"), Hook()
    nova.register_stop_hook(hook)
    with pytest.raises(ValueError, match="registered already"):
        nova.register_stop_hook(hook)
    nova.unregister_stop_hook(hook)
    with pytest.raises(ValueError, match="not registered"):
        nova.unregister_stop_hook(hook)


def test_a_decorated_function_runs_in_its_workflow():
    @nova_act.workflow("any-model", workflow_definition_name="books")
    def inside() -> nova_act.Workflow | None:
        flow = nova_act.get_current_workflow()
        assert flow
        assert flow.workflow_run
        return flow

    flow = inside()
    assert flow
    assert (flow.workflow_definition_name, flow.workflow_run) == ("books", None)
    assert nova_act.get_current_workflow() is None
