"""What was typed into a box that shows dots: whoever typed it knows, and would else type it again.

Nothing is read from the page: what a box holds that somebody else filled stays dots.
"""

from __future__ import annotations

from collections.abc import Mapping

from palaestra.types import Node

DOT = "\u2022"


def unmasked(node: Node, typed: Mapping[str, str]) -> Node:
    """Returns a screen with what was typed in place of dots; the same object where nothing was.

    Args:
        node: The screen.
        typed: What was typed last, by ref, in whatever words it is to be shown.
    """
    children = tuple(unmasked(child, typed) for child in node.children)
    dotted = node.value and node.ref in typed and not node.value.strip(DOT)
    value = typed[node.ref] if dotted else node.value
    if value == node.value and all(a is b for a, b in zip(children, node.children, strict=True)):
        return node
    return node._replace(value=value, children=children)
