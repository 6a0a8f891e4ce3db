"""`palaestra act`: what it refuses, what it prints, and what it exits with."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from palaestra.agent import Approval
from palaestra.cli import act, main
from palaestra.types import Action
from tests.agent.conftest import Script, Site, site

__all__ = ["site"]
HERE = "http://127.0.0.1:9/"


class Delete(Script):
    """Wants to delete, and then says that it is done."""

    def __init__(self) -> None:
        super().__init__(("click", "Delete"))


class Oracle:
    """Does what a gym's own task says."""

    name = "oracle"
    moves: tuple[Action, ...] = ()

    def act(self, observations):
        Oracle.moves, move = Oracle.moves[1:], Oracle.moves[0]
        return [move]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["", "--url", HERE], "Say what is to be done"),
        (["--gym", "crm"], "Say what is to be done"),
        (["x", "--gym", "nowhere"], "there are: accounting"),
        (["x", "--gym", "crm", "--skin", "-1"], "skin"),
        (["x", "--url", "nowhere"], "is no address"),
        (["x", "--url", HERE, "--task", "1"], "--task is a gym's"),
        (["x", "--url", HERE, "--model", "nobody"], "no policy 'nobody'"),
        (["x", "--url", HERE, "--max-steps", "0"], "max_steps="),
        (["x", "--url", HERE, "--deadline", "-1"], "deadline="),
        (["x", "--url", HERE, "--secret", "pin"], "NAME=VARIABLE"),
        (["x", "--url", HERE, "--secret", "pin=NOT_SET_ANYWHERE"], "is not set"),
        (["x", "--url", HERE, "--yes", "external", "--refuse", "external"], "both done and"),
        (["x", "--url", HERE, "--origin", "nowhere"], "is no origin"),
    ],
)
def test_what_makes_no_sense_is_told(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
):
    model = [] if "--model" in words else ["--model", "noop"]
    assert main(["act", *words, *model]) == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.browser
def test_a_page_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]):
    assert main(["act", "x", "--url", HERE, "--model", "noop"]) == 2
    assert "cannot be reached" in capsys.readouterr().err


@pytest.mark.browser
def test_a_gyms_task_is_done_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    from palaestra.agent.ground import Ground

    task = Ground.draw("crm", seed=2, skin=0, disturbance=0, task=1).task
    assert task
    Oracle.moves = task.oracle
    words = ["--gym", "crm", "--seed", "2", "--skin", "0", "--disturbance", "0", "--task", "1"]
    model = ["--model", f"{__name__}:Oracle", "--traces", str(tmp_path)]
    assert main(["act", *words, *model, "--watch"]) == 0
    printed = capsys.readouterr().out
    assert task.goal in printed
    assert "verified: " in printed
    assert next(tmp_path.glob("*.html")).name in printed


@pytest.mark.browser
def test_what_is_destructive_is_done_where_that_is_allowed(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    site.pages["/"] = "<button onclick=\"fetch('/gone')\">Delete</button>"
    words = ["act", "Delete it", "--url", f"{site.url}/", "--model", f"{__name__}:Delete"]
    words += ["--traces", str(tmp_path), "--json"]
    assert main(words) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["outcome"] == "abstained"
    assert "/gone" not in site.got
    main([*words, "--yes", "destructive"])
    assert json.loads(capsys.readouterr().out)["steps"][0]["done"]
    assert "/gone" in site.got


@pytest.mark.parametrize(
    ("said", "granted"),
    [("yes\n", True), ("y\n", True), ("no\n", False), ("\n", False), ("", False)],
)
def test_on_the_terminal_only_a_yes_is_a_yes(
    said: str, granted: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    form = (("To", "ann"),)
    request = Approval(
        "Pay ann", Action("click", "n1"), "button", "Pay", "external", 'the word "pay"', HERE,
        "", "Payment", "", form, 1, "seal",
    )  # fmt: skip
    assert act._ask(request) is granted
    asked = capsys.readouterr().err
    assert 'click button "Pay"' in asked
    assert "To: ann" in asked
