"""`palaestra new-gym` writes a gym that works as it stands, whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from palaestra.cli import BAD_USAGE, main

Captured = pytest.CaptureFixture[str]


def palaestra(into: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PALAESTRA_GYMS": str(into), "COLUMNS": "100"}
    run = [sys.executable, "-m", "palaestra", *words]
    return subprocess.run(run, env=env, capture_output=True, text=True, timeout=300, check=False)


def test_what_it_writes_is_found_and_passes_the_check(tmp_path: Path, capsys: Captured):
    assert main(["new-gym", "library", "--title", "City library", "--into", str(tmp_path)]) == 0
    assert "palaestra check library" in capsys.readouterr().out
    told = json.loads(palaestra(tmp_path, "gyms", "library", "--json").stdout)
    assert told["title"] == "City library"
    assert told["languages"] == ["en", "de"]
    checked = palaestra(tmp_path, "check", "library", "--tasks", "15", "--steps", "40")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_translation_is_complete(tmp_path: Path):
    assert main(["new-gym", "library", "--into", str(tmp_path)]) == 0
    code = (
        "from palaestra import gyms; app = gyms.find('library')\n"
        "labels = {f.label for k in app.records for f in k.fields}\n"
        "labels |= {k.plural for k in app.records}\n"
        "labels |= {a.label for k in app.records for a in k.actions.values()}\n"
        "print(sorted(labels - app.words['de'].keys()))"
    )
    env = {**os.environ, "PALAESTRA_GYMS": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]", ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Library"], "small letters"),
        (["class"], "small letters"),
        (["x"], "small letters"),
        (["../up"], "small letters"),
        (["accounting"], "already"),
        (["library", "--title", 'a "b"'], "quotes"),
    ],
)
def test_what_cannot_be_written_is_told(
    words: list[str], said: str, tmp_path: Path, capsys: Captured
):
    assert main(["new-gym", *words, "--into", str(tmp_path)]) == BAD_USAGE
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path, capsys: Captured):
    mine = tmp_path / "library"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    assert main(["new-gym", "library", "--into", str(tmp_path)]) == BAD_USAGE
    assert "is there already" in capsys.readouterr().err
    assert [file.name for file in mine.iterdir()] == ["notes.txt"]


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: Captured):
    (tmp_path / "file").write_text("")
    assert main(["new-gym", "library", "--into", str(tmp_path / "file" / "gyms")]) == BAD_USAGE
    assert "cannot be written" in capsys.readouterr().err
