"""The accessibility tree that Chromium computes for a page, read as Nodes.

What is normalised, and why:

- Elements that Chromium ignores, and those without a meaning of their own (generic, none, rowgroup,
  the popup of a select, labels, running text) are left out, and their children take their place.
- `status`, `alert` and `paragraph` take no name from their content in WAI-ARIA: their text is read
  as their name, as it is in a Node. `row` and `main` have none in a Node; Chromium's is not read.
- White space in names is collapsed, as accname-1.2 does on the page; values are read as they are.
- DevTools does not tell `aria-current` and `aria-sort` of Chromium's tree at all, and
  `aria-required` only of what is typed into: these are read from the element itself.
- A native select is collapsed until a person opens it, which no Node says.
- What can be used but not with the keyboard has the state "unreachable", which no Node ever has.

Focus itself, live regions, heading levels and other properties that Nodes do not have are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from palaestra.errors import PalaestraError
from palaestra.types import Node

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

TRANSPARENT = frozenset((
    "none", "generic", "rowgroup", "MenuListPopup", "LabelText", "StaticText", "InlineTextBox",
))  # fmt: skip
TEXTS = frozenset(("status", "alert", "paragraph"))
NAMELESS = frozenset(("row", "main"))
TYPED = frozenset(("textbox", "searchbox"))
LEAVES = frozenset((*TYPED, "option", *TEXTS))
STATES = frozenset((
    "busy", "checked", "disabled", "expanded", "invalid", "modal", "pressed", "readonly",
    "required", "selected",
))  # fmt: skip


def tree_of(devtools: CDPSession) -> Node:
    """Reads the tree of the page that DevTools are open on.

    Raises:
        PalaestraError: If no application is shown.
    """
    computed = devtools.send("Accessibility.getFullAXTree")["nodes"]
    document = devtools.send("DOM.getDocument", {"depth": -1})["root"]
    return _Computed(computed, dict(_attributes(document))).root()


class _Computed:
    """Chromium's tree while it is read: its nodes by id, and the attributes of their elements."""

    def __init__(self, nodes: list[dict[str, Any]], attributes: dict[int, dict[str, str]]) -> None:
        self.nodes = {node["nodeId"]: node for node in nodes}
        self.attributes = attributes

    def root(self) -> Node:
        """Returns the application's part of the tree."""
        for node in self.nodes.values():
            if self._element(node).get("id") == "app" and not node["ignored"]:
                return self._node(node)
        raise PalaestraError("The page shows no application (there is no element #app)")

    def _element(self, node: dict[str, Any]) -> dict[str, str]:
        return self.attributes.get(node.get("backendDOMNodeId", 0), {})

    def _children(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yields the children that mean something, however deep."""
        for key in node.get("childIds", ()):
            child = self.nodes.get(key)
            if child is None:
                continue
            if child["ignored"] or _told(child, "role") in TRANSPARENT:
                yield from self._children(child)
            else:
                yield child

    def _node(self, node: dict[str, Any]) -> Node:
        role, element = _told(node, "role"), self._element(node)
        name = self._text(node) if role in TEXTS else _told(node, "name")
        children = () if role in LEAVES else tuple(map(self._node, self._children(node)))
        return Node(
            role,
            "" if role in NAMELESS else " ".join(name.split()),
            element.get("data-ref", ""),
            _told(node, "value") if role in ("textbox", "searchbox", "combobox") else "",
            tuple(sorted(_states(node, element))),
            children,
        )

    def _text(self, node: dict[str, Any]) -> str:
        if _told(node, "role") == "StaticText":
            return _told(node, "name")
        inside = (self.nodes[key] for key in node.get("childIds", ()) if key in self.nodes)
        return "".join(map(self._text, inside))


def _told(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


def _states(node: dict[str, Any], element: dict[str, str]) -> Iterator[str]:
    told = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    for name, value in told.items():
        if name in STATES and value not in (False, "false", None):
            yield name
    if "aria-expanded" in element and told.get("expanded") is False:
        yield "collapsed"
    role = _told(node, "role")
    if role == "combobox" and told.get("autocomplete"):
        yield "editable"
    if "required" not in told and element.get("aria-required") == "true":
        yield "required"
    if "aria-current" in element:
        yield "current"
    if "aria-sort" in element:
        yield element["aria-sort"]
    if element.get("data-ref") and not (told.get("focusable") or told.get("disabled")):
        yield "unreachable"


def _attributes(node: dict[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yields the attributes of every element, by the number that both trees know it by."""
    flat = node.get("attributes", ())
    if flat:
        yield node["backendNodeId"], dict(zip(flat[::2], flat[1::2], strict=True))
    for child in node.get("children", ()):
        yield from _attributes(child)
