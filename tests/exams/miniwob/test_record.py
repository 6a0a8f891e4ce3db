"""Attempts are kept a line each, and one that was half written is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.exams.miniwob.record import Attempted, Record, Sitter
from palaestra.types import Action

SITTER = Sitter("lexical", "sha256:0", 20, "abc")


def attempted(seed: int) -> Attempted:
    did = (Action("fill", "n3", "żółw\n"), Action("click", "n4"))
    return Attempted(SITTER, "enter-text", seed, seed % 2 == 0, "page", 'Enter "żółw"', did)


def test_what_is_added_is_read_again(tmp_path: Path):
    record = Record(tmp_path / "deep" / "episodes.jsonl")
    assert record.read() == []
    record.add([attempted(0), attempted(1)])
    record.add([attempted(2)])
    assert record.read() == [attempted(0), attempted(1), attempted(2)]


def test_a_line_that_was_cut_off_is_left_out_and_does_not_spoil_the_next(tmp_path: Path):
    record = Record(tmp_path / "episodes.jsonl")
    record.add([attempted(0), attempted(1)])
    record.path.write_text(record.path.read_text(encoding="utf-8")[:-30], encoding="utf-8")
    assert record.read() == [attempted(0)]
    record.add([attempted(1)])
    assert record.read() == [attempted(0), attempted(1)]


@pytest.mark.parametrize("text", ["hello\n", "{}\n", "[1]\n"])
def test_another_file_is_not_taken_for_one(tmp_path: Path, text: str):
    path = tmp_path / "episodes.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no attempts at MiniWoB"):
        Record(path).read()


def test_no_room_is_for_the_caller_to_mend(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="goes on where it stopped"):
        Record(tmp_path / "file" / "episodes.jsonl").add([attempted(0)])
