"""Which records a block shows, and what it says of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from palaestra.errors import GymError
from palaestra.kit.column import Column
from palaestra.kit.fields import Field
from palaestra.kit.record import Record, RecordType
from palaestra.kit.survey import survey
from palaestra.types import Node, Value

if TYPE_CHECKING:
    from palaestra.kit.session import Session

T = TypeVar("T")
NO_KIND = -1


def field_of(kind: RecordType, name: str) -> Field:
    """Returns a field of a record type.

    Raises:
        GymError: If it has none of that name.
    """
    found = next((field for field in kind.fields if field.name == name), None)
    if found is None:
        raise GymError(f"{kind.cls.__name__} has no field {name!r}")
    return found


def kept(session: Session, key: tuple[Any, ...], make: Callable[[], T], number: int = 0) -> T:
    """Returns what `make` returns; the same object again while nothing that it read has changed.

    It is shared by Sessions: it must not hold a record, which belongs to one Session's store.
    `make` works from the store, the key and the number (of a record, where one thing is made of
    each); what else it is given is not seen to change.
    """
    column: Column[T] | None = session.drawn.get(key)
    if column is None:
        column = session.drawn[key] = Column(session.store, NO_KIND)
    return column.get(session.store, number, make)


class Selection:
    """Records of one type, and some of their fields.

    Attributes:
        kind: The type.
        fields: What is said of each record.
    """

    def __init__(
        self,
        record: type[Record],
        shows: Sequence[str],
        where: Callable[[Any], bool] | None,
    ) -> None:
        self.kind: RecordType = record.type
        self.fields = tuple(field_of(self.kind, name) for name in shows)
        self._where = where

    def numbers(self, session: Session) -> Sequence[int]:
        """Returns the numbers of the records, oldest first."""
        if self._where is None:
            return session.store.numbers(self.kind.index)
        return sorted(self.told_of_all(session, "", lambda _: True))

    def told_of_all(
        self, session: Session, name: str, tell: Callable[[Any], T | None]
    ) -> Mapping[int, T]:
        """Returns what is told of each of the records; see `survey`, whose answers are kept."""
        where = self._where
        return survey(
            session.store,
            self.kind.cls,
            (self, name),
            lambda one: tell(one) or None if where is None or where(one) else None,
        )

    def having(self, session: Session, field: Field, value: Value) -> Sequence[int]:
        """Returns the numbers of the records with a value in a stored field, oldest first."""
        store, kind = session.store, self.kind
        numbers = store.where(kind.index, [(field.position, value)])
        if self._where is None:
            return numbers
        return [number for number in numbers if self._where(kind.cls(store, number))]

    def label(self, session: Session, number: int) -> str:
        """Names a record the way people do."""
        return self.kind.label(session.store, number)

    def values(self, session: Session, number: int) -> list[str]:
        """Returns what the fields of a record show, without those that are empty."""
        shown = (session.shown(self.kind, number, field) for field in self.fields)
        return [text for text in shown if text]

    def told(self, session: Session, number: int) -> tuple[Node, ...]:
        """Draws what is said of a record, a paragraph for each field that is not empty."""
        shown = ((f.label, session.shown(self.kind, number, f)) for f in self.fields)
        label = session.lexicon.label
        return tuple(Node("paragraph", f"{label(name)}: {text}") for name, text in shown if text)

    def link(self, session: Session, number: int, name: str = "") -> Node:
        """Draws the way to a record."""
        name = name or self.label(session, number)
        return Node("link", name, f"open:{self.kind.name}:{number}")
