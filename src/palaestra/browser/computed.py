"""The accessibility tree that Chromium computes for a page, read as Nodes.

What is normalised on a page of ours, which is its `#app`, and why:

- Elements that Chromium ignores, and those without a meaning of their own (generic, none, rowgroup,
  the popup of a select, labels, running text) are left out, and their children take their place.
- `status`, `alert` and `paragraph` take no name from their content in WAI-ARIA: their text is read
  as their name, as it is in a Node. `row` and `main` have none in a Node; Chromium's is not read.
- White space in names is collapsed, as accname-1.2 does on the page; values are read as they are.
- DevTools does not tell `aria-current` and `aria-sort` of Chromium's tree at all, and
  `aria-required` only of what is typed into: these are read from the element itself.
- A native select is collapsed until a person opens it, which no Node says.
- What can be used but not with the keyboard has the state "unreachable", which no Node ever has.

Any other page is brought into the same form by `foreign.py`. Focus itself, live regions, heading
levels and other properties that Nodes do not have are not read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from palaestra.browser.foreign import Foreign
from palaestra.browser.frames import Frame, Reading
from palaestra.browser.snapshot import ASKED, Document
from palaestra.browser.states import properties, states_of, told
from palaestra.errors import PalaestraError
from palaestra.types import Node

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

DEEPEST = 20_000
"""Calls within calls that a page may take to be read."""
TRANSPARENT = frozenset((
    "none", "generic", "rowgroup", "MenuListPopup", "LabelText", "StaticText", "InlineTextBox",
))  # fmt: skip
TEXTS = frozenset(("status", "alert", "paragraph"))
NAMELESS = frozenset(("row", "main"))
TYPED = frozenset(("textbox", "searchbox"))
LEAVES = frozenset((*TYPED, "option", *TEXTS))


def read(top: Frame) -> Reading:
    """Reads the frames of a page, the top one given."""
    # Elements are nested deeper than functions usually are; lowering it again would pull it away
    # from under other threads.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST))
    return Application(top).read() or Foreign(top).read()


def tree_of(devtools: CDPSession) -> Node:
    """Reads the application on a page of ours that Playwright's DevTools are open on.

    Raises:
        PalaestraError: If no application is shown.
    """
    computed = devtools.send("Accessibility.getFullAXTree")["nodes"]
    shot = devtools.send("DOMSnapshot.captureSnapshot", ASKED)
    document = Document(shot["documents"][0], shot["strings"])
    nodes = {node["nodeId"]: node for node in computed}
    reading = Application(Frame(0, "", document, nodes)).read()
    if reading is None:
        raise PalaestraError("The page shows no application (there is no element #app)")
    return reading.screen


class Application:
    """A page of ours while it is read."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.reading = Reading(Node("document"), ours=True)

    def read(self) -> Reading | None:
        """Reads the application's part of the tree; None where there is none."""
        for node in self.frame.nodes.values():
            if told(node, "role") == "document" and self._element(node).get("id") == "app":
                self.reading.screen = self._node(node)
                return self.reading
        return None

    def _element(self, node: dict[str, Any]) -> dict[str, str]:
        return self.frame.document.attributes(node.get("backendDOMNodeId", 0))

    def _children(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yields the children that mean something, however deep."""
        for key in node.get("childIds", ()):
            child = self.frame.nodes.get(key)
            if child is None:
                continue
            if child["ignored"] or told(child, "role") in TRANSPARENT:
                yield from self._children(child)
            else:
                yield child

    def _node(self, node: dict[str, Any]) -> Node:
        role, element = told(node, "role"), self._element(node)
        name = self._text(node) if role in TEXTS else told(node, "name")
        ref = element.get("data-ref", "")
        if ref:
            self.reading.note(ref, self.frame, node["backendDOMNodeId"])
        children = () if role in LEAVES else tuple(map(self._node, self._children(node)))
        return Node(
            role,
            "" if role in NAMELESS else " ".join(name.split()),
            ref,
            told(node, "value") if role in ("textbox", "searchbox", "combobox") else "",
            tuple(sorted(states_of(role, properties(node), element))),
            children,
        )

    def _text(self, node: dict[str, Any]) -> str:
        if told(node, "role") == "StaticText":
            return told(node, "name")
        inside = (self.frame.nodes.get(key) for key in node.get("childIds", ()))
        return "".join(self._text(one) for one in inside if one)
