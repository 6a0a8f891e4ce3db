"""The tools of an application, drawn from its records and actions with no code for any one of it.

Looking: a list and a `get` for every record, every report and screen of the gym's own, and the
handbook. Changing: create, update and delete where people may, and every action. Nothing else is a
tool: who could start over, look into the verifier or keep a state to come back to would not be
working in an office.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

from jsonschema import Draft202012Validator

from palaestra.errors import GymError
from palaestra.faces.tools import commands, queries, reports, schema, views
from palaestra.faces.tools.arguments import argument
from palaestra.faces.tools.schema import Schema
from palaestra.kit.app import App
from palaestra.kit.blocks import Report
from palaestra.kit.record import RecordAction, RecordType
from palaestra.kit.screens.screen import Screen
from palaestra.kit.session import Session

KEY: Schema = {"type": "string", "description": "Its key, as lists tell it"}
TEXT: Schema = {"type": "string"}
HISTORY = ("at", "by", "what")
MESSAGE: Schema = {"type": "string", "description": "What happened"}


@dataclass(frozen=True)
class Tool:
    """One typed function.

    Attributes:
        name: What it is called by: letters, digits and underscores.
        title: What people call it.
        description: What it does, for whoever chooses among tools.
        takes: JSON Schema (draft 2020-12) of its arguments.
        gives: JSON Schema of what it returns where nothing is refused.
        run: Does it, given a Session and arguments that fit `takes`.
        changes: Whether it may change records.
        final: Whether what it does cannot be undone.
    """

    name: str
    title: str
    description: str
    takes: Schema
    gives: Schema
    run: Callable[[Session, dict[str, Any]], dict[str, Any]] = field(compare=False, repr=False)
    changes: bool = True
    final: bool = False

    @cached_property
    def validator(self) -> Draft202012Validator:
        """Returns what arguments are held against."""
        return Draft202012Validator(self.takes)


@lru_cache(maxsize=64)
def catalog(app: App) -> dict[str, Tool]:
    """Returns an application's tools by name.

    Raises:
        GymError: If two of them would have the same name.
    """
    tools: dict[str, Tool] = {}
    for tool in _tools(app):
        if tool.name in tools:
            raise GymError(f"{app.name}: two tools would be called {tool.name}")
        tools[tool.name] = tool
    return tools


def _tools(app: App) -> Iterator[Tool]:
    if app.handbook.strip() or app.roles:
        rules: Schema = {"type": "array", "items": {"type": "string"}}
        yield Tool(
            "read_handbook",
            "Read the handbook",
            f"Returns the house rules of {app.title}, and the role that you work in, if any.",
            takes({}),
            gives({"rules": rules, "signed_in_as": {"type": "string"}}),
            queries.read_handbook,
            changes=False,
        )
    for kind in app.records:
        yield _list(kind)
        yield _get(kind)
        if kind.form_fields:
            yield _create(kind)
            yield _update(kind)
        yield _delete(kind)
        for action in kind.actions.values():
            yield _act(kind, action)
    for screen in app.screens:
        if isinstance(screen, Report):
            yield _report(screen)
    for screen in views.own_screens(app):
        yield _view(screen)


def takes(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    """Returns the schema of arguments of these names and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
    }


def gives(properties: dict[str, Schema]) -> Schema:
    """Returns the schema of a result that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _about(kind: RecordType) -> str:
    doc = " ".join((kind.cls.__dict__.get("__doc__") or "").partition("\n\n")[0].split())
    part = f" Part of: {kind.parent.target.type.noun}." if kind.parent else ""
    return (f" {kind.noun.capitalize()}: {doc}" if doc else "") + part


def _who(kind: RecordType, verb: str) -> str:
    by = kind.rights(verb)
    return f" Only for: {', '.join(by)}." if by else ""


def list_name(kind: RecordType) -> str:
    """Returns the name of the tool that lists records of a type."""
    plural = re.sub(r"[^a-z0-9]+", "_", kind.plural.lower()).strip("_")
    return f"list_{plural or kind.name}"


def _list(kind: RecordType) -> Tool:
    rows = queries.record_schema(kind, queries.columns(kind))
    return Tool(
        list_name(kind),
        f"List {kind.plural.lower()}",
        f"Finds {kind.plural.lower()}: searches, filters and sorts them, a page at a time, and "
        f"counts those that fit.{_about(kind)}",
        takes(queries.list_schema(kind)),
        gives({"total": {"type": "integer"}, "records": {"type": "array", "items": rows}}),
        partial(queries.list_records, kind),
        changes=False,
    )


def _get(kind: RecordType) -> Tool:
    parts = {
        part.name: {
            "type": "array",
            "items": queries.record_schema(part, queries.columns(part)),
        }
        for part in kind.children
    }
    return Tool(
        f"get_{kind.name}",
        f"Show one {kind.noun}",
        f"Returns all fields of one {kind.noun}, its parts, the actions that are possible now, "
        "why it is locked if it is, and what was done to it, the latest first.",
        takes({"key": KEY}, ["key"]),
        gives(
            {
                "record": queries.record_schema(kind, kind.fields),
                "parts": gives(parts),
                "actions": {"type": "array", "items": {"type": "string"}},
                "locked": {"type": "string"},
                "history": {"type": "array", "items": gives(dict.fromkeys(HISTORY, TEXT))},
            }
        ),
        partial(queries.get_record, kind),
        changes=False,
    )


def _create(kind: RecordType) -> Tool:
    fields = {argument(f): schema.entered(f) for f in kind.form_fields}
    required = [argument(f) for f in kind.form_fields if f.required and f.default is None]
    if kind.parent:
        owner = argument(kind.parent)
        fields = {owner: schema.entered(kind.parent, may_be_empty=False), **fields}
        required = [owner, *required]
    return Tool(
        f"create_{kind.name}",
        f"New {kind.noun}",
        f"Enters a new {kind.noun}.{_about(kind)}{_who(kind, 'create')}",
        takes(fields, required),
        _done(kind),
        partial(commands.create, kind),
    )


def _update(kind: RecordType) -> Tool:
    fields = {argument(f): schema.entered(f) for f in kind.form_fields}
    return Tool(
        f"update_{kind.name}",
        f"Edit one {kind.noun}",
        f"Changes the given fields of one {kind.noun} and leaves the others alone; null empties."
        + _who(kind, "update"),
        takes({"key": KEY, **fields}, ["key"]),
        _done(kind),
        partial(commands.update, kind),
    )


def _delete(kind: RecordType) -> Tool:
    return Tool(
        f"delete_{kind.name}",
        f"Delete one {kind.noun}",
        f"Deletes one {kind.noun} and its parts. This cannot be undone.{_who(kind, 'delete')}",
        takes({"key": KEY}, ["key"]),
        _done(kind),
        partial(commands.delete, kind),
        final=True,
    )


def _act(kind: RecordType, action: RecordAction) -> Tool:
    params = {argument(f): schema.entered(f) for f in action.params}
    required = [argument(f) for f in action.params if f.required and f.default is None]
    confirm = f" Take care: {action.confirm}" if action.confirm else ""
    return Tool(
        f"{action.name}_{kind.name}",
        f"{action.label} {kind.noun}",
        f'Does "{action.label}" to one {kind.noun}; get_{kind.name} tells when that is possible.'
        + confirm
        + _who(kind, action.name),
        takes({"key": KEY, **params}, ["key", *required]),
        _done(kind),
        partial(commands.act, kind, action),
        final=bool(action.confirm),
    )


def _report(report: Report) -> Tool:
    return Tool(
        f"report_{report.name}",
        report.title,
        f"Works out the report {report.title}: {', '.join(report.columns)}.",
        takes(reports.takes(report)),
        gives(reports.gives(report)),
        partial(reports.read, report),
        changes=False,
    )


def _view(screen: Screen) -> Tool:
    return Tool(
        f"view_{screen.name}",
        screen.title,
        f"Returns what stands on the screen {screen.title}, its boxes filled in first if you like.",
        takes(views.TAKES),
        gives(views.GIVES),
        partial(views.view, screen),
        changes=False,
    )


def _done(kind: RecordType) -> Schema:
    record = queries.record_schema(kind, kind.fields)
    return gives({"message": MESSAGE, "record": {**record, "type": ["object", "null"]}})
