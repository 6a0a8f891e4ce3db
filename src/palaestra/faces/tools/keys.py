"""What records are called in tools: by their label, as people do.

Rules and seed data may make two records of one label (no form lets a person do so). Each of those
is called by its label and its number ("Rent #7"), so that every record has a key of its own.
"""

from __future__ import annotations

import re

from palaestra.kit.commands import Invalid
from palaestra.kit.record import RecordType
from palaestra.kit.store import Store

NUMBERED = re.compile(r"(.*)#([1-9][0-9]{0,8})", re.ASCII | re.DOTALL)
KEPT_AS_SHOWN = ("text", "code", "choice")


def key_of(kind: RecordType, store: Store, number: int) -> str:
    """Returns what a record is called."""
    label = kind.label(store, number)
    return label if len(_labelled(kind, store, label)) == 1 else f"{label} #{number}".strip()


def find(kind: RecordType, store: Store, key: str, argument: str = "key") -> int:
    """Returns the number of the record that is called so.

    Args:
        kind: What the record is.
        store: Where it is looked for.
        key: What it is called.
        argument: Name of the argument that says so.

    Raises:
        Invalid: If no record is called so, or several are.
    """
    numbers = _labelled(kind, store, key)
    if not numbers and (match := NUMBERED.fullmatch(key)):
        number = int(match[2])
        if store.has(kind.index, number) and kind.label(store, number) == match[1].strip():
            numbers = [number]
    if len(numbers) > 1:
        keys = ", ".join(repr(key_of(kind, store, number)) for number in numbers[:5])
        raise Invalid({argument: f"{len(numbers)} {kind.plural.lower()} are called so: {keys}"})
    if not numbers:
        raise Invalid({argument: f"There is no {kind.noun} {key[:80]!r}"})
    return numbers[0]


def _labelled(kind: RecordType, store: Store, label: str) -> list[int]:
    if label and kind.key.kind in KEPT_AS_SHOWN:
        return list(store.where(kind.index, [(kind.key.position, label)]))
    return [n for n in store.numbers(kind.index) if kind.label(store, n) == label]
