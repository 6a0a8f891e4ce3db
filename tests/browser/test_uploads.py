"""Only what lies in the folder for uploads may go into a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.browser.uploads import allowed
from palaestra.errors import InvalidAction


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "uploads"
    (folder / "more").mkdir(parents=True)
    (folder / "bill.txt").write_text("bill")
    (folder / "more" / "note.txt").write_text("note")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder / "loop")
    return folder


def test_files_are_found_by_name_and_by_path(folder: Path):
    assert allowed(folder, "bill.txt").read_text() == "bill"
    assert allowed(folder, "more/note.txt").read_text() == "note"
    assert allowed(folder, str(folder / "bill.txt")).read_text() == "bill"
    assert allowed(folder, "more/../bill.txt").read_text() == "bill"


@pytest.mark.parametrize(
    "name", ["../secret.txt", "link.txt", "/etc/passwd", "more/../../secret.txt"]
)
def test_what_lies_elsewhere_is_refused(folder: Path, name: str):
    with pytest.raises(InvalidAction, match="outside the folder"):
        allowed(folder, name)


@pytest.mark.parametrize("name", ["none.txt", "more", ".", "loop", "a\0b", "x" * 5_000])
def test_what_is_no_file_is_told_with_what_there_is(folder: Path, name: str):
    with pytest.raises(InvalidAction, match=r"There is no file .*; there are bill.txt, link.txt"):
        allowed(folder, name)


def test_without_a_folder_nothing_is_uploaded():
    with pytest.raises(InvalidAction, match="Uploads are not allowed"):
        allowed(None, "bill.txt")


@given(st.text(max_size=60))
def test_no_name_reaches_out(tmp_path_factory: pytest.TempPathFactory, name: str):
    folder = tmp_path_factory.mktemp("empty")
    with pytest.raises(InvalidAction):
        allowed(folder, name)
