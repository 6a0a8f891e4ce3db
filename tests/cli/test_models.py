from __future__ import annotations

import json
from pathlib import Path

import pytest

from palaestra.cli import BAD_USAGE, main


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")


def told(capsys, words: str) -> str:
    assert main(words.split()) == 0
    return capsys.readouterr().out


def test_an_empty_shelf_is_no_error(models: Path, capsys):
    assert "No model ships" in told(capsys, "models")
    assert json.loads(told(capsys, "models --json")) == []
    assert main(["models", "show", "office"]) == BAD_USAGE
    assert main(["exam"]) == BAD_USAGE
    assert "No model ships" in capsys.readouterr().err


def test_a_model_is_added_listed_shown_and_examined(models: Path, training, capsys, tmp_path: Path):
    run = training()
    assert f"office is in {models / 'office'}" in told(capsys, f"models add {run} office")
    listed = told(capsys, "models")
    row = next(line for line in listed.splitlines() if "office *" in line)
    assert "accounting 0.0%" in row
    assert row.split()[-1] == "yes"
    shown = told(capsys, "models show office")
    assert "8 rounds, 1.0 minutes, until 2026-11-22" in shown
    assert "accounting, split goals" in shown
    [plain] = json.loads(told(capsys, "models --json"))
    assert plain == {"default": True} | json.loads(told(capsys, "models show office --json"))
    assert (plain["trouble"], plain["bounds"]) == ("", {"accounting": 0.0})
    words = "--gyms accounting --n 1 --json --out"
    for model in ("", "office"):
        [certificate] = json.loads(told(capsys, f"exam {model} {words} {tmp_path / 'exams'}"))
        assert (certificate["policy"], certificate["model"]) == ("office", plain["model"])
    assert sorted(p.name for p in (models / "office").iterdir()) == [
        "card.json",
        "certificates",
        "model.safetensors",
    ]


def test_what_is_wrong_with_one_does_not_hide_the_others(models: Path, training, capsys):
    run = training()
    for name in ("first", "second"):
        told(capsys, f"models add {run} {name} --json")
    (models / "first" / "card.json").write_text("{}")
    (models / "second" / "model.safetensors").write_bytes(b"")
    listed = told(capsys, "models")
    assert "no: The card of first cannot be read" in listed
    assert "no: the file is not the one" in listed
    first, second = json.loads(told(capsys, "models --json"))
    assert first["trouble"]
    assert second["trouble"]
    assert not second["default"]
