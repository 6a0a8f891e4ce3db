"""A journal gives back what was appended, whatever becomes of its last bytes, and never invents."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.agent.journal import FILE, LOCK, TORN, Journal
from palaestra.errors import UsageError

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
ENTRIES = st.lists(st.dictionaries(st.text(max_size=9), PLAIN, max_size=3), min_size=1, max_size=5)


def written(folder: Path, entries: list[dict]) -> list[int]:
    """Writes a journal; returns its size after each entry."""
    journal, sizes = Journal(folder), []
    for entry in entries:
        journal.append(entry)
        sizes.append(journal.path.stat().st_size)
    journal.close()
    return sizes


def read(folder: Path) -> list[dict]:
    journal = Journal(folder)
    journal.close()
    return journal.entries


@given(ENTRIES, st.data())
def test_cut_at_any_byte_it_says_what_was_whole_and_goes_on(entries: list[dict], data):
    with TemporaryDirectory() as place:
        folder = Path(place)
        sizes = [0, *written(folder, entries)]
        cut = data.draw(st.integers(0, sizes[-1]))
        os.truncate(folder / FILE, cut)
        whole = sum(size <= cut for size in sizes[1:])
        left = [*entries[:whole], *([TORN] if cut not in sizes else [])]
        assert read(folder) == left
        written(folder, [{"more": 1}])
        assert read(folder) == [*left, {"more": 1}]


@given(ENTRIES, st.data())
def test_no_changed_byte_is_believed(entries: list[dict], data):
    with TemporaryDirectory() as place:
        folder = Path(place)
        sizes = written(folder, entries)
        kept = bytearray((folder / FILE).read_bytes())
        at = data.draw(st.integers(0, len(kept) - 1))
        kept[at] ^= data.draw(st.integers(1, 255))
        (folder / FILE).write_bytes(kept)
        begins_last = [0, *sizes][-2]
        if at == begins_last - 1:  # without the line break between them the last two are one
            assert read(folder) == [*entries[:-2], TORN]
            return
        if at >= begins_last and kept[at] != ord("\n"):  # a new line break makes two of the last
            assert read(folder) == [*entries[:-1], TORN]
            return
        with pytest.raises(UsageError, match="is damaged"):
            read(folder)
        assert (folder / FILE).read_bytes() == kept, "nothing is changed"


def test_a_lost_or_exchanged_line_is_noticed(tmp_path: Path):
    written(tmp_path, [{"n": n} for n in range(4)])
    first, second, third, fourth = (tmp_path / FILE).read_bytes().splitlines(keepends=True)
    for lines in ([first, third, fourth], [first, third, second, fourth]):
        (tmp_path / FILE).write_bytes(b"".join(lines))
        with pytest.raises(UsageError, match=r"Line 2 of .* is damaged"):
            Journal(tmp_path)


def test_two_processes_do_not_share_one(tmp_path: Path):
    journal = Journal(tmp_path)
    code = "import sys; from pathlib import Path; from palaestra.agent.journal import Journal; "
    code += "Journal(Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    other = subprocess.run(command, capture_output=True, text=True, check=False)
    assert other.returncode == 1
    assert "is open in another process" in other.stderr
    journal.append({"still": "mine"})
    journal.close()
    assert subprocess.run(command, check=False).returncode == 0


@pytest.mark.parametrize("room", [0, 1, 20])
def test_on_a_full_disk_nothing_is_lost(tmp_path: Path, monkeypatch, room: int):
    journal = Journal(tmp_path)
    journal.append({"n": 1})
    real, left = os.write, [room]

    def scarce(descriptor: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = real(descriptor, data[: left[0]])
        left[0] -= count
        return count

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", scarce)
        with pytest.raises(UsageError, match=r"No space left.*make room and run the script again"):
            journal.append({"n": 2})
    assert journal.entries == [{"n": 1}]
    journal.append({"n": 3})  # there is room again
    journal.close()
    assert read(tmp_path) == [{"n": 1}, {"n": 3}]


def test_what_is_not_on_the_disk_was_not_written(tmp_path: Path, monkeypatch):
    journal = Journal(tmp_path)

    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(UsageError, match="cannot be written"):
            journal.append({"n": 1})
    journal.close()
    assert read(tmp_path) == []


def test_a_folder_that_cannot_be_is_said_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        Journal(tmp_path / "file" / "below")
    (tmp_path / "place" / FILE).mkdir(parents=True)
    with pytest.raises(UsageError, match="cannot be written"):
        Journal(tmp_path / "place")
    (tmp_path / "place" / FILE).rmdir()
    Journal(tmp_path / "place").close()
    assert {path.name for path in (tmp_path / "place").iterdir()} == {FILE, LOCK}
