"""One record: its fields, its parts, and what can be done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.kit.fields import Document, Ref
from palaestra.kit.fields.document import Attachment, attachment
from palaestra.kit.route import Route
from palaestra.kit.screens.table import EMPTY, plain_header, table
from palaestra.types import Action, Command, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


def draw(session: Session) -> tuple[Node, ...]:
    """Draws heading, buttons, fields, and a table for each kind of part."""
    kind, number, store = session.kind(), session.route.number, session.store
    lexicon, word = session.lexicon, session.lexicon.word
    title = lexicon.titled(kind, kind.label(store, number))
    record = kind.cls(store, number)
    reason = session.lock(kind, number)
    barred = ("disabled",) if reason else ()
    nodes = [Node("heading", title)]
    if kind.form_fields:
        nodes.append(Node("button", word("edit"), "edit", states=barred))
    nodes.append(Node("button", word("delete"), "delete", states=barred))
    nodes += [
        Node("button", lexicon.label(action.label), f"do:{action.name}")
        for action in kind.actions.values()
        if action.when(record)
    ]
    if reason:
        nodes.append(Node("paragraph", reason))
    rows = []
    attachments: dict[str, Attachment] = {}
    for field in session.skin.ordered(kind.fields):
        shown = session.shown(kind, number, field) or EMPTY
        inside: tuple[Node, ...] = ()
        if isinstance(field, Document) and shown != EMPTY:
            shown, *_ = attachments[field.label] = attachment(shown)
        if isinstance(field, Ref) and shown != EMPTY:
            other = store.row(kind.index, number)[field.position]
            inside = (Node("link", shown, f"open:{field.target.type.name}:{other}:{field.name}"),)
        rows.append(
            Node(
                "row",
                children=(
                    Node("rowheader", lexicon.label(field.label)),
                    Node("cell", shown, children=inside),
                ),
            )
        )
    nodes.append(Node("table", title, children=tuple(rows)))
    for label, one in attachments.items():
        nodes.append(Node("heading", f"{label}: {one.name}"))
        nodes += [Node("paragraph", line) for line in one.lines]
    for part in kind.children:
        assert part.parent is not None
        numbers = store.where(part.index, [(part.parent.position, number)])
        nodes += [
            Node("heading", lexicon.label(part.plural)),
            Node("button", word("new", noun=lexicon.noun(part)), f"new:{part.name}", states=barred),
            table(session, part, plain_header(session, part), numbers),
        ]
    if next(store.history.entries(kind.index, number), None):
        nodes.append(Node("link", "History", "history"))
    return tuple(nodes)


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Leaves for a form or a question, or carries an action out at once.

    Raises:
        Refused: If the user's role may not do it; the notice already says so.
    """
    route = session.route
    if verb == "history":
        session.go(Route("history", route.record, route.number))
        return
    if verb == "new":
        session.require(session.app.kind(rest[0]), 0, "create")
    else:
        deed = rest[0] if verb == "do" else {"edit": "update"}.get(verb, verb)
        session.require(session.kind(), route.number, deed)
    route_key = (session.kind().index, route.number)
    if verb == "edit":
        session.go(Route("form", route.record, route.number, "update"))
    elif verb == "delete":
        session.go(Route("confirm", route.record, route.number, "delete"))
    elif verb == "new":
        session.go(Route("form", rest[0], 0, "create", route.number))
    elif verb == "do":
        chosen = session.kind().actions[rest[0]]
        if chosen.params:
            session.go(Route("form", route.record, route.number, chosen.name))
        elif chosen.confirm:
            session.go(Route("confirm", route.record, route.number, chosen.name))
        else:
            session.attempt(Command(chosen.name, route.record, route.number))
            if not session.store.has(*route_key):
                session.replace(Route("list", session.owner_record()))
