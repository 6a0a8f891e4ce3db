"""The trace of a run: whole, or not there and said so."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from palaestra.agent import trace as tracing
from palaestra.agent.result import Cost, Effect, Result, Step
from palaestra.agent.shot import Piece, Shot
from palaestra.agent.trace import Trace
from palaestra.browser import Box
from palaestra.errors import UsageError
from palaestra.types import Action

STEP = Step(
    1, Action("fill", "n1", "<b>Acme"), "textbox", "Vendor", "reversible", "fills a box in", True,
    "<i>said", 0.5, "http://a.example/", 0.25,
)  # fmt: skip
EFFECTS = (Effect("filled", "Vendor = <b>Acme", 1, "reversible"),)
RESULT = Result("verified", "it is so", (STEP,), EFFECTS, Cost(1.5, 1, 1, 70), None, "<b>7")
SHOT = Shot((Piece(Box(0, 0, 1280, 800), "QUJD"),), Box(10, 20, 30, 40))


def run() -> Any:
    return SimpleNamespace(steps=[STEP], shots=[SHOT], effects=list(EFFECTS))


def test_both_files_tell_the_run(tmp_path: Path):
    result = Trace(tmp_path, "Enter a bill").close(run(), RESULT, Shot(why_not="A dialog is open"))
    assert result.trace is not None
    page = result.trace.read_text(encoding="utf-8")
    for told in (
        "Enter a bill",
        "verified: it is so",
        "70 tokens",
        "&lt;b&gt;7",
        "A dialog is open",
    ):
        assert told in page
    assert "<b>Acme" not in page
    assert "<i>said" not in page
    assert "left:5.0px;top:10.0px;width:15.0px;height:20.0px" in page
    kept = json.loads(result.trace.with_suffix(".json").read_text(encoding="utf-8"))
    assert kept["goal"] == "Enter a bill"
    assert kept["effects"][0]["told"] == "Vendor = <b>Acme"
    assert kept["trace"] == str(result.trace)


def test_two_runs_of_one_goal_have_two_traces(tmp_path: Path):
    for _ in range(3):
        Trace(tmp_path, "Enter a bill").close(run(), RESULT, Shot())
    assert len(list(tmp_path.glob("*.html"))) == 3


@pytest.mark.parametrize("goal", ["///", "x" * 5_000, "../../etc/passwd", "查看付款"])
def test_any_goal_makes_a_name_in_the_folder(tmp_path: Path, goal: str):
    result = Trace(tmp_path, goal).close(run(), RESULT, Shot())
    assert result.trace is not None
    assert result.trace.parent == tmp_path


def test_on_a_full_disk_the_result_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(path: Path, text: str) -> None:
        raise UsageError(f"Cannot write {path}: No space left on device")

    monkeypatch.setattr(tracing, "write_text", full)
    result = Trace(tmp_path, "Enter a bill").close(run(), RESULT, Shot())
    assert result.trace is None
    assert "No space left" in result.reason
    assert (result.outcome, result.steps, result.answer) == ("verified", (STEP,), "<b>7")


def test_a_trace_that_is_watched_loads_itself_anew_until_it_is_over(tmp_path: Path):
    trace = Trace(tmp_path, "Enter a bill", live=True)
    trace.show(run())
    assert 'http-equiv="refresh"' in trace.path.read_text(encoding="utf-8")
    trace.close(run(), RESULT, Shot())
    assert 'http-equiv="refresh"' not in trace.path.read_text(encoding="utf-8")
