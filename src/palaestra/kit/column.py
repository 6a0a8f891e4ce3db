"""A value for each record of a type, computed when it is asked for and kept while it stays true.

While a value is computed, the store writes down what is read: rows, which records have some values,
values of other columns. When a store comes with another state, those values are dropped that read
something which differs between the two states, and those that read them: time in proportion to the
writes between the states and to what is dropped. So a row is drawn again, a sum added up again and
a label looked up again only where it may have changed, however many records there are.

What is read past the store (wall time, variables of a module) is not seen: applications do not.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from palaestra.kit.clock import Clock
    from palaestra.kit.store import Cell, Read, Snapshot, Store

V = TypeVar("V")
Reader = tuple["Column[Any]", int]

MAX_LOG = 10_000
EVERY = -1
"""In place of a number: the values of all records."""


class Upkeep:
    """All columns of states that come from one beginning, and who read what.

    Attributes:
        cell: The state that all values are true of.
        clock: The clock there.
        readers: By what was read, the (column, record) whose value would have to be computed anew;
            a set of them only where there are several, for most have one reader and there are many.
    """

    __slots__ = ("_columns", "_since", "cell", "clock", "readers")

    def __init__(self) -> None:
        self._columns: dict[int, list[Column[Any]]] = {}
        self._since: Snapshot | None = None
        self.cell: Cell | None = None
        self.clock: Clock | None = None
        self.readers: dict[Read, Reader | set[Reader]] = {}

    def add(self, column: Column[Any]) -> None:
        """Takes a column in."""
        self._columns.setdefault(column.kind, []).append(column)

    def follow(self, store: Store) -> None:
        """Drops what is not true of a store's state; values that are left are."""
        since, columns, readers = self._since, self._columns, self.readers
        if since is not None:
            reads: list[Read] = sorted(store.differences(since, self.clock), key=repr)
            for read in reads:
                if len(read) == 2 and isinstance(read[0], int):
                    for column in columns.get(read[0], ()):
                        reads.append((column, EVERY))
                        if column.drop(read[1]):
                            reads.append((column, read[1]))
                found = readers.pop(read, None)
                several = found if isinstance(found, set) else (found,) if found else ()
                for reader in several:
                    if reader[0].drop(reader[1]):
                        reads += (reader, (reader[0], EVERY))
        self._since, self.cell, self.clock = store.snapshot(), store.state, store.time


class Column(Generic[V]):
    """Values by record number, true of the state that their `Upkeep` is at.

    Attributes:
        kind: Index of the record type.
        made: How many values were computed so far.
    """

    __slots__ = ("_epoch", "_log", "_upkeep", "_values", "kind", "made")

    @classmethod
    def of(cls, store: Store, kind: int, name: Hashable) -> Column[Any]:
        """Returns the one column of this name for a record type."""
        key = ("column", kind, name)
        found: Column[Any] | None = store.shared.get(key)
        if found is None:
            found = store.shared[key] = cls(store, kind)
        return found

    def __init__(self, store: Store, kind: int) -> None:
        self.kind = kind
        self.made = 0
        self._values: dict[int, V] = {}
        self._epoch, self._log = 0, list[int]()
        self._upkeep: Upkeep = store.shared.setdefault("upkeep", Upkeep())
        self._upkeep.add(self)

    def get(self, store: Store, number: int, make: Callable[[], V]) -> V:
        """Returns the value of a record.

        Args:
            store: What it has to be true of.
            number: Of the record.
            make: Computes it from what the store says, and from nothing else that changes.
        """
        self.follow(store)
        outer = store.reads
        if outer is not None:
            outer.add((self, number))
        if number in self._values:
            return self._values[number]
        mine: set[Read] = set()
        store.reads = mine
        try:
            value = make()
        finally:
            store.reads = outer
        self.made += 1
        self._values[number] = value
        mine.discard((self.kind, number))
        reader, readers = (self, number), self._upkeep.readers
        for read in mine:
            known = readers.get(read)
            if known is None:
                readers[read] = reader
            elif isinstance(known, set):
                known.add(reader)
            elif known != reader:
                readers[read] = {known, reader}
        return value

    def follow(self, store: Store) -> None:
        """Drops the values that are not true of a store's state."""
        upkeep = self._upkeep
        if upkeep.cell is not store.state or upkeep.clock is not store.time:
            upkeep.follow(store)

    def drop(self, number: int) -> bool:
        """Forgets a value; says whether there was one."""
        self._log.append(number)
        if len(self._log) > MAX_LOG:
            self._epoch, self._log = self._epoch + 1, []
        if number not in self._values:
            return False
        del self._values[number]
        return True

    def mark(self) -> tuple[int, int]:
        """Returns the present moment, for `dropped`."""
        return self._epoch, len(self._log)

    def dropped(self, since: tuple[int, int]) -> Iterable[int] | None:
        """Returns the records whose value may have changed since a mark; None if all may have."""
        epoch, seen = since
        return None if epoch != self._epoch else dict.fromkeys(self._log[seen:])
