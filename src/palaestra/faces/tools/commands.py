"""The tools that change something: each makes a Command and lets the Session run it.

Nothing is decided here. What is entered is read by `kit.commands.parse` and every rule is asked by
`Session.run`, as if somebody had typed it into a form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from palaestra.faces.tools import schema
from palaestra.faces.tools.arguments import argument
from palaestra.faces.tools.keys import find
from palaestra.faces.tools.queries import record
from palaestra.kit.commands import Invalid, parse
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordAction, RecordType
from palaestra.kit.session import Session
from palaestra.types import Command, Value

Values = tuple[tuple[str, Value], ...]


def create(kind: RecordType, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Enters a new record.

    Raises:
        Refused: If what is entered is wrong (`Invalid`), or a rule forbids it.
    """
    owner: Values = ()
    if kind.parent:
        name = argument(kind.parent)
        owner = (
            (kind.parent.name, find(kind.parent.target.type, session.store, given[name], name)),
        )
    values = _read(kind.form_fields, given, session)
    number = session.store.next_number(kind.index)
    return _run(kind, number, session, Command("create", kind.name, 0, (*owner, *values)))


def update(kind: RecordType, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Changes the fields that are given, and leaves the others alone.

    Raises:
        Refused: If what is entered is wrong (`Invalid`), or a rule forbids it.
    """
    number = find(kind, session.store, given["key"])
    fields = [field for field in kind.form_fields if argument(field) in given]
    row = session.store.row(kind.index, number)
    position = {field.name: field.position for field in fields}
    values = tuple(
        (name, value)
        for name, value in _read(fields, given, session)
        if row[position[name]] != value
    )
    if not values:
        told = record(kind, session.store, number, kind.fields)
        return {"message": "Nothing was changed", "record": told}
    return _run(kind, number, session, Command("update", kind.name, number, values))


def delete(kind: RecordType, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Deletes a record and its parts.

    Raises:
        Refused: If there is no such record (`Invalid`), or a rule forbids it.
    """
    number = find(kind, session.store, given["key"])
    return _run(kind, number, session, Command("delete", kind.name, number))


def act(
    kind: RecordType, action: RecordAction, session: Session, given: dict[str, Any]
) -> dict[str, Any]:
    """Does one of a record's actions.

    Raises:
        Refused: If what is entered is wrong (`Invalid`), or a rule forbids it.
    """
    number = find(kind, session.store, given["key"])
    values = _read(action.params, given, session)
    return _run(kind, number, session, Command(action.name, kind.name, number, values))


def _read(fields: Sequence[Field], given: dict[str, Any], session: Session) -> Values:
    """Reads what was given for fields; one that was not has what a fresh form would have."""
    store = session.store
    texts = {
        field.name: schema.typed(field, given[argument(field)], store)
        if argument(field) in given
        else field.edit_form(field.initial(store), store)
        for field in fields
    }
    names = {field.name: argument(field) for field in fields}
    try:
        return parse(tuple(fields), texts, store)
    except Invalid as invalid:
        raise Invalid({names[name]: told for name, told in invalid.errors.items()}) from None


def _run(kind: RecordType, number: int, session: Session, command: Command) -> dict[str, Any]:
    session.run(command)
    store = session.store
    there = store.has(kind.index, number)
    told = record(kind, store, number, kind.fields) if there else None
    return {"message": session.notice, "record": told}
