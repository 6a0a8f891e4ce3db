"""Screens that a gym drew itself, as tools: what stands on them, read as tables and texts.

The kit's own blocks need none: what they show are records (lists tell those) or reports. A screen
of the gym's own may work something out that no list tells, so it is drawn, page by page, in a fork
of the Session, and read off. What can be done on it are actions, which are tools already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palaestra.faces.tools.schema import Schema
from palaestra.kit.app import App
from palaestra.kit.blocks import Board, Calendar, Report, Viewer, Wizard
from palaestra.kit.route import Route
from palaestra.kit.screens.screen import Screen
from palaestra.kit.session import Session
from palaestra.types import Action, Node

KIT = (Board, Calendar, Report, Viewer, Wizard)
NEXT = "page:1"
MOST_PAGES = 200
TEXTS = ("heading", "paragraph", "listitem")
LINE: Schema = {"type": "array", "items": {"type": "string"}}
TABLE: Schema = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "columns": LINE,
        "lines": {"type": "array", "items": LINE},
    },
    "required": ["title", "columns", "lines"],
}
GIVES: dict[str, Schema] = {"tables": {"type": "array", "items": TABLE}, "texts": LINE}


def own_screens(app: App) -> list[Screen]:
    """Returns the screens that the application drew itself."""
    return [screen for screen in app.screens if not isinstance(screen, KIT)]


def view(screen: Screen, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Returns what stands on a screen as it opens, with the lines of all its pages."""
    reader = session.fork()
    reader.go(Route(screen.name))
    tables: dict[str, dict[str, Any]] = {}
    texts: list[str] = []
    for _ in range(MOST_PAGES):
        [main] = [node for node in reader.screen().children if node.role == "main"]
        for node in _outer(main):
            if node.role != "table":
                texts.append(node.name)
                continue
            head, *lines = [[cell.name for cell in row.children] for row in node.children]
            table = {"title": node.name, "columns": head, "lines": []}
            tables.setdefault(node.name, table)["lines"] += lines
        onward = reader.targets().get(NEXT)
        if onward is None or "disabled" in onward.states:
            break
        reader.dispatch(Action("click", NEXT))
    return {"tables": list(tables.values()), "texts": list(dict.fromkeys(texts))}


def _outer(node: Node) -> Iterator[Node]:
    """Yields tables and texts in order, those within a table left out."""
    for child in node.children:
        if child.role in TEXTS or (child.role == "table" and child.children):
            yield child
        else:
            yield from _outer(child)
