"""What stands around every screen: the navigation and the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.kit.route import Route
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.app import App
    from palaestra.kit.session import Session


def home(app: App) -> Route:
    """Returns where a Session starts: the first list in the navigation."""
    return Route("list", next(kind.name for kind in app.records if kind.parent is None))


def wrap(session: Session, main: tuple[Node, ...]) -> Node:
    """Puts the frame around a screen's own nodes."""
    notice = session.notice
    if notice:
        main = (Node("alert" if session.alarmed else "status", notice), *main)
    return Node(
        "document", session.app.title, children=(_navigation(session), Node("main", children=main))
    )


def on_navigation(session: Session, where: str) -> None:
    """Follows a link of the navigation."""
    own = where == "handbook" or session.app.screen(where)
    session.go(Route(where) if own else Route("list", where))


def _navigation(session: Session) -> Node:
    here = session.route.screen
    if here != "handbook" and session.app.screen(here) is None:
        here = session.owner_record()
    drawn = session.drawn.get(("nav", here))
    if drawn is None:
        links = [(kind.name, kind.plural) for kind in session.app.records if kind.parent is None]
        links += [(screen.name, screen.title) for screen in session.app.screens]
        if session.app.handbook:
            links.append(("handbook", "Handbook"))
        told = [
            Node("link", label, f"nav:{name}", states=("current",) if name == here else ())
            for name, label in links
        ]
        if session.store.user:
            told.append(Node("paragraph", f"Signed in as {session.store.user}"))
        drawn = session.drawn[("nav", here)] = Node("navigation", "Main", children=tuple(told))
    return drawn


def is_enter(action: Action) -> bool:
    """Says whether the action presses the Enter key."""
    return action.op == "press" and action.text == "Enter"
