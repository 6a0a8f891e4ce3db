"""What stands in an element that has text of its own beside other elements: a day of a calendar.

A cell's name is computed from all that is in it (accname-1.2), so its own text is what is left of
the name without the names of its children.
"""

from __future__ import annotations

from palaestra.types import Node


def content(node: Node) -> list[str | Node]:
    """Returns an element's own text and its children, in order."""
    if not node.children:
        return [node.name] if node.name else []
    pieces: list[str | Node] = []
    rest = node.name
    for child in reversed(node.children):
        before, found, after = rest.rpartition(child.name) if child.name else (rest, "", "")
        if found and after.strip():
            pieces.append(after.strip())
        rest = before if found else rest
        pieces.append(child)
    if rest.strip():
        pieces.append(rest.strip())
    return pieces[::-1]
