"""A Journal: entries on disk, added one by one, each there whole or not at all whatever is killed.

A line is the hash of the line before it and of its own entry, then the entry as JSON; so a line
that was changed, lost or put elsewhere is noticed. Every entry is on the disk (fsync) before
`append` returns. One process at a time has a journal open.

What the entries mean is `palaestra.agent.workflow`'s business.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from palaestra.errors import UsageError

Entry = dict[str, Any]
TORN: Entry = {"event": "torn"}
"""Stands in a journal where a line could not be read: what it said is not known."""
FILE, LOCK = "journal.jsonl", "lock"
START = "0" * 16


class Journal:
    """The entries of one folder.

    Attributes:
        path: The file.
        entries: What it says, in order. Where its last line was damaged, `TORN` stands for it: the
            line may have been half written when the power went.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the journal of a folder, and makes one where there is none.

        Raises:
            UsageError: If another process has it open, a line before the last is damaged, or the
                folder cannot be written to.
        """
        self.path = folder / FILE
        self.entries: list[Entry] = []
        self._last, self._size = START, 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as wrong:
            raise _unwritable(folder, wrong) from wrong
        self._file = -1
        try:
            self._take_lock()
            self._open()
        except BaseException:
            self.close()
            raise

    def append(self, entry: Entry) -> None:
        """Adds an entry; when this returns, it is on the disk.

        Raises:
            UsageError: If it cannot be written; then the journal is as it was before.
        """
        line, after = _line(self._last, entry)
        try:
            _write(self._file, line)
        except OSError as wrong:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise _unwritable(self.path, wrong) from wrong
        self._size += len(line)
        self._last = after
        self.entries.append(entry)

    def close(self) -> None:
        """Lets go of the files; entries are safe without it."""
        for descriptor in (self._file, self._lock):
            if descriptor >= 0:
                os.close(descriptor)
        self._file = self._lock = -1

    def _take_lock(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise UsageError(
                f"{self.path} is open in another process; wait for that one, or end it"
            ) from taken

    def _open(self) -> None:
        try:
            data = self.path.read_bytes() if self.path.exists() else b""
            lines, torn = _lines(data, self.path)
            if torn:
                self._mend(lines)
                return self._open()
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            _sync_folder(self.path.parent)
        except OSError as wrong:
            raise _unwritable(self.path, wrong) from wrong
        self.entries = [entry for _, entry in lines]
        self._last = lines[-1][0] if lines else START
        self._size = len(data)

    def _mend(self, lines: list[tuple[str, Entry]]) -> None:
        """Puts `TORN` in place of a damaged last line, at one stroke."""
        beside, last = self.path.with_suffix(".part"), START
        with beside.open("wb") as file:
            for entry in [*(entry for _, entry in lines), TORN]:
                line, last = _line(last, entry)
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.path)
        _sync_folder(self.path.parent)


def _line(before: str, entry: Entry) -> tuple[bytes, str]:
    """Returns an entry as a line, and the hash that the next one goes on from."""
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = text.encode("utf-8", "surrogatepass")
    name = _hash(before, data)
    return name.encode() + b" " + data + b"\n", name


def _hash(before: str, data: bytes) -> str:
    return hashlib.blake2b(before.encode() + data, digest_size=8).hexdigest()


def _lines(data: bytes, path: Path) -> tuple[list[tuple[str, Entry]], bool]:
    """Returns the whole lines as hash and entry, and whether a damaged one follows.

    Raises:
        UsageError: If it is not the last line that is damaged.
    """
    found, last = list[tuple[str, Entry]](), START
    pieces = data.split(b"\n")
    ended = not pieces[-1]  # the file ends in a line break, as a whole one does
    pieces = pieces[: len(pieces) - ended]
    for number, piece in enumerate(pieces, 1):
        name, _, text = piece.partition(b" ")
        is_last = number == len(pieces)
        whole = name.decode("ascii", "replace") == _hash(last, text) and (ended or not is_last)
        if not whole and is_last:
            return found, True
        if not whole:
            raise UsageError(
                f"Line {number} of {path} is damaged, and lines follow it: nothing was changed; "
                "put a whole copy of the file there, or begin in another folder"
            )
        last = name.decode()
        found.append((last, json.loads(text.decode("utf-8", "surrogatepass"))))
    return found, False


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, wrong: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be written ({wrong.strerror}); nothing written before is lost: make room "
        "and run the script again, it goes on where it was"
    )
