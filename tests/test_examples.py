"""The examples run: the long one by the way that it finds itself, the short ones as they are."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from palaestra.agent.workflow import Workflow

EXAMPLES = Path(__file__).parents[1] / "examples"
STEPS = 12


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def qa() -> Iterator[ModuleType]:
    yield example("qa_93_steps")
    del sys.modules["qa_93_steps"]


@pytest.mark.parametrize("gym", ["accounting", "crm", "travel"])
def test_a_plan_of_93_steps_is_the_same_again_and_each_round_is_to_be_done(
    qa: ModuleType, gym: str
):
    rounds = qa.STEPS // 3
    plan = qa.planned(gym, 0, rounds)
    assert [item.goal for item in plan] == [item.goal for item in qa.planned(gym, 0, rounds)]
    assert 3 * len(plan) == 93
    assert len({asked for item in plan for asked in (item.goal, item.question)}) == 2 * rounds


@pytest.mark.browser
def test_the_qa_script_does_every_step_in_chromium(qa: ModuleType, tmp_path: Path, capsys):
    arguments = ["--gym", "accounting", "--model", "oracle", "--steps", str(STEPS)]
    for _ in range(2):  # the second time everything comes from disk
        assert qa.main([*arguments, "--folder", str(tmp_path)]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == {"steps": STEPS, "verified": STEPS // 3, "failures": 0}


@pytest.mark.browser
def test_the_qa_script_goes_on_in_the_middle_and_sees_what_was_not_done(
    qa: ModuleType, tmp_path: Path, capsys, monkeypatch
):
    class Died(BaseException):
        pass

    checked = Workflow.check

    def dies(flow: Workflow, name: str, *args: object, **how: object) -> bool:
        if name == "02 record":
            raise Died
        return checked(flow, name, *args, **how)  # type: ignore[arg-type]

    arguments = ["--model", "oracle", "--steps", "9", "--folder", str(tmp_path)]
    with monkeypatch.context() as patched:
        patched.setattr(Workflow, "check", dies)
        with pytest.raises(Died):
            qa.main(arguments)
    plan = qa.planned("accounting", 0, 3)
    lazy = qa.Oracle(plan)
    lazy.ways[plan[2].goal] = lazy.ways[plan[2].goal][-1:]  # says that it is done, and does nothing
    monkeypatch.setattr(qa, "Oracle", lambda _: lazy)
    assert qa.main(arguments) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == ["03 do: failed", "03 record: false"]
    assert json.loads(out[-1])["verified"] == 2


@pytest.mark.browser
def test_the_short_examples_do_what_they_are_for(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # the second time it is on disk that there is a member
        own_page = example("own_page")
        try:
            own_page.main(["--folder", str(tmp_path / "club")])
        finally:
            del sys.modules["own_page"]
        assert capsys.readouterr().out.startswith("verified ")
    example("five_lines")
    del sys.modules["five_lines"]
    assert capsys.readouterr().out.split()[0] in ("verified", "failed"), "a model may fail"
