"""What refers to a record, whatever it is: it moves in a merger, and it keeps its owner at work."""

from __future__ import annotations

from typing import Any

from palaestra.kit import Record

DONE = frozenset((
    "Won", "Lost", "Converted", "Disqualified", "Done", "Cancelled", "Resolved", "Inactive",
    "Merged",
))  # fmt: skip
"""What is in one of these states is nobody's work any more."""


class Tied(Record):
    """A record that others refer to."""

    def ties(self) -> list[tuple[Any, str]]:
        """Returns every record that refers to this one, and the name of the field that does."""
        store = self._store
        return [
            (one, field.name)
            for kind in store.app.records
            for field, target in zip(kind.stored, kind.targets, strict=True)
            if target is self.type
            for one in kind.find(store, **{field.name: self})
        ]

    def open_work(self) -> list[Any]:
        """Returns what refers to this record and is not done."""
        return [one for one, _ in self.ties() if isinstance(one, Work) and one.is_open()]

    def move_ties(self, other: Tied) -> None:
        """Makes everything refer to another record; what is not done is checked again there."""
        moved = self.ties()
        for one, name in moved:
            setattr(one, name, other)
        for one, _ in moved:
            if isinstance(one, Work) and one.is_open():
                one.check()


class Work(Tied):
    """Something that is done some day."""

    status: str

    def is_open(self) -> bool:
        """Says whether it still has to be done."""
        return self.status not in DONE

    def worth(self) -> int:
        """Returns what it brings in if it goes well, in cents."""
        return 0
