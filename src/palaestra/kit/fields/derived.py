"""Values computed from a record whenever it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from palaestra.errors import GymError
from palaestra.kit.column import Column
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.record import Record
    from palaestra.kit.store import Store


class Derived(Field):
    """A value computed from the record whenever it is looked at; never stored, never entered."""

    kind = "derived"
    stored = False

    def __init__(self, compute: Callable[[Any], Value], shown_as: Field, **rest: Any) -> None:
        super().__init__(**{"editable": False, "bookkeeping": True, **rest})
        self.compute, self.shown_as = compute, shown_as

    def __get__(self, record: Record | None, owner: type) -> Any:
        if record is None:
            return self
        store = record._store
        values = Column.of(store, record.type.index, self.name)
        return values.get(store, record._id, lambda: self.compute(record))

    def __set__(self, record: Record, value: Any) -> None:
        raise GymError(f"{self.label} is derived and cannot be set")

    def show(self, value: Value, store: Store) -> str:
        return self.shown_as.show(value, store)


def derived(compute: Callable[[Any], Value], shown_as: Any, **rest: Any) -> Any:
    """Declares a `Derived` field, shown the way `shown_as` (another field) shows its values."""
    return Derived(compute, shown_as, **rest)
