"""What the tests of every office do in it: run a command, enter a record, ask the auditor."""

from __future__ import annotations

from typing import TypeVar

from palaestra.kit import Record, Store
from palaestra.kit.commands import execute
from palaestra.types import Command, Value

R = TypeVar("R", bound=Record)


def run(record: Record, verb: str, /, **values: object) -> str:
    """Carries out a command on a record the way every face does; a record stands for its number."""
    return execute(record._store, Command(verb, record.type.name, record._id, _plain(values)))


def enter(store: Store, kind: type[R], /, **values: object) -> R:
    """Creates a record through the form's command, and returns it."""
    number = store.next_number(kind.type.index)
    execute(store, Command("create", kind.type.name, 0, _plain(values)))
    return kind(store, number)


def broken(store: Store) -> list[str]:
    """Lists the invariants that do not hold."""
    return [f"{i.text} {found}" for i in store.app.invariants if (found := i.holds(store))]


def _plain(values: dict[str, object]) -> tuple[tuple[str, Value], ...]:
    return tuple((n, v._id if isinstance(v, Record) else v) for n, v in values.items())  # type: ignore[misc]
