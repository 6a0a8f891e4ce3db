"""What is told of every record of a type, kept up to date for reports and searches.

A report over a hundred thousand records cannot ask each of them again after every write. A survey
asks each once, and after a write only those about which something else may have to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from palaestra.kit.column import EVERY, Column

if TYPE_CHECKING:
    from palaestra.kit.record import Record
    from palaestra.kit.store import Store

R = TypeVar("R", bound="Record")
V = TypeVar("V")


def survey(
    store: Store, record: type[R], name: Hashable, tell: Callable[[R], V | None]
) -> Mapping[int, V]:
    """Returns what is told of the records of a type, by number, in no particular order.

    Args:
        store: The records. What is returned is true of it until the next write.
        record: Their class.
        name: Tells this survey from others of the same type.
        tell: Says what is told of a record, from what the store says and nothing else that
            changes; None leaves the record out. It holds no record, for forks share it.
    """
    kind = record.type
    key = ("survey", kind.index, name)
    answers: Column[Any] = Column.of(store, kind.index, key)
    answers.follow(store)
    outer, store.reads = store.reads, None
    try:
        told, mark = store.shared.get(key, ({}, None))
        dropped = None if mark is None else answers.dropped(mark)
        if dropped is None:
            told, dropped = {}, store.numbers(kind.index)
        for number in dropped:
            told.pop(number, None)
            if store.has(kind.index, number):
                answer = answers.get(store, number, partial(tell, record(store, number)))
                if answer is not None:
                    told[number] = answer
        store.shared[key] = (told, answers.mark())
    finally:
        store.reads = outer
    if outer is not None:
        outer.add((answers, EVERY))
    found: Mapping[int, V] = told
    return found
