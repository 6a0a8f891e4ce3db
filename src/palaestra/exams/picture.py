"""A screen as a small still picture in HTML: what an agent saw, and what it touched.

Pictures stand by the dozen on one page, so there are no ids, no controls that react and no theme of
the skin; the page face is the one to use an application with.
"""

from __future__ import annotations

from html import escape

from palaestra.kit.content import content
from palaestra.types import Node

LONGEST = 60
SKIPPED = frozenset(("option",))


def picture(screen: Node, touched: str = "", typed: str = "") -> str:
    """Draws a screen.

    Args:
        screen: What to draw.
        touched: Ref of the element that was used; it is marked.
        typed: What was typed or chosen there.
    """
    return f'<div class="screen">{_all(screen.children, touched, typed)}</div>'


def _all(nodes: tuple[Node, ...], touched: str, typed: str) -> str:
    return "".join(_one(node, touched, typed) for node in nodes if node.role not in SKIPPED)


def _one(node: Node, touched: str, typed: str) -> str:
    name, here = escape(_short(node.name)), bool(touched) and node.ref == touched
    mark = " touched" if here else ""
    inside = _all(node.children, touched, typed)
    match node.role:
        case "navigation":
            return f'<div class="nav">{inside}</div>'
        case "main":
            return f'<div class="main">{inside}</div>'
        case "table" | "grid":
            return f"<table>{inside}</table>"
        case "row":
            return f"<tr>{inside}</tr>"
        case "cell" | "gridcell" | "columnheader" | "rowheader":
            tag = "td" if node.role in ("cell", "gridcell") else "th"
            pieces = (
                escape(_short(piece)) if isinstance(piece, str) else _one(piece, touched, typed)
                for piece in content(node)
            )
            return f"<{tag}>{' '.join(pieces)}</{tag}>"
        case "textbox" | "searchbox" | "combobox":
            text = escape(_short(typed if here else node.value)) or "&nbsp;"
            arrow = " ▾" if node.role == "combobox" else ""
            box = f'<u class="box{mark}">{text}{arrow}</u>'
            return f'<div class="field"><span>{name}</span>{box}</div>'
        case "checkbox":
            tick = "☑" if "checked" in node.states else "☐"
            return f'<div class="field"><b class="tick{mark}">{tick} {name}</b></div>'
        case "dialog" | "group" | "region" | "list" | "listitem" | "listbox":
            return f'<div class="{node.role}{mark}">{inside}</div>'
    states = "".join(f" {state}" for state in node.states if state in ("current", "disabled"))
    return f'<span class="{node.role}{states}{mark}">{name}</span>{inside}'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
