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

from palaestra.types import Node

CELLS = frozenset(("cell", "columnheader", "rowheader"))
MARKUP = re.compile(r"[\[\]()|=\"\n]|^$")


def outline(screen: Node) -> str:
    """Writes a screen as indented lines."""
    return "\n".join(_lines(screen, ""))


def _lines(node: Node, indent: str) -> Iterator[str]:
    if node.role == "row" and all(cell.role in CELLS for cell in node.children):
        yield f"{indent}| {' | '.join(_cell(cell) for cell in node.children)} |"
        return
    if node.role == "navigation":
        links = (f"[{n.name}]" if "current" in n.states else n.name for n in node.children)
        yield f"{indent}navigation {node.name}: {', '.join(links)}"
        return
    value = f' = "{node.value}"' if node.value else ""
    states = f" ({', '.join(node.states)})" if node.states else ""
    yield f"{indent}{node.role} {node.name}".rstrip() + value + states
    if node.role == "combobox":
        yield f"{indent}  options: {', '.join(option.name for option in node.children)}"
        return
    for child in node.children:
        yield from _lines(child, f"{indent}  ")


def _cell(cell: Node) -> str:
    """Writes a cell; what can be used in it stands in brackets."""
    return " ".join(f"[{child.name}]" for child in cell.children if child.ref) or cell.name


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
    line = f"{indent}{_mark(node, usable)}{node.role}"
    if node.name:
        line += f" {_plain(node.name)}"
    if node.value:
        line += f" = {_plain(node.value)}"
    if node.states:
        line += f" ({', '.join(node.states)})"
    if node.role == "combobox":
        line += f" [{' | '.join(_plain(option.name) for option in node.children)}]"
        lines.append(line)
        return
    lines.append(line)
    for child in node.children:
        _number(child, f"{indent} ", lines, usable)


def _numbered_cell(cell: Node, usable: list[Node]) -> str:
    states = f" ({', '.join(cell.states)})" if cell.states else ""
    if not cell.children:
        return _plain(cell.name) + states
    return (
        " ".join(f"{_mark(child, usable)}{_plain(child.name)}" for child in cell.children) + states
    )


def _mark(node: Node, usable: list[Node]) -> str:
    if not node.ref:
        return ""
    usable.append(node)
    return f"[{len(usable) - 1}] "


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if MARKUP.search(text) else text
