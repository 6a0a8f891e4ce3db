"""The records of a Session, kept so that looking back and branching off cost nothing.

Rows live in one persistent hash map (`immutables.Map`, the HAMT of PEP 603), so a snapshot is a
reference and a fork shares everything. Every write also adds a cell to a linked list of touched
rows; the diff between two states walks the cells between them and looks at nothing else, so it
takes time in proportion to the changes (Driscoll et al. 1989 call this full persistence).

The store knows no rules (`commands.py` does) and tells no diffs (`diff.py` does).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from immutables import Map

from palaestra.errors import GymError
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.app import App
    from palaestra.kit.clock import Clock

Row = tuple[Value, ...]
Key = tuple[int, int]
"""(index of the record type, number of the record)"""


class Cell:
    """One write: which row was touched, and the write before it. Cells form a tree of histories."""

    __slots__ = ("depth", "key", "parent")

    def __init__(self, parent: Cell | None, key: Key) -> None:
        self.parent = parent
        self.key = key
        self.depth: int = parent.depth + 1 if parent else 0


class Snapshot(NamedTuple):
    """A state of the store; taking one copies nothing.

    Attributes:
        rows: All rows by key.
        next_numbers: Per record type, the number its next record will get.
        cell: The last write before the snapshot.
    """

    rows: Map[Key, Row]
    next_numbers: tuple[int, ...]
    cell: Cell


class Store:
    """Rows of every record type, with snapshots, forks, diffs and a digest.

    Attributes:
        app: The application whose records these are.
        clock: The Session's virtual clock.
        user: The role of whoever works here; "" where the application has no roles.
    """

    __slots__ = ("_cell", "_digest", "_indices", "_next", "_rows", "app", "clock", "user")

    def __init__(self, app: App, clock: Clock, snapshot: Snapshot | None = None) -> None:
        self.app = app
        self.clock = clock
        self.user = ""
        start = snapshot or Snapshot(Map(), (1,) * len(app.records), Cell(None, (-1, 0)))
        self._rows, self._next, self._cell = start
        self._digest: tuple[Snapshot, int] | None = None
        # Shared by forks, and checked against the state before use.
        self._indices: dict[tuple[int, int], tuple[Cell, dict[Value, list[int]]]] = {}

    @property
    def state(self) -> Cell:
        """Returns an object that is the same as long as nothing was written."""
        return self._cell

    def snapshot(self) -> Snapshot:
        """Remembers this state, in constant time."""
        return Snapshot(self._rows, self._next, self._cell)

    def restore(self, snapshot: Snapshot) -> None:
        """Goes back (or over) to a remembered state, in constant time."""
        self._rows, self._next, self._cell = snapshot

    def fork(self) -> Store:
        """Returns an independent store in the same state, in constant time."""
        twin = Store.__new__(Store)
        twin.app, twin.clock, twin.user = self.app, self.clock, self.user
        twin._digest = self._digest
        twin._indices = self._indices
        twin._rows, twin._next, twin._cell = self._rows, self._next, self._cell
        return twin

    def row(self, kind: int, number: int) -> Row:
        """Returns the stored values of one record, in order of declaration.

        Raises:
            GymError: If there is no such record.
        """
        try:
            return self._rows[kind, number]
        except KeyError:
            raise GymError(f"There is no {self.app.records[kind].noun} number {number}") from None

    def has(self, kind: int, number: int) -> bool:
        """Says whether the record exists."""
        return (kind, number) in self._rows

    def numbers(self, kind: int) -> Iterator[int]:
        """Yields the numbers of all records of a type, oldest first."""
        rows = self._rows
        return (n for n in range(1, self._next[kind]) if (kind, n) in rows)

    def where(self, kind: int, wanted: list[tuple[int, Value]]) -> list[int]:
        """Returns the numbers of records that have (position, value) all, oldest first."""
        if not wanted:
            return list(self.numbers(kind))
        (first, value), *others = wanted
        found = list(self._index(kind, first).get(value, ()))
        for position, value in others:
            found = [n for n in found if self._rows[kind, n][position] == value]
        return found

    def _index(self, kind: int, position: int) -> dict[Value, list[int]]:
        """Returns the numbers of records by a field's value; made once for each state."""
        kept = self._indices.get((kind, position))
        if kept is not None and kept[0] is self._cell:
            return kept[1]
        rows = self._rows
        index: dict[Value, list[int]] = {}
        for number in self.numbers(kind):
            index.setdefault(rows[kind, number][position], []).append(number)
        self._indices[kind, position] = (self._cell, index)
        return index

    def insert(self, kind: int, row: Row) -> int:
        """Adds a record and returns its number."""
        number = self._next[kind]
        self._next = (*self._next[:kind], number + 1, *self._next[kind + 1 :])
        self._write((kind, number), row)
        return number

    def next_number(self, kind: int) -> int:
        """Returns the number that the next new record of a type will get."""
        return self._next[kind]

    def set_field(self, kind: int, number: int, position: int, value: Value) -> None:
        """Changes one value; writing what is there already changes nothing."""
        row = self.row(kind, number)
        if row[position] != value:
            self._write((kind, number), (*row[:position], value, *row[position + 1 :]))

    def delete(self, kind: int, number: int) -> None:
        """Takes a record away; its number is never given again."""
        self.row(kind, number)
        self._rows = self._rows.delete((kind, number))
        self._cell = Cell(self._cell, (kind, number))

    def _write(self, key: Key, row: Row) -> None:
        self._rows = self._rows.set(key, row)
        self._cell = Cell(self._cell, key)

    def touched(self, since: Snapshot) -> set[Key]:
        """Returns the keys of rows that differ from a snapshot of this store or of a fork of it.

        Takes time in proportion to the writes between the two.

        Raises:
            GymError: If the snapshot was taken of an unrelated store.
        """
        keys: set[Key] = set()
        here: Cell | None = self._cell
        there: Cell | None = since.cell
        while here is not there:
            if here is None or there is None:
                raise GymError("The snapshot is of another store")
            if here.depth >= there.depth:
                keys.add(here.key)
                here = here.parent
            else:
                keys.add(there.key)
                there = there.parent
        return {key for key in keys if since.rows.get(key) != self._rows.get(key)}

    def digest(self) -> str:
        """Names the exact state of all rows: equal digests, equal rows, in any process.

        The sum of a 128-bit hash per row (AdHash: Bellare and Micciancio, EUROCRYPT 1997), so that
        the next digest costs only the rows that changed since the last one.
        """
        if self._digest is None:
            total = sum(_row_hash(key, row) for key, row in self._rows.items())
        else:
            seen, total = self._digest
            for key in self.touched(seen):
                for sign, rows in ((-1, seen.rows), (1, self._rows)):
                    if (row := rows.get(key)) is not None:
                        total += sign * _row_hash(key, row)
        total %= 1 << 128
        self._digest = (self.snapshot(), total)
        return f"{total:032x}"


def _row_hash(key: Key, row: Row) -> int:
    return int.from_bytes(
        hashlib.blake2b(repr((key, row)).encode(), digest_size=16).digest(), "big"
    )
