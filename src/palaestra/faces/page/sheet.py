"""Tables as HTML: lists under column headers, the fields of one record, and months."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from palaestra.faces.page.element import Html, element, join
from palaestra.kit.content import content
from palaestra.types import Node

if TYPE_CHECKING:
    from palaestra.faces.page.html import Drawing

NUMBER = re.compile(r"-?[\d,]+(\.\d+)?( [A-Z]{3})?")
DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
NOTHING = "—"
DAYS_IN_A_WEEK = 7
SHORTEST_MONTH = 28
TONES = {
    "good": ("active", "approved", "paid", "open", "posted", "done", "confirmed", "received"),
    "busy": ("submitted", "pending", "in progress", "sent", "waiting", "scheduled"),
    "bad": ("rejected", "void", "on hold", "overdue", "cancelled", "blocked", "reversed"),
}
"""Words in a column called Status, by the tone they are drawn in; all others are grey."""


def table(drawing: Drawing, node: Node) -> Html:
    """Draws a table or grid."""
    # The role is said as well, lest Chromium take a small table for mere layout.
    named = {"role": node.role, "aria_label": node.name}
    if not node.children:
        return element("table", **named)
    header, *rest = node.children
    if not any(cell.role == "columnheader" for cell in header.children):
        rows = [row(drawing, r, ["", _kind(r.children[0].name, [])]) for r in node.children]
        return element("table", element("tbody", *rows), class_="record", **named)
    if is_month(node):
        kinds = ["day"] * DAYS_IN_A_WEEK
    else:
        kinds = [
            _kind(head.name, [r.children[place].name for r in rest if place < len(r.children)])
            for place, head in enumerate(header.children)
        ]
    head = element("thead", row(drawing, header, kinds))
    body = element("tbody", *[row(drawing, r, kinds) for r in rest])
    return element("table", head, body, class_="month" if "day" in kinds else "list", **named)


def is_month(node: Node) -> bool:
    """Says whether a table has a cell for each day of a month."""
    header, *weeks = node.children
    days = [cell.name.split()[0] for week in weeks for cell in week.children if cell.name]
    return (
        len(header.children) == DAYS_IN_A_WEEK
        and len(days) >= SHORTEST_MONTH
        and days == [str(day) for day in range(1, len(days) + 1)]
    )


def row(drawing: Drawing, node: Node, kinds: list[str]) -> Html:
    """Draws a row; `kinds` says what the columns hold."""
    kinds = kinds + [""] * (len(node.children) - len(kinds))
    cells = (cell(drawing, c, kind) for c, kind in zip(node.children, kinds, strict=False))
    return element("tr", *cells)


def cell(drawing: Drawing, node: Node, kind: str) -> Html:
    """Draws a cell of a table, or one of its headers."""
    if kind == "day" and node.role == "cell":
        return day(drawing, node)
    inside = spaced(drawing, node)
    if node.role == "rowheader":
        return element("th", inside, scope="row")
    if node.role == "columnheader":
        order = next((s for s in node.states if s in ("ascending", "descending")), "")
        return element("th", inside, scope="col", class_=kind, aria_sort=order)
    if kind == "status" and not node.children:
        tone = next((t for t, words in TONES.items() if node.name.casefold() in words), "grey")
        inside = element("span", inside, class_=f"pill {tone}")
    current = "true" if "current" in node.states else ""
    role = "gridcell" if node.role == "gridcell" else ""
    return element("td", inside, class_=kind, role=role, aria_current=current)


def day(drawing: Drawing, node: Node) -> Html:
    """Draws a day of a month: its number and what is on it, or a button with the day's number."""
    inside = []
    for piece in content(node):
        if isinstance(piece, str):
            inside.append(element("span", piece, class_="number"))
        elif piece.role == "button":
            inside.append(drawing.button(piece, piece.name.split()[0]))
        else:
            inside.append(drawing.one(piece))
    current = "date" if "current" in node.states else ""
    blank = "" if node.name else "blank"
    text = join(*[part for one in inside for part in (one, " ")][:-1])
    return element("td", text, class_=blank, aria_current=current)


def spaced(drawing: Drawing, node: Node) -> Html:
    """Draws text and elements of a cell with spaces between them."""
    pieces = [p if isinstance(p, str) else drawing.one(p) for p in content(node)]
    return join(*[part for piece in pieces for part in (piece, " ")][:-1])


def _kind(label: str, texts: list[str]) -> str:
    """Says what a column holds, as far as it matters to the eye; "" for plain text."""
    texts = [text for text in texts if text != NOTHING]
    if label.casefold() in ("status", "state", "stage"):
        return "status"
    for kind, form in (("number", NUMBER), ("date", DATE)):
        if texts and all(form.fullmatch(text) for text in texts):
            return kind
    return ""
