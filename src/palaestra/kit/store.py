"""The records of a Session, kept so that looking back and branching off cost nothing.

Rows live in one persistent hash map (`immutables.Map`, the HAMT of PEP 603), so a snapshot is a
reference and a fork shares everything. Every write also adds a cell to a linked list of touched
rows; the diff between two states walks the cells between them and looks at nothing else, so it
takes time in proportion to the changes (Driscoll et al. 1989 call this full persistence).

Which records there are, and which of them have a value in a field that was once asked for, is kept
in persistent indices that every write brings up to date: nothing is found out by reading all rows
a second time.

The store knows no rules (`commands.py` does) and tells no diffs (`diff.py` does).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from immutables import Map

from palaestra.errors import GymError
from palaestra.kit.roll import NOBODY, Roll
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.app import App
    from palaestra.kit.clock import Clock

Row = tuple[Value, ...]
Key = tuple[int, int]
"""(index of the record type, number of the record)"""
Index = Map[Value, Roll]
"""The numbers of the records that have a value in some field."""


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
        rolls: Per record type, the numbers of its records.
        indices: Per record type, the index of each position that was asked for; never changed,
            only replaced.
        shared: What all states that come from one beginning know together: each thing with the
            snapshot that it was true of.
    """

    rows: Map[Key, Row]
    next_numbers: tuple[int, ...]
    cell: Cell
    rolls: tuple[Roll, ...]
    indices: tuple[dict[int, Index], ...]
    shared: dict[Any, Any]

    @classmethod
    def empty(cls, kinds: int) -> Snapshot:
        """Returns the state in which there is no record of so many types."""
        return cls(Map(), (1,) * kinds, Cell(None, (-1, 0)), (NOBODY,) * kinds, ({},) * kinds, {})


class Store:
    """Rows of every record type, with snapshots, forks, diffs and a digest.

    Attributes:
        app: The application whose records these are.
        clock: The Session's virtual clock.
        scale: How many times as much data as usual a seeding is to prepare; 1 ordinarily.
        user: The role of whoever works here; "" where the application has no roles.
    """

    __slots__ = (
        "_cell", "_digest", "_indices", "_next", "_rolls", "_rows", "_shared", "app", "clock",
        "scale", "user",
    )  # fmt: skip

    def __init__(self, app: App, clock: Clock, snapshot: Snapshot | None = None) -> None:
        self.app = app
        self.clock = clock
        self.user = ""
        self.scale = 1.0
        self._digest: tuple[Snapshot, int] | None = None
        self.restore(snapshot or Snapshot.empty(len(app.records)))

    @property
    def state(self) -> Cell:
        """Returns an object that is the same as long as nothing was written."""
        return self._cell

    def snapshot(self) -> Snapshot:
        """Remembers this state, in constant time."""
        return Snapshot(
            self._rows, self._next, self._cell, self._rolls, self._indices, self._shared
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Goes back (or over) to a remembered state, in constant time."""
        self._rows, self._next, self._cell, self._rolls, self._indices, self._shared = snapshot

    def fork(self) -> Store:
        """Returns an independent store in the same state, in constant time."""
        twin = Store.__new__(Store)
        twin.app, twin.clock = self.app, self.clock
        twin.scale, twin.user = self.scale, self.user
        twin._digest = self._digest
        twin._rows, twin._next, twin._cell = self._rows, self._next, self._cell
        twin._rolls, twin._indices, twin._shared = self._rolls, self._indices, self._shared
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

    def numbers(self, kind: int) -> Roll:
        """Returns the numbers of all records of a type, oldest first."""
        return self._rolls[kind]

    def where(self, kind: int, wanted: list[tuple[int, Value]]) -> Sequence[int]:
        """Returns the numbers of records that have (position, value) all, oldest first.

        Takes time in proportion to the records that have the rarest of the values.
        """
        if not wanted:
            return self._rolls[kind]
        rolls = [self._index(kind, position).get(value, NOBODY) for position, value in wanted]
        if len(rolls) == 1:
            return rolls[0]
        rarest = min(rolls, key=len)
        others = [pair for pair, roll in zip(wanted, rolls, strict=True) if roll is not rarest]
        rows = self._rows
        return [n for n in rarest if all(rows[kind, n][at] == value for at, value in others)]

    def _index(self, kind: int, position: int) -> Index:
        """Returns the index of a field; made once, from then on kept up to date by the writes."""
        index = self._indices[kind].get(position)
        if index is None:
            index = self._first_index(kind, position)
            self._keep(kind, {**self._indices[kind], position: index})
        return index

    def _first_index(self, kind: int, position: int) -> Index:
        """Makes the index of a field, from one of another state where there is one."""
        name = ("index", kind, position)
        if name not in self._shared:
            found: dict[Value, list[int]] = {}
            for number in self._rolls[kind]:
                found.setdefault(self._rows[kind, number][position], []).append(number)
            index: Index = Map({value: Roll(numbers) for value, numbers in found.items()})
            self._shared[name] = (self.snapshot(), index)
            return index
        since, index = self._shared[name]
        for key in self.touched(since):
            if key[0] == kind:
                index = _moved(index, position, key[1], since.rows.get(key), self._rows.get(key))
        return index

    def _keep(self, kind: int, indices: dict[int, Index]) -> None:
        self._indices = (*self._indices[:kind], indices, *self._indices[kind + 1 :])

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
        self._write((kind, number), None)

    def _write(self, key: Key, row: Row | None) -> None:
        kind, number = key
        old = self._rows.get(key)
        self._rows = self._rows.delete(key) if row is None else self._rows.set(key, row)
        self._cell = Cell(self._cell, key)
        if old is None or row is None:
            roll = self._rolls[kind]
            roll = roll.minus(number) if row is None else roll.plus(number)
            self._rolls = (*self._rolls[:kind], roll, *self._rolls[kind + 1 :])
        if indices := self._indices[kind]:
            moved = {at: _moved(index, at, number, old, row) for at, index in indices.items()}
            self._keep(kind, moved)

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
        known = self._digest or self._shared.get("digest")
        if known is None:
            total = sum(_row_hash(key, row) for key, row in self._rows.items())
        else:
            seen, total = known
            for key in self.touched(seen):
                for sign, rows in ((-1, seen.rows), (1, self._rows)):
                    if (row := rows.get(key)) is not None:
                        total += sign * _row_hash(key, row)
        total %= 1 << 128
        self._digest = (self.snapshot(), total)
        self._shared.setdefault("digest", self._digest)
        return f"{total:032x}"


def _moved(index: Index, position: int, number: int, old: Row | None, new: Row | None) -> Index:
    """Returns an index after one record's row became another, or came or went."""
    if old is not None and new is not None and old[position] == new[position]:
        return index
    if old is not None:
        rest = index[old[position]].minus(number)
        index = index.set(old[position], rest) if rest else index.delete(old[position])
    if new is not None:
        index = index.set(new[position], index.get(new[position], NOBODY).plus(number))
    return index


def _row_hash(key: Key, row: Row) -> int:
    return int.from_bytes(
        hashlib.blake2b(repr((key, row)).encode(), digest_size=16).digest(), "big"
    )
