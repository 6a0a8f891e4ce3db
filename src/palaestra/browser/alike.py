"""Blocks of a page that are built alike, one under the other: cards, posts, messages, results.

They are the items of a list, whether or not their author said so, and what can be clicked in one is
about what it tells. A block counts if it is flat, tells something, and has buttons or links only;
rows of a form are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from palaestra.types import Node

FEWEST = 2
"""Blocks that make a list."""
MOST_PARTS = 16
CLICKED = frozenset(("button", "link"))
TOLD = frozenset(("heading", "img", "paragraph"))
TAGS = frozenset(("article", "div", "section"))


def kind(tag: str, classes: str) -> str:
    """Returns what an element has in common with those that are built like it; "" if nothing.

    Args:
        tag: The name of its tag.
        classes: Its attribute `class`.
    """
    first = classes.split()[:1]
    return f"{tag} {first[0]}" if first and tag in TAGS else ""


def item(parts: Sequence[Node]) -> Node | None:
    """Makes an item of a list of what is in a block; None where it does not look like one.

    Args:
        parts: What is in the block; where the whole of it can be clicked, that comes first.
    """
    if not 2 <= len(parts) <= MOST_PARTS or any(one.children for one in parts):
        return None
    if any(one.role not in (CLICKED if one.ref else TOLD) for one in parts):
        return None
    shown = [_part(one, first=one is parts[0]) for one in parts if one.name]
    tells = any(one.role in ("link", "paragraph") for one in shown)
    if not tells or not any(one.ref for one in shown):
        return None
    return Node("listitem", children=tuple(shown))


def _part(node: Node, *, first: bool) -> Node:
    """Returns a part as items have them: text, and a link where the item begins with a click."""
    if not node.ref:
        return Node("paragraph", node.name)
    return node._replace(role="link") if first else node
