"""The form for a new record, for changing one, and for what an action asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.kit.commands import Invalid, parse
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.kit.route import Route
from palaestra.kit.screens import inputs
from palaestra.kit.screens.frame import is_enter, modal
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
    """Draws heading, the fields with their errors, and the buttons."""
    kind, route, lexicon = session.kind(), session.route, session.lexicon
    title = _title(session, kind, route)
    nodes = [Node("heading", title), *asked(session, fields(kind, route.verb))]
    own = route.verb not in ("create", "update")
    save = lexicon.label(kind.actions[route.verb].label) if own else lexicon.word("save")
    nodes.append(Node("button", save, "save"))
    if session.has_undo:
        nodes.append(Node("button", lexicon.word("undo"), "undo"))
    nodes.append(Node("button", lexicon.word("cancel"), "cancel"))
    return modal(session, title, tuple(nodes))


def asked(session: Session, wanted: tuple[Field, ...]) -> list[Node]:
    """Draws fields in the skin's order, and what is wrong with them where the skin says it."""
    nodes, skin = [], session.skin
    if skin.errors == "summary":
        nodes += [Node("paragraph", text) for text in session.errors.values()]
    for field in skin.ordered(wanted):
        nodes += inputs.draw(session, field)
        if skin.errors == "inline" and field.name in session.errors:
            nodes.append(Node("paragraph", session.errors[field.name]))
    return nodes


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Takes in what is entered, saves, or leaves."""
    if verb == "cancel":
        session.back()
    elif verb == "undo":
        session.undo()
    elif verb == "save" or is_enter(action):
        _save(session)
    else:
        inputs.on(session, fields(session.kind(), session.route.verb), action, verb, rest)


def _title(session: Session, kind: RecordType, route: Route) -> str:
    lexicon = session.lexicon
    if route.verb == "create":
        return lexicon.word("new", noun=lexicon.noun(kind))
    own = route.verb != "update"
    verb = lexicon.label(kind.actions[route.verb].label) if own else lexicon.word("edit")
    return f"{verb} {lexicon.noun(kind)} {kind.label(session.store, route.number)}"


def _save(session: Session) -> None:
    kind, route = session.kind(), session.route
    wanted = fields(kind, route.verb)
    try:
        values = parse(wanted, session.draft, session.store)
    except Invalid as invalid:
        by_name = {field.name: field for field in wanted}
        errors = invalid.errors.items()
        session.reject({n: session.lexicon.error(by_name[n], text) for n, text in errors})
        return
    if route.verb == "create" and kind.parent:
        values = ((kind.parent.name, route.owner), *values)
    if route.verb == "update":
        row = session.store.row(kind.index, route.number)
        position = {f.name: f.position for f in kind.stored}
        values = tuple((name, value) for name, value in values if row[position[name]] != value)
        if not values:
            session.say(session.lexicon.word("unchanged"))
            session.replace(Route("detail", route.record, route.number))
            return
    number = session.store.next_number(kind.index) if route.verb == "create" else route.number
    session.attempt(Command(route.verb, kind.name, route.number, values))
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
