"""Screens that a gym drew itself, as tools: what stands on them, read as tables and texts.

The kit's own blocks need none: what they show are records (lists tell those) or reports. A screen
of the gym's own may work something out that no list tells, so it is drawn, page by page, in a fork
of the Session, and read off. Its boxes can be filled in first (where from, which day); its buttons
cannot be used, for a deed that could be tried out in a fork would be a glimpse of what comes of it.
What can be done on the screen are actions, which are tools already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from palaestra.errors import InvalidAction
from palaestra.faces.tools.arguments import clean
from palaestra.faces.tools.schema import Schema
from palaestra.kit.app import App
from palaestra.kit.blocks import Board, Calendar, Report, Viewer, Wizard
from palaestra.kit.commands import Invalid
from palaestra.kit.route import Route
from palaestra.kit.screens.screen import Screen
from palaestra.kit.session import Session
from palaestra.types import Action, Node, Op

KIT = (Board, Calendar, Report, Viewer, Wizard)
NEXT = "page:1"
MOST_PAGES = 200
TEXTS = ("heading", "paragraph", "listitem", "status", "alert")
FILLED: dict[str, Op] = {"combobox": "select", "textbox": "fill", "searchbox": "fill"}
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
BOX: Schema = {
    "type": "object",
    "properties": {"label": {"type": "string"}, "value": {"type": "string"}, "options": LINE},
    "required": ["label", "value", "options"],
}
TAKES: dict[str, Schema] = {
    "enter": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "What to enter or choose first: label of a box and text, in this order",
    }
}
GIVES: dict[str, Schema] = {
    "boxes": {"type": "array", "items": BOX},
    "tables": {"type": "array", "items": TABLE},
    "texts": LINE,
}


def own_screens(app: App) -> list[Screen]:
    """Returns the screens that the application drew itself."""
    return [screen for screen in app.screens if not isinstance(screen, KIT)]


def view(screen: Screen, session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Returns what stands on a screen, with the lines of all its pages.

    Raises:
        Invalid: If something cannot be entered.
    """
    reader = session.fork()
    reader.go(Route(screen.name))
    for label, text in given.get("enter", {}).items():
        _enter(reader, label, text)
    boxes = [
        {
            "label": node.name,
            "value": node.value,
            "options": [option.name for option in node.children],
        }
        for node in _boxes(reader)
    ]
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
    return {"boxes": boxes, "tables": list(tables.values()), "texts": list(dict.fromkeys(texts))}


def _boxes(reader: Session) -> list[Node]:
    return [node for node in reader.targets().values() if node.role in FILLED]


def _enter(reader: Session, label: str, text: str) -> None:
    boxes = {node.name: node for node in _boxes(reader)}
    if label not in boxes:
        raise Invalid({"enter": f"There is no box {clean(label)!r}; there are {', '.join(boxes)}"})
    done = reader.commands
    try:
        reader.dispatch(Action(FILLED[boxes[label].role], boxes[label].ref, text))
    except InvalidAction as invalid:
        raise Invalid({"enter": f"{label}: {invalid}"}) from invalid
    if reader.commands != done:
        raise Invalid({"enter": f"{label} does something, and is not to be looked at with"})


def _outer(node: Node) -> Iterator[Node]:
    """Yields tables and texts in order, those within a table left out."""
    for child in node.children:
        if child.role in TEXTS or (child.role == "table" and child.children):
            yield child
        else:
            yield from _outer(child)
