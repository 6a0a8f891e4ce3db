"""A page that is not ours, brought into the form that our own screens have.

- Text that belongs to nothing else is a `paragraph`: one for each run of text in a line, whatever
  is bold in it. The links in a run follow it.
- What can be clicked without having a role (it listens for clicks, shows the hand, or can have the
  focus) is a `button`, unless something in it can be used.
- What is typed, in whatever widget (a number, a date, rich text, a file's name), is a `textbox`.
- A box without a name takes the text beside it, or else its placeholder, or else the words of its
  `name` or `id`; a button without one takes the words of its `id` or `class`.
- Tables for the layout, and containers without a name, give way to what is in them. An item of a
  list in which there is more than text and controls is a `group`.
- Passwords are dots, as Chromium tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from palaestra.browser.frames import Frame, Reading
from palaestra.browser.states import properties, states_of, told
from palaestra.types import Node

AXNode = dict[str, Any]

BECOMES = {
    "Date": "textbox", "DateTime": "textbox", "InputTime": "textbox", "ColorWell": "textbox",
    "spinbutton": "textbox", "switch": "checkbox", "menuitem": "button",
    "menuitemcheckbox": "checkbox", "menuitemradio": "radio", "treeitem": "button",
    "DisclosureTriangle": "button", "popUpButton": "button", "alertdialog": "dialog",
    "gridcell": "cell", "image": "img", "treegrid": "grid", "log": "status",
    "doc-link": "link",
}  # fmt: skip
"""Roles that our Nodes do not have, and what stands for them."""
USED = frozenset((
    "link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "option", "tab",
    "slider",
))  # fmt: skip
"""Roles of what can be used."""
BOXES = frozenset(("textbox", "searchbox", "combobox", "slider"))
TICKED = frozenset(("checkbox", "radio"))
TEXTS = frozenset(("paragraph", "heading", "status", "alert"))
"""Roles that are told by all the text in them; what can be used in them follows."""
KEPT = frozenset((
    "main", "navigation", "dialog", "list", "table", "grid", "row", "radiogroup", "listbox",
    "tablist", "menu", "progressbar", "img", "meter",
))  # fmt: skip
KEPT_IF_NAMED = frozenset(("region", "group", "form", "search"))
CELLS = frozenset(("cell", "columnheader", "rowheader"))
NAMELESS = frozenset(("row", "main"))
NO_TEXT = frozenset(("ListMarker", "InlineTextBox"))
NEVER_CLICKED = frozenset(("html", "body", "#document", "label", "option", "optgroup", "form"))
FLAT = frozenset((*USED, "paragraph", "img"))
LABEL_LENGTH = 60
"""Characters of text that may stand beside a box as its label."""
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Foreign:
    """A foreign page while it is read."""

    def __init__(self, top: Frame) -> None:
        self.top = top
        self.reading = Reading(Node("document"), ours=False)
        self._labels: set[str] = set()

    def read(self) -> Reading:
        """Reads the page, all its frames included."""
        self._labels = _labels(self.top)
        title = " ".join(self.top.document.title.split())
        self.reading.screen = Node("document", title, children=tuple(self._frame(self.top)))
        return self.reading

    def _frame(self, frame: Frame) -> list[Node]:
        root = next(iter(frame.nodes.values()), None)
        return _named(Inside(self, frame).of(root)) if root else []


class Inside:
    """What is in an element, while it is read: Nodes, and the text that stands between them."""

    def __init__(self, page: Foreign, frame: Frame) -> None:
        self.page, self.frame, self.document = page, frame, frame.document
        self.nodes: list[Node] = []
        self._text: list[str] = []
        self._own = False
        self._links: list[Node] = []

    def of(self, node: AXNode) -> list[Node]:
        """Returns what is in an element."""
        self._walk(node)
        self._end()
        return self.nodes

    def _new(self) -> Inside:
        return Inside(self.page, self.frame)

    def _walk(self, node: AXNode) -> None:
        for key in node.get("childIds", ()):
            child = self.frame.nodes.get(key)
            if child is not None:
                self._take(child)

    def _take(self, node: AXNode) -> None:
        role = told(node, "role")
        number = node.get("backendDOMNodeId", 0)
        if role == "StaticText":
            self._say(told(node, "name"))
        elif role == "LineBreak":
            self._end()
        elif role in NO_TEXT:
            return
        elif node["ignored"]:
            self._through(node, number)
        elif role == "LabelText":
            if " ".join(_text(self.frame, node).split()) in self.page._labels:
                self._controls_of(node)
            else:
                self._through(node, number)
        elif role in ("Iframe", "IframePresentational"):
            self._end()
            if inner := self.frame.frames.get(number):
                self.nodes += self.page._frame(inner)
        else:
            self._mean(node, role, number)

    def _through(self, node: AXNode, number: int) -> None:
        """Goes on with what is in an element that means nothing itself."""
        if button := self._clicked(node, number):
            self._add(button)
        elif self.document.inline(number):
            self._walk(node)
        else:
            self._end()
            self._walk(node)
            self._end()

    def _controls_of(self, node: AXNode) -> None:
        """Takes what can be used in a label; its text is told by the name of what it labels."""
        for one in self._new().of(node):
            if one.role != "paragraph":
                self._add(one)

    def _say(self, text: str) -> None:
        self._text.append(text)
        self._own = self._own or any(map(str.isalnum, text))

    def _add(self, node: Node) -> None:
        if node.role == "link":
            self._text.append(node.name)
            self._links.append(node)
        else:
            self._end()
            self.nodes.append(node)

    def _end(self) -> None:
        """Ends a run of text."""
        text = " ".join("".join(self._text).split())
        if self._own or (text and not self._links):
            self.nodes.append(Node("paragraph", text))
        self.nodes += self._links
        self._text, self._own, self._links = [], False, []

    def _mean(self, node: AXNode, told_role: str, number: int) -> None:
        """Takes an element that means something."""
        has, element = properties(node), self.document.attributes(number)
        role = BECOMES.get(told_role, told_role)
        if has.get("editable") == "richtext" and "contenteditable" in element:
            role = "textbox"
        if role == "button" and self.document.tag(number) == "input" and "file" in element.values():
            role = "textbox"
        name = " ".join(told(node, "name").split())
        if role in USED and not (role == "option" and self._is_native(node)):
            self._use(node, role, name, has, element, number)
        elif role in TEXTS:
            self._end()
            inside = self._new().of(node)
            text = name if role == "heading" and name else " ".join(_text(self.frame, node).split())
            if text:
                self.nodes.append(Node(role, text))
            self.nodes += [one for one in inside if one.ref]
        elif role in CELLS:
            self._end()
            self._cell(node, role, name)
        elif role == "listitem":
            self._end()
            self._item(node, number)
        elif role in KEPT or (role in KEPT_IF_NAMED and name):
            self._end()
            self._keep(node, role, name, has, element)
        else:
            self._through(node, number)

    def _use(
        self,
        node: AXNode,
        role: str,
        name: str,
        has: dict[str, Any],
        element: dict[str, str],
        number: int,
    ) -> None:
        """Takes what can be used."""
        states = set(states_of(role, has, element)) - {"unreachable"}
        if told(node, "role") == "DisclosureTriangle" and has.get("expanded") is False:
            states.add("collapsed")
        children: tuple[Node, ...] = ()
        if role == "combobox":
            children = tuple(self._options(node))
            if not children and (inner := [n for n in self._new().of(node) if n.role in USED]):
                for one in inner:
                    self._add(one if one.name else one._replace(name=name))
                return
        if not name and role not in BOXES | TICKED:
            name = " ".join(_text(self.frame, node).split()) or self._guessed(element)
        value = told(node, "value") if role in BOXES else ""
        ref = self._ref(number)
        self._add(Node(role, name, ref, value, tuple(sorted(states)), children))

    def _options(self, node: AXNode) -> Iterable[Node]:
        for key in node.get("childIds", ()):
            child = self.frame.nodes.get(key)
            if child is None:
                continue
            if told(child, "role") == "option":
                states = states_of("option", properties(child), {})
                name = " ".join(told(child, "name").split())
                yield Node("option", name, states=tuple(sorted(states)))
            else:
                yield from self._options(child)

    def _is_native(self, node: AXNode) -> bool:
        """Says whether an option is one of a native box that opens."""
        up: AXNode | None = node
        while up is not None and told(up, "role") not in ("MenuListPopup", "listbox"):
            up = self.frame.nodes.get(up.get("parentId", ""))
        return up is not None and told(up, "role") == "MenuListPopup"

    def _cell(self, node: AXNode, role: str, name: str) -> None:
        text = name or " ".join(_text(self.frame, node).split())
        inside = _named(self._new().of(node))
        children = [one for one in _flat(inside) if one.ref]
        self.nodes.append(Node(role, text, children=tuple(children)))

    def _item(self, node: AXNode, number: int) -> None:
        if button := self._clicked(node, number):
            self.nodes.append(Node("listitem", children=(button,)))
            return
        inside = _named(self._new().of(node))
        flat = all(one.role in FLAT and not one.children for one in inside)
        self.nodes.append(Node("listitem" if flat else "group", children=tuple(inside)))

    def _keep(
        self, node: AXNode, role: str, name: str, has: dict[str, Any], element: dict[str, str]
    ) -> None:
        inside = _named(self._new().of(node))
        if role == "group" and any(one.role == "radio" for one in inside):
            role = "radiogroup"
        if not inside and not name:
            return
        if role in NAMELESS:
            name = ""
        states = set(states_of(role, has, element)) - {"unreachable"}
        value = told(node, "value") if role in ("progressbar", "meter") else ""
        self.nodes.append(Node(role, name, "", value, tuple(sorted(states)), tuple(inside)))

    def _clicked(self, node: AXNode, number: int) -> Node | None:
        """Returns the button that an element without a role is, if it is one."""
        if not number or number not in self.document:
            return None
        element, document = self.document.attributes(number), self.document
        if document.tag(number) in NEVER_CLICKED or not document.tag(number):
            return None
        focusable = element.get("tabindex", "-1").lstrip("+").isdigit()
        if not (
            "onclick" in element
            or focusable
            or document.clickable(number)
            or document.pointed(number)
        ):
            return None
        inside = self._new().of(node)
        if any(one.ref or one.children for one in inside):
            return None
        box = document.box(number)
        if box is None or not box.width or not box.height:
            return None
        name = element.get("aria-label") or " ".join(one.name for one in inside)
        name = name or element.get("title", "") or self._guessed(element)
        return Node("button", " ".join(name.split()), self._ref(number)) if name else None

    def _guessed(self, element: dict[str, str]) -> str:
        return next(
            filter(None, (_words(element.get(k, "")) for k in ("title", "id", "class"))), ""
        )

    def _ref(self, number: int) -> str:
        ref = f"n{number}" if not self.frame.number else f"f{self.frame.number}n{number}"
        self.page.reading.note(ref, self.frame, number)
        return ref


def _text(frame: Frame, node: AXNode) -> str:
    """Returns all text in an element."""
    if told(node, "role") == "StaticText":
        return told(node, "name")
    if told(node, "role") == "LineBreak":
        return " "
    inside = (frame.nodes.get(key) for key in node.get("childIds", ()))
    between = "" if frame.document.inline(node.get("backendDOMNodeId", 0)) else " "
    return between + "".join(_text(frame, one) for one in inside if one) + between


def _labels(top: Frame) -> set[str]:
    """Returns the names of all controls of a page, frames included."""
    found = {
        " ".join(told(node, "name").split())
        for node in top.nodes.values()
        if BECOMES.get(told(node, "role"), told(node, "role")) in BOXES | TICKED
    }
    for frame in top.frames.values():
        found |= _labels(frame)
    return found


def _words(text: str) -> str:
    return " ".join(word.lower() for word in WORDS.findall(text))


def _flat(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        if node.ref:
            yield node
        elif node.children:
            yield from _flat(node.children)
        else:
            yield node


def _named(nodes: list[Node]) -> list[Node]:
    """Gives boxes without a name the text beside them: before, or after what is ticked."""
    named: list[Node] = []
    taken: set[int] = set()
    for place, node in enumerate(nodes):
        if node.name or node.role not in BOXES | TICKED:
            named.append(node)
            continue
        beside = place + 1 if node.role in TICKED else place - 1
        text = nodes[beside] if 0 <= beside < len(nodes) and beside not in taken else None
        if text and text.role == "paragraph" and len(text.name) <= LABEL_LENGTH:
            taken.add(beside)
            node = node._replace(name=text.name)
        named.append(node)
    return [node for place, node in enumerate(named) if place not in taken]
