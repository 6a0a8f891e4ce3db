"""`palaestra bench` measures a gym, for people and for programs."""

from __future__ import annotations

import json

import pytest

from palaestra.cli import main

Captured = pytest.CaptureFixture[str]


QUICK = ["--seconds", "0.01", "--no-browser"]


def test_the_measurements_are_told_to_people_and_to_programs(capsys: Captured) -> None:
    assert main(["bench", "procedural:17", *QUICK, "--sizes", "0,300"]) == 0
    told = capsys.readouterr().out
    assert "steps with the full observation" in told
    assert told.count("records") >= 2
    assert main(["bench", "procedural:17", *QUICK, "--sizes", "0", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (result,) = found["results"]
    assert result["app"] == "procedural:17"
    assert result["steps_per_second"] > 0
    assert result["chromium"] is None
    assert "Python" in found["machine"]


@pytest.mark.browser
def test_chromium_is_beside_it(capsys: Captured) -> None:
    words = ["procedural:17", "--seconds", "0.01", "--sizes", "0", "--json"]
    assert main(["bench", *words]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["chromium_ratio"] > 5
    assert result["chromium"]["steps"] > 0


@pytest.mark.browser
def test_pages_are_measured_next_to_playwright(capsys: Captured) -> None:
    words = ["bench", "procedural:17", "--browser", "--seconds", "0.01"]
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["results"]
    assert [one["page"] for one in found] == ["procedural:17", "a plain form"]
    assert all(one["ours"]["steps"] and one["playwright"]["steps"] for one in found)
    assert main(words) == 0
    assert "the same through Playwright" in capsys.readouterr().out
    assert main([*words, "--no-browser"]) == 2
    assert "do not go together" in capsys.readouterr().err


def test_without_a_chromium_one_is_told_what_to_do(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALAESTRA_CHROMIUM", "")
    monkeypatch.setenv("PATH", "")
    assert main(["bench", "procedural:17"]) == 2
    assert "--no-browser" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["bakery", "--no-browser"],
        ["--seconds", "0"],
        ["--seconds", "nan"],
        ["--seed", "-1"],
        ["--sizes", "many"],
        ["--sizes", "100,7"],
        ["--sizes", "1000000"],
    ],
)
def test_bad_words_are_refused_without_a_traceback(capsys: Captured, words: list[str]) -> None:
    assert main(["bench", *words]) == 2
    assert capsys.readouterr().err.startswith("palaestra: ")
