"""`palaestra bench` measures a gym, for people and for programs."""

from __future__ import annotations

import json

import pytest

from palaestra.cli import main

Captured = pytest.CaptureFixture[str]


def test_the_measurements_are_told_to_people_and_to_programs(capsys: Captured) -> None:
    assert main(["bench", "procedural:17", "--seconds", "0.01"]) == 0
    assert "steps with the full observation" in capsys.readouterr().out
    assert main(["bench", "procedural:17", "--seconds", "0.01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["app"] == "procedural:17"
    assert told["steps_per_second"] > 0
    assert "Python" in told["machine"]


@pytest.mark.parametrize(
    "words", [["bakery"], ["--seconds", "0"], ["--seconds", "nan"], ["--seed", "-1"]]
)
def test_bad_words_are_refused_without_a_traceback(capsys: Captured, words: list[str]) -> None:
    assert main(["bench", *words]) == 2
    assert capsys.readouterr().err.startswith("palaestra: ")
