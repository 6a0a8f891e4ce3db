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

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from immutables import Map

from palaestra.errors import GymError
from palaestra.kit.history import History
from palaestra.kit.roll import NOBODY, Roll
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.app import App
    from palaestra.kit.clock import Clock

T = TypeVar("T")
Row = tuple[Value, ...]
Key = tuple[int, int]
"""(index of the record type, number of the record)"""
Index = Map[Value, Roll]
"""The numbers of the records that have a value in some field."""
Read = tuple[Any, ...]
"""Something that was read: the row of a `Key`; (record type, positions, values), for which records
have these values there; (column, number); or one of the three below."""
ANYTHING: Read = ("anything",)
TODAY: Read = ("today",)
NOW: Read = ("now",)


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
        history: What was done so far, and the stream that rules draw from.
        rolls: Per record type, the numbers of its records.
        indices: Per record type, the index of each position that was asked for; never changed,
            only replaced.
        shared: What all states that come from one beginning know together; what is not true of
            all of them is kept with the state that it is true of.
    """

    rows: Map[Key, Row]
    next_numbers: tuple[int, ...]
    cell: Cell
    history: History
    rolls: tuple[Roll, ...]
    indices: tuple[dict[int, Index], ...]
    shared: dict[Any, Any]

    @classmethod
    def empty(cls, kinds: int) -> Snapshot:
        """Returns the state in which there is no record of so many types."""
        first = Cell(None, (-1, 0))
        rolls = (NOBODY,) * kinds
        return cls(Map(), (1,) * kinds, first, History(), rolls, ({},) * kinds, {})


class Store:
    """Rows of every record type, with snapshots, forks, diffs and a digest.

    Attributes:
        app: The application whose records these are.
        scale: How many times as much data as usual a seeding is to prepare; 1 ordinarily.
        history: What was done so far, and the stream that rules draw from.
        user: The role of whoever works here; "" where the application has no roles.
        state: An object that is the same as long as nothing is written.
        time: The Session's virtual clock, past `reads`.
        reads: What was read, written down while this is a set (see `Column`).
        shared: What all states that come from one beginning know together.
    """

    __slots__ = (
        "_differences", "_digest", "_indices", "_next", "_rolls", "_rows", "app", "history",
        "reads", "scale", "shared", "state", "time", "user",
    )  # fmt: skip

    def __init__(self, app: App, clock: Clock, snapshot: Snapshot | None = None) -> None:
        self.app = app
        self.time = clock
        self.user = ""
        self.scale = 1.0
        self.reads: set[Read] | None = None
        self._digest: tuple[Snapshot, int] | None = None
        self._differences: dict[Cell, frozenset[Read]]
        self.restore(snapshot or Snapshot.empty(len(app.records)))

    @property
    def clock(self) -> Clock:
        """Returns the Session's virtual clock."""
        if self.reads is not None:
            self.reads.add(NOW)
        return self.time

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.time = clock

    @property
    def today(self) -> dt.date:
        """Returns the day on the virtual clock."""
        if self.reads is not None:
            self.reads.add(TODAY)
        return self.time.today

    def snapshot(self) -> Snapshot:
        """Remembers this state, in constant time."""
        return Snapshot(
            self._rows, self._next, self.state, self.history,
            self._rolls, self._indices, self.shared,
        )  # fmt: skip

    def restore(self, snapshot: Snapshot) -> None:
        """Goes back (or over) to a remembered state, in constant time."""
        self._rows, self._next, self.state, self.history = snapshot[:4]
        self._rolls, self._indices, self.shared = snapshot[4:]
        self._differences = {}

    def forget(self) -> None:
        """Forgets everything but the records and their indices, to find it out anew."""
        self._digest, self._differences, self.shared = None, {}, {}

    def fork(self) -> Store:
        """Returns an independent store in the same state, in constant time."""
        twin = Store.__new__(Store)
        twin.app, twin.time, twin.user, twin.scale = self.app, self.time, self.user, self.scale
        twin.reads, twin._digest, twin._differences = None, self._digest, {}
        twin._rows, twin._next, twin.state = self._rows, self._next, self.state
        twin.history = self.history
        twin._rolls, twin._indices, twin.shared = self._rolls, self._indices, self.shared
        return twin

    def draw(self, low: int, high: int) -> int:
        """Returns the next whole number of the stream that rules draw from.

        Raises:
            GymError: If something asks that is only shown, and so is computed any number of times.
        """
        if self.reads is not None:
            raise GymError("What a record shows cannot be left to chance")
        self.history, drawn = self.history.drawn(low, high)
        return drawn

    def row(self, kind: int, number: int) -> Row:
        """Returns the stored values of one record, in order of declaration.

        Raises:
            GymError: If there is no such record.
        """
        key = (kind, number)
        if self.reads is not None:
            self.reads.add(key)
        try:
            return self._rows[key]
        except KeyError:
            raise GymError(f"There is no {self.app.records[kind].noun} number {number}") from None

    def has(self, kind: int, number: int) -> bool:
        """Says whether the record exists."""
        if self.reads is not None:
            self.reads.add((kind, number))
        return (kind, number) in self._rows

    def numbers(self, kind: int) -> Roll:
        """Returns the numbers of all records of a type, oldest first."""
        if self.reads is not None:
            self._note(kind, [])
        return self._rolls[kind]

    def where(self, kind: int, wanted: list[tuple[int, Value]]) -> Sequence[int]:
        """Returns the numbers of records that have (position, value) all, oldest first.

        Takes time in proportion to the records that have the rarest of the values.
        """
        if self.reads is not None:
            self._note(kind, wanted)
        if not wanted:
            return self._rolls[kind]
        rolls = [self._index(kind, position).get(value, NOBODY) for position, value in wanted]
        if len(rolls) == 1:
            return rolls[0]
        rarest = min(rolls, key=len)
        others = [pair for pair, roll in zip(wanted, rolls, strict=True) if roll is not rarest]
        rows = self._rows
        return [n for n in rarest if all(rows[kind, n][at] == value for at, value in others)]

    def _note(self, kind: int, wanted: list[tuple[int, Value]]) -> None:
        """Writes down that it was asked which records have some values."""
        assert self.reads is not None
        positions = tuple(position for position, _ in wanted)
        asked = self.shared.setdefault(("asked", kind), {})
        asked[positions] = None
        self.reads.add((kind, positions, tuple(value for _, value in wanted)))

    def apart(self, find: Callable[[], T]) -> T:
        """Returns what is found by a way of its own, which keeps what it finds between two states.

        Of what it reads nothing is written down but that it may be anything.
        """
        outer = self.reads
        if outer is None:
            return find()
        outer.update((ANYTHING, NOW))
        self.reads = None
        try:
            return find()
        finally:
            self.reads = outer

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
        if name not in self.shared:
            found: dict[Value, list[int]] = {}
            for number in self._rolls[kind]:
                found.setdefault(self._rows[kind, number][position], []).append(number)
            index: Index = Map({value: Roll(numbers) for value, numbers in found.items()})
            self.shared[name] = (self.snapshot(), index)
            return index
        since, index = self.shared[name]
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
        self.state = Cell(self.state, key)
        self._differences = {}
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
        here: Cell | None = self.state
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

    def differences(self, since: Snapshot, clock: Clock | None) -> frozenset[Read]:
        """Returns all reads that may tell something else now than they did in another state.

        Takes time in proportion to the writes between the two.

        Args:
            since: The other state.
            clock: And the clock there.
        """
        found = self._differences.get(since.cell)
        if found is None:
            found = self._differences[since.cell] = frozenset(self._altered(since))
        if clock is self.time:
            return found
        same_day = clock is not None and clock.today == self.time.today
        return found | ({NOW} if same_day else {NOW, TODAY})

    def _altered(self, since: Snapshot) -> Iterator[Read]:
        touched = self.touched(since)
        if touched:
            yield ANYTHING
        for key in touched:
            yield key
            old, new = since.rows.get(key), self._rows.get(key)
            for positions in self.shared.get(("asked", key[0]), ()):
                before = None if old is None else tuple(old[at] for at in positions)
                after = None if new is None else tuple(new[at] for at in positions)
                if before != after:
                    yield from ((key[0], positions, v) for v in (before, after) if v is not None)

    def digest(self) -> str:
        """Names the exact state of all rows: equal digests, equal rows, in any process.

        The sum of a 128-bit hash per row (AdHash: Bellare and Micciancio, EUROCRYPT 1997), so that
        the next digest costs only the rows that changed since the last one.
        """
        known = self._digest or self.shared.get("digest")
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
        self.shared.setdefault("digest", self._digest)
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
