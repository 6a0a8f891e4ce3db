"""Gyms that are not there, or broken: whoever must act is told what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from palaestra import gyms
from palaestra.errors import GymError, UsageError

SOUND = """
from palaestra.kit import App, Record, action, derived, text
app = App("shop", title="Shop")
@app.record(key="name", seeds=(2, 2))
class Thing(Record):
    name: str = text("word")
    @action("Break"{when})
    def smash(self):
        self.name = "half done"
        {rule}
{more}
"""
BROKEN = {
    "syntax": ("app = App(\n", "cannot be imported"),
    "import": ("import no_such_module", "no_such_module"),
    "exit": ("raise SystemExit(7)", "cannot be imported"),
    "empty": ("", "defines no App"),
    "no_app": ("app = 'shop'", "defines no App"),
    "family": ("def generate(seed): return 1 / 0", "ask for gym:SEED"),
    "rule": (SOUND.format(when="", rule="1 / 0", more=""), "FAILED"),
    "offer": (SOUND.format(when=", when=lambda t: 1 / 0", rule="pass", more=""), "by zero"),
    "seeding": (
        SOUND.format(
            when="", rule="pass", more="@app.seeding\ndef begin(store, rng): return {}['x']"
        ),
        "KeyError",
    ),
}  # fmt: skip


def check(path: str) -> subprocess.CompletedProcess[str]:
    words = ["check", "gym", "--tasks", "2", "--steps", "5"]
    return subprocess.run(
        [sys.executable, "-m", "palaestra", *words],
        env={**os.environ, "PALAESTRA_GYMS": path, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_gym_is_told_without_a_traceback(tmp_path: Path, what: str):
    code, told = BROKEN[what]
    (tmp_path / "gym").mkdir()
    (tmp_path / "gym" / "__init__.py").write_text(code.lstrip())
    ran = check(str(tmp_path))
    assert ran.returncode in (1, 2, 3)
    assert told in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("what", ["nothing", "file", "gym"])
def test_a_folder_that_holds_no_gyms_is_told(tmp_path: Path, what: str):
    if what == "file":
        (tmp_path / what).write_text("")
    elif what == "gym":
        (tmp_path / what).mkdir()
        (tmp_path / what / "__init__.py").write_text(
            SOUND.format(when="", rule="pass", more="").lstrip()
        )
    ran = check(str(tmp_path / what))
    assert ran.returncode == 2
    assert "PALAESTRA_GYMS must name the folder that gyms lie in" in ran.stderr
    assert str(tmp_path / what) in ran.stderr


@pytest.mark.parametrize(
    "name",
    [
        "bakery", "", ":", "accounting:", "accounting:7", "../accounting", "procedural",
        "procedural:", "procedural:-1", "procedural:1.5", "procedural:007", "procedural:٣",
        "procedural:" + "9" * 5_000, "\ud800", "x" * 100_000, None, 7, b"accounting",
    ],
)  # fmt: skip
def test_what_is_no_gym_is_refused(name: Any):
    with pytest.raises(UsageError):
        gyms.find(name)


def test_a_family_that_fails_is_its_authors_bug(monkeypatch: pytest.MonkeyPatch):
    from palaestra.gyms import procedural

    monkeypatch.setattr(procedural, "generate", lambda seed: seed / 0)
    with pytest.raises(GymError, match="procedural:424242 cannot be generated: ZeroDivisionError"):
        gyms.find("procedural:424242")
