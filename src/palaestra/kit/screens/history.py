"""The history of a record: every command that was carried out on it, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


def draw(session: Session) -> tuple[Node, ...]:
    """Draws a heading, a table of what was done, and the link back to the record."""
    kind, number, store = session.kind(), session.route.number, session.store
    named = f"{kind.noun.capitalize()} {kind.label(store, number)}"
    names = ("When", "Who", "What") if session.app.roles else ("When", "What")
    rows = [Node("row", children=tuple(Node("columnheader", name) for name in names))]
    for entry in store.history.entries(kind.index, number):
        told = (f"{entry.at:%Y-%m-%d %H:%M}", *filter(None, [entry.user]), entry.said)
        rows.append(Node("row", children=tuple(Node("cell", text) for text in told)))
    return (
        Node("heading", f"History of {named}"),
        Node("table", f"History of {named}", children=tuple(rows)),
        Node("link", named, f"open:{kind.name}:{number}"),
    )


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Does nothing: the only link here is one that every screen may have."""
