"""A screen as compact text: an element a line, a row of a table a line.

`outline` is for people at a terminal and for messages of tests. `numbered` is for agents that read
text (language models, the Gymnasium environment): each element that can be used has a number, and
text that could be taken for markup is quoted, so that no record can pose as an element.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from palaestra.kit.content import content
from palaestra.types import Node

CELLS = frozenset(("cell", "columnheader", "gridcell", "rowheader"))
HERE = frozenset(("current", "selected"))
MARKUP = re.compile(r"[\[\]()|=\"\n]|^$")


def outline(screen: Node) -> str:
    """Writes a screen as indented lines."""
    return "\n".join(_lines(screen, ""))


def _lines(node: Node, indent: str) -> Iterator[str]:
    if node.role == "row" and all(cell.role in CELLS for cell in node.children):
        yield f"{indent}| {' | '.join(_cell(cell) for cell in node.children)} |"
        return
    if node.role == "navigation":
        links = [n for child in node.children for n in child.walk() if not n.children]
        told = (f"[{n.name}]" if HERE & set(n.states) else n.name for n in links)
        yield f"{indent}navigation {node.name}: {', '.join(told)}"
        return
    if node.role == "listitem":
        yield f"{indent}- {' · '.join(map(_part, node.children))}"
        return
    value = f' = "{node.value}"' if node.value else ""
    states = f" ({', '.join(node.states)})" if node.states else ""
    yield f"{indent}{node.role} {node.name}".rstrip() + value + states
    if node.role == "combobox" and node.children:
        yield f"{indent}  options: {', '.join(option.name for option in node.children)}"
        return
    for child in node.children:
        yield from _lines(child, f"{indent}  ")


def _cell(cell: Node) -> str:
    """Writes a cell; what can be used in it stands in brackets."""
    pieces = (
        p if isinstance(p, str) else f"[{p.name}]" if p.ref else p.name for p in content(cell)
    )
    return " ".join(pieces) + (" (current)" if "current" in cell.states else "")


def _part(node: Node) -> str:
    """Writes a part of a list's item."""
    name = f"[{node.name}]" if node.ref else node.name
    if node.role == "combobox":
        name += f' = "{node.value}" (options: {", ".join(option.name for option in node.children)})'
    return name + (" (current)" if "current" in node.states else "")


def numbered(screen: Node) -> tuple[str, list[Node]]:
    """Writes a screen as indented lines with a number for each element that can be used.

    Returns:
        The text, and the elements in order: number 3 in the text is the fourth of them.
    """
    lines: list[str] = []
    usable: list[Node] = []
    _number(screen, "", lines, usable)
    return "\n".join(lines), usable


def _number(node: Node, indent: str, lines: list[str], usable: list[Node]) -> None:
    if node.role == "row":
        cells = [_numbered_cell(cell, usable) for cell in node.children]
        lines.append(f"{indent}row {' | '.join(cells)}")
        return
    if node.role == "listitem":
        parts = (_numbered_part(child, usable) for child in node.children)
        lines.append(f"{indent}item {' | '.join(parts)}")
        return
    lines.append(f"{indent}{_element(node, usable)}")
    if node.role != "combobox":
        for child in node.children:
            _number(child, f"{indent} ", lines, usable)


def _element(node: Node, usable: list[Node]) -> str:
    """Writes an element by itself; of a box to select from, what can be selected."""
    line = f"{_mark(node, usable)}{node.role}"
    if node.name:
        line += f" {_plain(node.name)}"
    if node.value:
        line += f" = {_plain(node.value)}"
    if node.states:
        line += f" ({', '.join(node.states)})"
    if node.role == "combobox" and node.children:
        line += f" [{' | '.join(_plain(option.name) for option in node.children)}]"
    return line


def _numbered_cell(cell: Node, usable: list[Node]) -> str:
    states = f" ({', '.join(cell.states)})" if cell.states else ""
    if not cell.children:
        return _plain(cell.name) + states
    pieces = (
        _plain(piece) if isinstance(piece, str) else f"{_mark(piece, usable)}{_plain(piece.name)}"
        for piece in content(cell)
    )
    return " ".join(pieces) + states


def _numbered_part(node: Node, usable: list[Node]) -> str:
    """Writes a part of a list's item: text as it is, what can be used like anywhere."""
    return _element(node, usable) if node.ref else _plain(node.name)


def _mark(node: Node, usable: list[Node]) -> str:
    if not node.ref:
        return ""
    usable.append(node)
    return f"[{len(usable) - 1}] "


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if MARKUP.search(text) else text
