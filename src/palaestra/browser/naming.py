"""Names for what a foreign page gives no accessible name: from the text beside it, or its column.

Failing that, a page's author usually named the element for himself (`name`, `id`, `class`), and
those words are better than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from palaestra.types import Node

BOXES = frozenset(("textbox", "searchbox", "combobox", "slider"))
"""Roles whose label stands before them."""
TICKED = frozenset(("checkbox", "radio"))
"""Roles whose label stands behind them."""
LONGEST = 60
"""Characters of text that may be a label."""
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
FOR_BUTTONS = ("title", "data-original-title", "alt", "id", "class")
FOR_BOXES = ("placeholder", "title", "name", "id", "class")


def plain(text: str) -> str:
    """Returns a text with its white space collapsed."""
    return " ".join(text.split())


def guessed(element: Mapping[str, str], *, box: bool) -> str:
    """Returns what an element may be called, going by its attributes; "" if they say nothing.

    Args:
        element: Its attributes.
        box: Whether it is something to enter into.
    """
    for attribute in FOR_BOXES if box else FOR_BUTTONS:
        text = plain(element.get(attribute, ""))
        if attribute in ("name", "id", "class"):
            text = " ".join(word.lower() for word in WORDS.findall(text))
        if text:
            return text
    return ""


def beside(nodes: Iterable[Node]) -> list[Node]:
    """Gives what is to be entered the text beside it as a name, where it has none.

    Args:
        nodes: Elements as they stand side by side.

    Returns:
        The same; texts that became names are gone.
    """
    named = list(nodes)
    taken: set[int] = set()
    for place, node in enumerate(named):
        if node.name or node.role not in BOXES | TICKED:
            continue
        sides = (place + 1, place - 1) if node.role in TICKED else (place - 1,)
        for side in sides:
            if 0 <= side < len(named) and side not in taken and _labels(named[side]):
                taken.add(side)
                named[place] = node._replace(name=named[side].name.rstrip("*: "))
                break
    return [node for place, node in enumerate(named) if place not in taken]


def by_column(rows: Iterable[Node]) -> list[Node]:
    """Gives what is to be entered in a table the name of its column, or else of its row."""
    columns: list[str] = []
    named = []
    for row in rows:
        if row.children and all(cell.role == "columnheader" for cell in row.children):
            columns = [cell.name for cell in row.children]
        cells: list[Node] = []
        for place, cell in enumerate(row.children):
            column = columns[place] if place < len(columns) else ""
            before = (one.name for one in reversed(cells) if one.name)
            cells.append(_with_name(cell, column or next(before, "")))
        named.append(row._replace(children=tuple(cells)))
    return named


def _with_name(cell: Node, name: str) -> Node:
    inside = (
        one._replace(name=name) if not one.name and one.role in BOXES | TICKED else one
        for one in cell.children
    )
    return cell._replace(children=tuple(inside))


def _labels(node: Node) -> bool:
    return node.role == "paragraph" and len(node.name) <= LONGEST


def complete(node: Node, attributes: Mapping[str, Mapping[str, str]]) -> Node:
    """Gives every box that is still without a name what its attributes say.

    Args:
        node: A tree.
        attributes: Of every element, by ref.
    """
    if node.role in BOXES | TICKED and not node.name:
        return node._replace(name=guessed(attributes.get(node.ref, {}), box=True))
    if node.children and node.role != "combobox":
        inside = tuple(complete(child, attributes) for child in node.children)
        return node._replace(children=inside)
    return node


def paired(nodes: Iterable[tuple[str, Node]]) -> Iterator[Node]:
    """Yields the rows of a table for a list of terms and what is said of them.

    Args:
        nodes: "term" or "definition", and a cell for each, in order.
    """
    waiting = list(nodes)
    while waiting:
        terms = [cell for kind, cell in takewhile(lambda one: one[0] == "term", waiting)]
        rest = waiting[len(terms) :]
        told = [cell for kind, cell in takewhile(lambda one: one[0] != "term", rest)]
        waiting = rest[len(told) :]
        heads = tuple(Node("rowheader", cell.name, children=cell.children) for cell in terms)
        yield Node("row", children=(*heads, *told))
