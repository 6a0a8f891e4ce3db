"""The form for a new record, for changing one, and for what an action asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.kit.commands import Invalid, parse
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.kit.route import Route
from palaestra.kit.screens.frame import is_enter
from palaestra.kit.screens.table import EMPTY
from palaestra.types import Action, Command, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session
    from palaestra.kit.store import Store


def fields(kind: RecordType, verb: str) -> tuple[Field, ...]:
    """Returns what a form asks for."""
    if verb in ("create", "update"):
        return kind.form_fields
    return kind.actions[verb].params


def first_draft(kind: RecordType, route: Route, store: Store) -> dict[str, str]:
    """Returns what stands in a form when it opens: field name and text."""
    if route.verb == "update":
        row = store.row(kind.index, route.number)
        return {f.name: f.edit_form(row[f.position], store) for f in kind.form_fields}
    return {f.name: f.edit_form(f.initial(store), store) for f in fields(kind, route.verb)}


def draw(session: Session) -> tuple[Node, ...]:
    """Draws heading, the fields with their errors, and the two buttons."""
    kind, route, skin = session.kind(), session.route, session.skin
    nodes = [Node("heading", _title(session, kind, route))]
    if route.verb not in ("create", "update"):
        save = kind.actions[route.verb].label
    else:
        save = skin.word("save")
    if skin.errors == "summary":
        nodes += [Node("paragraph", text) for text in session.errors.values()]
    for field in skin.ordered(fields(kind, route.verb)):
        nodes.append(_input(session, field))
        if skin.errors == "inline" and field.name in session.errors:
            nodes.append(Node("paragraph", session.errors[field.name]))
    nodes += [Node("button", save, "save"), Node("button", skin.word("cancel"), "cancel")]
    return tuple(nodes)


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Takes in what is entered, saves, or leaves."""
    if verb == "cancel":
        session.back()
    elif verb == "save" or is_enter(action):
        _save(session)
    elif verb == "field":
        if action.op in ("check", "click"):
            now = session.draft.get(rest[0]) == "Yes"
            session.enter(rest[0], "No" if now else "Yes")
        else:
            session.enter(rest[0], "" if action.text == EMPTY else action.text)


def _title(session: Session, kind: RecordType, route: Route) -> str:
    if route.verb == "create":
        return f"{session.skin.word('new')} {kind.noun}"
    verb = session.skin.word("edit") if route.verb == "update" else kind.actions[route.verb].label
    return f"{verb} {kind.noun} {kind.label(session.store, route.number)}"


def _input(session: Session, field: Field) -> Node:
    value = session.draft.get(field.name, "")
    states = [name for name, holds in (
        ("checked", field.input_role == "checkbox" and value == "Yes"),
        ("invalid", field.name in session.errors),
        ("required", field.required),
    ) if holds]  # fmt: skip
    ref = f"field:{field.name}"
    if field.input_role == "checkbox":
        return Node("checkbox", field.label, ref, "", tuple(states))
    if field.input_role == "combobox":
        chosen = value or EMPTY
        return Node(
            "combobox", field.label, ref, chosen, tuple(states), _options(session, field, chosen)
        )
    return Node("textbox", field.label, ref, value, tuple(states))


def _options(session: Session, field: Field, chosen: str) -> tuple[Node, ...]:
    key = ("options", id(field), chosen)
    kept = session.drawn.get(key)
    if kept is not None and kept[0] is session.store.state:
        options: tuple[Node, ...] = kept[1]
        return options
    names = list(dict.fromkeys(field.options(session.store)))
    if chosen not in names and chosen != EMPTY:
        names.insert(0, chosen)
    options = tuple(
        Node("option", name, states=("selected",) if name == chosen else ())
        for name in (EMPTY, *names)
    )
    session.drawn[key] = (session.store.state, options)
    return options


def _save(session: Session) -> None:
    kind, route = session.kind(), session.route
    try:
        values = parse(fields(kind, route.verb), session.draft, session.store)
    except Invalid as invalid:
        session.reject(invalid.errors)
        return
    if route.verb == "create" and kind.parent:
        values = ((kind.parent.name, route.owner), *values)
    if route.verb == "update":
        row = session.store.row(kind.index, route.number)
        position = {f.name: f.position for f in kind.stored}
        values = tuple((name, value) for name, value in values if row[position[name]] != value)
        if not values:
            session.say("Nothing was changed")
            session.replace(Route("detail", route.record, route.number))
            return
    number = session.store.next_number(kind.index) if route.verb == "create" else route.number
    session.run(Command(route.verb, kind.name, route.number, values))
    session.replace(after(session, kind, number, route.owner))


def after(session: Session, kind: RecordType, number: int, owner: int = 0) -> Route:
    """Returns where a Session goes when something was done: the record, or what it belonged to."""
    if kind.parent:
        parent = kind.targets[kind.parent.position]
        assert parent is not None
        if session.store.has(kind.index, number):
            owner = int(session.store.row(kind.index, number)[kind.parent.position])  # type: ignore[arg-type]
        return Route("detail", parent.name, owner)
    if session.store.has(kind.index, number):
        return Route("detail", kind.name, number)
    return Route("list", kind.name)
