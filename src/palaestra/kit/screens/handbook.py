"""The house rules, for whoever works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


def draw(session: Session) -> tuple[Node, ...]:
    """Draws one paragraph per rule."""
    rules = [line.strip() for line in session.app.handbook.strip().split("\n") if line.strip()]
    return (
        Node("heading", session.lexicon.word("handbook")),
        *[Node("paragraph", rule) for rule in rules],
    )


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Does nothing: there is nothing to use on this screen but the navigation."""
