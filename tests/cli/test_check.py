"""`palaestra check` says what holds, and ends with 1 where something does not."""

from __future__ import annotations

import json
import re

import pytest

from palaestra import gyms
from palaestra.cli import main
from palaestra.errors import GymError
from palaestra.kit import App
from palaestra.tasks.verifier import Verifier
from palaestra.types import Verdict

Captured = pytest.CaptureFixture[str]
QUICK = ("--tasks", "6", "--steps", "20")


def test_a_sound_gym_passes(capsys: Captured) -> None:
    assert main(["check", "accounting", *QUICK]) == 0
    said = capsys.readouterr()
    assert re.search(r"accounting: all \d+ checks hold", said.out)
    assert "cheat: do then undo" in said.out
    assert said.err == ""


def test_all_that_are_there_are_checked_where_none_is_named(capsys: Captured) -> None:
    assert main(["check", *QUICK, "--json"]) == 0
    reports = json.loads(capsys.readouterr().out)
    assert [one["app"] for one in reports] == [n for n in gyms.names() if not gyms.is_family(n)]
    assert all(check["ok"] for one in reports for check in one["checks"])


def test_generated_applications_are_checked(capsys: Captured) -> None:
    assert main(["check", "--procedural", "2", "--seed", "5", *QUICK, "--json"]) == 0
    assert [one["app"] for one in json.loads(capsys.readouterr().out)] == [
        "procedural:5", "procedural:6",
    ]  # fmt: skip


def test_a_failed_check_ends_with_1(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Verifier, "judge", lambda self, diff, answered: Verdict(True, 1.0))
    assert main(["check", "accounting", *QUICK]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "FAILED" in said
    assert "it is solved before it starts" in said


def test_a_gym_that_does_not_load_is_a_failed_check(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> App:
        raise GymError("The gym accounting cannot be imported")

    real = gyms.find
    monkeypatch.setattr(gyms, "find", lambda n: broken(n) if n == "procedural:3" else real(n))
    assert main(["check", "--procedural", "1", "--seed", "3", *QUICK]) == 1
    assert "cannot be imported" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "words",
    [
        ["bakery"], ["procedural"], ["--tasks", "0"], ["--procedural", "-1"], ["--seed", "-1"],
        ["--page", "-1"],
    ],
)  # fmt: skip
def test_bad_words_are_refused_without_a_traceback(capsys: Captured, words: list[str]) -> None:
    assert main(["check", *words]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("palaestra: ")
    assert said.out == ""


@pytest.mark.browser
def test_the_page_is_checked_in_chromium(capsys: Captured, chromium: str) -> None:
    words = ["procedural:5", "--page", "1", *QUICK]
    assert main(["check", *words]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert re.search(r"ok the page is the same in Chromium compared after \d+ actions", said)


def test_without_chromium_the_page_cannot_be_checked(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("PALAESTRA_CHROMIUM", raising=False)
    assert main(["check", "accounting", "--page", "9", *QUICK]) == 2
    assert "install one, or set PALAESTRA_CHROMIUM" in capsys.readouterr().err


def test_without_playwright_the_page_cannot_be_checked(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["check", "accounting", "--page", "9", *QUICK]) == 2
    assert "pip install 'palaestra[web,browser]'" in capsys.readouterr().err
