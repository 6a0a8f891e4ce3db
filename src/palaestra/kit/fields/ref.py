"""References to other records."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from palaestra.errors import Refused
from palaestra.kit.column import Column
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.record import Record
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store


TRIES = 20
"""How often a made-up reference is drawn anew before all that may be chosen are looked for."""


class Ref(Field):
    """Another record, kept as its number.

    Attributes:
        target: The other record's class; given as a function where it is not defined yet.
        owner: True where this record is a part of the other one and goes with it.
        active: Which of the other records may be chosen; None for all.
    """

    kind = "ref"
    input_role = "combobox"

    def __init__(
        self,
        target: type[Record] | Callable[[], type[Record]],
        *,
        owner: bool = False,
        active: Callable[[Any], bool] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self._target, self.owner, self.active = target, owner, active

    @property
    def target(self) -> type[Record]:
        return self._target if isinstance(self._target, type) else self._target()

    def __get__(self, record: Record | None, owner: type) -> Any:
        number = super().__get__(record, owner)
        if record is None or number is None:
            return number
        return self.target(record._store, number)

    def store_form(self, value: Any) -> Value:
        return value if value is None or isinstance(value, int) else value._id

    def _chosen(self, store: Store, numbers: Iterable[int]) -> Iterator[int]:
        """Yields those of the other records that may be chosen."""
        if self.active is None:
            return iter(numbers)
        return (number for number in numbers if self.active(self.target(store, number)))

    def parse(self, text: str, store: Store) -> Value:
        for number in self._chosen(store, self.target.type.named(store, text)):
            return number
        raise Refused(f"{self.label}: there is no {self.target.type.noun} {text[:80]}")

    def show(self, value: Value, store: Store) -> str:
        return "" if value is None else self.target.type.label(store, int(value))  # type: ignore[arg-type]

    def options(self, store: Store) -> tuple[str, ...]:
        return store.apart(lambda: self._options(store))

    def _options(self, store: Store) -> tuple[str, ...]:
        kind = self.target.type
        labels: Column[str | None] = Column.of(store, kind.index, self)
        labels.follow(store)
        kept, mark = store.shared.get(self, ((), None))
        if mark != labels.mark():
            told = (self._label(store, n, labels) for n in store.numbers(kind.index))
            kept = tuple(label for label in told if label is not None)
            store.shared[self] = (kept, labels.mark())
        return kept  # type: ignore[no-any-return]

    def _label(self, store: Store, number: int, labels: Column[str | None]) -> str | None:
        """Returns what a record is chosen by; None if it may not be chosen."""

        def make() -> str | None:
            chosen = any(self._chosen(store, (number,)))
            return self.target.type.label(store, number) if chosen else None

        return labels.get(store, number, make)

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        everyone = store.numbers(self.target.type.index)
        if not everyone:
            return None
        for _ in range(TRIES):
            for number in self._chosen(store, (rng.choice(everyone),)):
                return number
        numbers = list(self._chosen(store, everyone))
        return rng.choice(numbers) if numbers else None

    def sort_key(self, value: Value, store: Store) -> Any:
        return self.show(value, store).casefold()


def ref(target: type[Any] | Callable[[], type[Any]], **rest: Any) -> Any:
    """Declares a `Ref` field; `lambda: Account` names a class that is not defined yet."""
    return Ref(target, **rest)
