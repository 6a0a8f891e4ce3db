"""Tells what differs between two states of a store so that two runs can be compared.

Record numbers, running codes and other bookkeeping are normalised out: an existing record is named
by its label, a reference to a record made since the snapshot by a hash of that record's content.
"""

from __future__ import annotations

from palaestra.kit.record import RecordType
from palaestra.kit.store import Key, Snapshot, Store
from palaestra.types import Change, Diff, content_hash


def diff(store: Store, since: Snapshot) -> Diff:
    """Returns the changes from a snapshot to the store's state, in time proportional to them."""
    keys = sorted(store.touched(since))
    return _Teller(store, since).diff(keys) if keys else Diff()


class _Teller:
    """Names values on both sides of a diff; remembers the names of new records.

    Attributes:
        naming: The new records whose names are being found, each inside the one before it.
        circular: Whether one of them was met again on the way.
    """

    def __init__(self, store: Store, since: Snapshot) -> None:
        self.after = store
        self.before = Store(store.app, store.clock, since)
        self.names: dict[Key, str] = {}
        self.naming: list[Key] = []
        self.circular = False

    def diff(self, keys: list[Key]) -> Diff:
        changes = []
        for key in keys:
            kind = self.after.app.records[key[0]]
            if not self.before.has(*key):
                changes.append(Change(kind.name, "created", "", self.fields(kind, key[1])))
            elif not self.after.has(*key):
                changes.append(Change(kind.name, "deleted", kind.label(self.before, key[1])))
            elif fields := self.fields(kind, key[1]):
                changes.append(
                    Change(kind.name, "updated", kind.label(self.before, key[1]), fields)
                )
        return Diff.of(changes)

    def fields(self, kind: RecordType, number: int) -> tuple[tuple[str, str, str], ...]:
        """Returns (field, old, new) of what differs; everything filled in, for a new record."""
        told = (
            (
                field.name,
                self.told(self.before, kind, number, field.position),
                self.told(self.after, kind, number, field.position),
            )
            for field in kind.stored
            if not field.bookkeeping
        )
        return tuple(field for field in told if field[1] != field[2])

    def told(self, store: Store, kind: RecordType, number: int, position: int) -> str:
        if not store.has(kind.index, number):
            return ""
        field, value = kind.stored[position], store.row(kind.index, number)[position]
        target = kind.targets[position]
        if target is None or value is None:
            return field.show(value, store)
        key = (target.index, int(value))  # type: ignore[arg-type]
        if self.before.has(*key):
            return target.label(self.before, key[1])
        if not store.has(*key):
            return "(gone)"
        return self.name(target, key)

    def name(self, kind: RecordType, key: Key) -> str:
        """Names a new record by its content; where new records refer in a circle, it stops there.

        A name found inside a circle depends on where the circle was entered, and is not kept.
        """
        if key in self.names:
            return self.names[key]
        if key in self.naming:
            self.circular = True
            return f"{len(self.naming) - self.naming.index(key)} back"
        self.naming.append(key)
        name = f"new {content_hash([kind.name, self.fields(kind, key[1])])}"
        self.naming.pop()
        if not self.circular:
            self.names[key] = name
        self.circular = self.circular and bool(self.naming)
        return name
