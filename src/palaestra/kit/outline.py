"""A screen as compact text: an element a line, a row of a table a line.

For people at a terminal and for messages of tests. Agents are given the Nodes themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from palaestra.types import Node

CELLS = frozenset(("cell", "columnheader", "rowheader"))


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
