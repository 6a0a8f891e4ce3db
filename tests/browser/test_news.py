"""A file that comes gets a name that is safe, and that no other file has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.browser.news import LONGEST, Download


def kept(folder: Path, name: str) -> str:
    (folder / "guid").write_text("what came")
    download = Download("guid", name)
    download.keep(folder)
    return download.name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.txt", "report.txt"),
        ("../../report.txt", "report.txt"),
        ("_.._report.txt", "report.txt"),
        ("/etc/passwd", "etc_passwd"),
        (".bashrc", "bashrc"),
        ("März 2026 (1).csv", "März 2026 (1).csv"),
        ("a\nb\0c;$(rm).sh", "a_b_c__(rm).sh"),
        ("...", "download"),
        ("", "download"),
    ],
)
def test_names_are_made_safe(tmp_path: Path, name: str, safe: str):
    assert kept(tmp_path, name) == safe
    assert (tmp_path / safe).read_text() == "what came"


def test_no_file_is_overwritten(tmp_path: Path):
    assert [kept(tmp_path, "a.tar.gz") for _ in range(3)] == [
        "a.tar.gz", "a.tar (2).gz", "a.tar (3).gz"
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_every_name_stays_in_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str):
    folder = tmp_path_factory.mktemp("downloads")
    safe = kept(folder, name)
    assert [path.name for path in folder.iterdir()] == [safe]
    assert len(safe) <= LONGEST
    assert not safe.startswith(".")
