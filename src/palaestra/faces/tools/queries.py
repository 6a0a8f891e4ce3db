"""The tools that only look: lists, single records, and the house rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from palaestra.faces.tools import schema
from palaestra.faces.tools.arguments import argument
from palaestra.faces.tools.keys import find, key_of
from palaestra.faces.tools.schema import Schema
from palaestra.kit.fields import Field, Ref
from palaestra.kit.record import RecordType
from palaestra.kit.session import Session
from palaestra.kit.store import Store

SHOWN, MOST_SHOWN = 25, 200
FILTERS = ("choice", "yes_no", "ref")
KEY: Schema = {"type": "string", "description": "What it is called in tools"}


def columns(kind: RecordType) -> tuple[Field, ...]:
    """Returns what a list tells of a record."""
    return tuple(f for f in kind.fields if f.listed or f is kind.key)


def filters(kind: RecordType) -> tuple[Field, ...]:
    """Returns the fields that a list can be narrowed by."""
    return tuple(f for f in kind.stored if f.kind in FILTERS)


def list_schema(kind: RecordType) -> Schema:
    """Returns the schema of what a list is asked with."""
    named = [argument(f) for f in columns(kind)]
    return {
        "query": {"type": "string", "description": "Text that must stand in one of the columns"},
        **{argument(f): schema.entered(f) for f in filters(kind)},
        "sort": {"type": "string", "enum": named, "description": "Column to sort by"},
        "descending": {"type": "boolean", "default": False},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_SHOWN, "default": SHOWN},
        "offset": {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0},
    }


def record_schema(kind: RecordType, fields: Sequence[Field]) -> Schema:
    """Returns the schema of what is told of a record."""
    told = {argument(field): schema.told(field) for field in fields}
    return {
        "type": "object",
        "properties": {"key": KEY, **told},
        "required": ["key", *told],
        "description": kind.noun.capitalize(),
    }


def list_records(kind: RecordType, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Returns how many records fit, and those of one page; oldest first if nothing else is said.

    Raises:
        Invalid: If a record that is filtered by is not there.
    """
    store = session.store
    wanted = [
        (field.position, _filtered(field, given[argument(field)], store))
        for field in filters(kind)
        if argument(field) in given
    ]
    numbers = store.where(kind.index, wanted)
    if needle := given.get("query", "").strip().casefold():
        numbers = [n for n in numbers if needle in _text(kind, store, n)]
    if "sort" in given:
        [field] = [f for f in columns(kind) if argument(f) == given["sort"]]
        numbers = sorted(
            numbers,
            key=lambda n: field.sort_key(_value(kind, store, n, field), store),
            reverse=given.get("descending", False),
        )
    elif given.get("descending"):
        numbers = numbers[::-1]
    first, count = int(given.get("offset", 0)), int(given.get("limit", SHOWN))
    shown = numbers[first : first + count]
    return {
        "total": len(numbers),
        "records": [record(kind, store, n, columns(kind)) for n in shown],
    }


def get_record(kind: RecordType, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Returns all of one record: its fields, its parts, what can be done with it, and what was.

    Raises:
        Invalid: If there is no such record.
    """
    store = session.store
    number = find(kind, store, given["key"])
    handle = kind.cls(store, number)
    parts = {}
    for part in kind.children:
        assert part.parent is not None
        numbers = store.where(part.index, [(part.parent.position, number)])
        parts[part.name] = [record(part, store, n, columns(part)) for n in numbers]
    return {
        "record": record(kind, store, number, kind.fields),
        "parts": parts,
        "actions": [f"{a.name}_{kind.name}" for a in kind.actions.values() if a.when(handle)],
        "locked": session.lock(kind, number),
        "history": [
            {"at": entry.at.isoformat(" ", "minutes"), "by": entry.user, "what": entry.said}
            for entry in store.history.entries(kind.index, number)
        ],
    }


def record(kind: RecordType, store: Store, number: int, fields: Sequence[Field]) -> dict[str, Any]:
    """Returns a record as JSON."""
    values = {argument(f): schema.tell(f, _value(kind, store, number, f), store) for f in fields}
    return {"key": key_of(kind, store, number), **values}


def read_handbook(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Returns the house rules, a text each, and the role that the Session works in."""
    rules = [line.strip() for line in session.app.handbook.split("\n") if line.strip()]
    return {"rules": rules, "signed_in_as": session.store.user}


def _value(kind: RecordType, store: Store, number: int, field: Field) -> Any:
    if field.stored:
        return store.row(kind.index, number)[field.position]
    return getattr(kind.cls(store, number), field.name)


def _text(kind: RecordType, store: Store, number: int) -> str:
    shown = [kind.shown(store, number, field) for field in columns(kind)]
    return "\n".join([kind.label(store, number), *shown]).casefold()


def _filtered(field: Field, value: Any, store: Store) -> Any:
    if isinstance(field, Ref) and value is not None:
        return find(field.target.type, store, value, argument(field))
    return value
