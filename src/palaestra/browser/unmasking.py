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

    def shown(one: Node) -> Node:
        dotted = one.value and one.ref in typed and not one.value.strip(DOT)
        return one._replace(value=typed[one.ref]) if dotted else one

    return node.mapped(shown)
