"""The question that comes before what cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.errors import Refused
from palaestra.kit.route import Route
from palaestra.kit.screens.form import after
from palaestra.types import Action, Command, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


def draw(session: Session) -> tuple[Node, ...]:
    """Draws the question as a dialog with its two answers."""
    kind, route, lexicon = session.kind(), session.route, session.lexicon
    deletes = route.verb == "delete"
    label = lexicon.word("delete") if deletes else lexicon.label(kind.actions[route.verb].label)
    title = f"{label} {lexicon.noun(kind)} {kind.label(session.store, route.number)}?"
    question = lexicon.word("irrevocable") if deletes else kind.actions[route.verb].confirm
    return (
        Node(
            "dialog",
            title,
            states=("modal",) if session.skin.forms == "modal" else (),
            children=(
                Node("heading", title),
                Node("paragraph", question),
                Node("button", f"{lexicon.word('proceed')}, {label.lower()}", "yes"),
                Node("button", lexicon.word("cancel"), "no"),
            ),
        ),
    )


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Does it, or goes back."""
    kind, route = session.kind(), session.route
    if verb == "no":
        session.back()
    elif verb == "yes":
        owner = 0
        if kind.parent:
            owner = int(session.store.row(kind.index, route.number)[kind.parent.position])  # type: ignore[arg-type]
        try:
            session.attempt(Command(route.verb, route.record, route.number))
        except Refused:
            session.replace(Route("detail", route.record, route.number))
            return
        session.replace(after(session, kind, route.number, owner))
