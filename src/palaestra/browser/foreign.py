"""A page that is not ours, brought into the form that our own screens have.

- Text that belongs to nothing else is a `paragraph`: one for each run of text in a line, whatever
  is bold in it. The links in a run follow it.
- What can be clicked without having a role (it listens for clicks, shows the hand, or can have the
  focus) is a `button`, unless something in it can be used.
- What is typed, in whatever widget (a number, a date, rich text, a file's name), is a `textbox`;
  what has no name gets one (`naming.py`).
- Tables for the layout, and containers without a name, give way to what is in them. A list of terms
  is a table. An item of a list in which there is more than text and controls is a `group`.
- Blocks that are built alike are a list (`alike.py`).
- What is scrolled, the page itself too, is a `region` with a ref.
- Passwords are dots, as Chromium tells them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from palaestra.browser import alike
from palaestra.browser.frames import Frame, Reading
from palaestra.browser.naming import (
    BOXES,
    TICKED,
    beside,
    by_column,
    complete,
    guessed,
    paired,
    plain,
)
from palaestra.browser.states import properties, states_of, told
from palaestra.types import Node

AXNode = dict[str, Any]

BECOMES = {
    "Date": "textbox", "DateTime": "textbox", "InputTime": "textbox", "ColorWell": "textbox",
    "spinbutton": "textbox", "switch": "checkbox", "menuitem": "button",
    "menuitemcheckbox": "checkbox", "menuitemradio": "radio", "treeitem": "button",
    "DisclosureTriangle": "button", "DisclosureTriangleGrouped": "button",
    "popUpButton": "button", "alertdialog": "dialog", "gridcell": "cell", "image": "img",
    "treegrid": "grid", "doc-link": "link", "contentinfo": "region", "banner": "region",
}  # fmt: skip
"""Roles that our Nodes do not have, and what stands for them."""
DRAWN_BY_LABEL = {"checkbox": "checkbox", "radio": "radio", "file": "button"}
"""Inputs that a page may hide and draw anew in their label, and the role that this then has."""
USED = frozenset((
    "link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "option", "tab",
    "slider",
))  # fmt: skip
"""Roles of what can be used."""
TEXTS = frozenset(("paragraph", "heading", "status", "alert"))
"""Roles that are told by all the text in them; what can be used in them follows."""
TABLES = frozenset(("table", "grid"))
KEPT = frozenset((
    "main", "navigation", "dialog", "list", "row", "radiogroup", "listbox", "tablist", "menu",
    "progressbar", "img", "meter", *TABLES,
))  # fmt: skip
KEPT_IF_NAMED = frozenset(("region", "group", "form", "search"))
CELLS = frozenset(("cell", "columnheader", "rowheader"))
MEANT = frozenset((*KEPT, *TEXTS, *CELLS, "listitem", "DescriptionList", "graphics-symbol"))
PLAIN = frozenset(("none", "generic", "article", "region"))
"""Roles that say nothing of how what is in them belongs together."""
NAMELESS = frozenset(("row", "main"))
UNSAID = frozenset(("ListMarker", "InlineTextBox", "Legend", "caption", "Video", "Audio"))
NEVER_CLICKED = frozenset((
    "", "html", "body", "#document", "label", "option", "optgroup", "form", "fieldset",
))  # fmt: skip
FLAT = frozenset((*USED, "paragraph", "img"))
MOST_PARTS, MOST_TEXT = 3, 120
"""Parts and characters of what is still one button, going only by its listening for clicks."""


class Foreign:
    """A foreign page while it is read.

    Attributes:
        top: Its top frame.
        reading: What was read so far.
        labels: The names of what is to be entered: text that says the same is not said again.
        known: What is in elements that were read, by frame and id.
    """

    def __init__(self, top: Frame) -> None:
        self.top = top
        self.reading = Reading(Node("document"), ours=False)
        self.labels = set(_labels(top))
        self.known: dict[tuple[int, str], list[Node]] = {}

    def read(self) -> Reading:
        """Reads the page, all its frames included."""
        reading, title = self.reading, plain(self.top.document.title)
        screen = Node("document", title, children=tuple(self.all(self.top)))
        reading.screen = complete(screen, {r: e.attributes for r, e in reading.elements.items()})
        return reading

    def all(self, frame: Frame) -> list[Node]:
        """Reads what is in a frame."""
        root = next(iter(frame.nodes.values()), None)
        if root is None:
            return []
        nodes = beside(Inside(self, frame).of(root))
        if frame.document.is_long:
            number = frame.document.root
            nodes.append(Node("region", "Page", self.ref(frame, number)))
        return nodes

    def ref(self, frame: Frame, number: int) -> str:
        """Returns the ref of an element, and writes down what it stands for."""
        ref = f"f{frame.number}n{number}" if frame.number else f"n{number}"
        self.reading.note(ref, frame, number)
        return ref


class Inside:
    """What is in an element, while it is read: Nodes, and the text that stands between them."""

    def __init__(self, page: Foreign, frame: Frame) -> None:
        self.page, self.frame, self.document = page, frame, frame.document
        self.nodes: list[Node] = []
        self._text: list[str] = []
        self._says = False
        self._links: list[Node] = []

    def of(self, node: AXNode) -> list[Node]:
        """Returns what is in an element."""
        self._take_all(node)
        self._end()
        return self.nodes

    def _in(self, node: AXNode) -> list[Node]:
        """Returns what is in an element; it may be asked for again, and is read only once."""
        key = (self.frame.number, node["nodeId"])
        if key not in self.page.known:
            self.page.known[key] = Inside(self.page, self.frame).of(node)
        return list(self.page.known[key])

    def _children(self, node: AXNode) -> Iterator[AXNode]:
        for key in node.get("childIds", ()):
            if child := self.frame.nodes.get(key):
                yield child

    def _all_text(self, node: AXNode) -> str:
        return plain(_text(self.frame, node))

    def _take_all(self, node: AXNode) -> None:
        """Takes all that is in an element; blocks that are built alike as a list."""
        for built, group in groupby(self._children(node), self._built):
            blocks = list(group)
            if built and len(blocks) >= alike.FEWEST and (items := self._alike(blocks)):
                self._end()
                self.nodes.append(Node("list", children=tuple(items)))
            else:
                for child in blocks:
                    self._take(child)

    def _built(self, node: AXNode) -> str:
        number = node.get("backendDOMNodeId", 0)
        if node.get("role") and told(node, "role") not in PLAIN:
            return ""
        return alike.kind(
            self.document.tag(number), self.document.attributes(number).get("class", "")
        )

    def _alike(self, blocks: list[AXNode]) -> list[Node]:
        """Returns the items that blocks are; none where one of them is something else."""
        items = []
        for block in blocks:
            number = block.get("backendDOMNodeId", 0)
            clicked = self._is_clicked(number)
            inside = self._clicked(block, number) if clicked else beside(self._in(block))
            if not (one := alike.item(inside)):
                return []
            items.append(one)
        return items

    def _take(self, node: AXNode) -> None:
        role, number = told(node, "role"), node.get("backendDOMNodeId", 0)
        if role == "StaticText":
            self._say(told(node, "name"))
        elif role == "LineBreak":
            self._end()
        elif role in UNSAID:
            return
        elif role in ("Iframe", "IframePresentational"):
            self._end()
            if inner := self.frame.frames.get(number):
                self.nodes += self.page.all(inner)
        elif number and self.document.is_scrolled(number) and BECOMES.get(role, role) not in USED:
            self._end()
            name, ref = plain(told(node, "name")), self.page.ref(self.frame, number)
            inside = tuple(beside(self._without_scrolling(node, role, number)))
            self.nodes.append(Node("region", name, ref, "", (), inside))
        else:
            self._mean(node, role, number)

    def _without_scrolling(self, node: AXNode, role: str, number: int) -> list[Node]:
        twin = Inside(self.page, self.frame)
        if role in KEPT:
            twin._mean(node, role, number)
            return twin.nodes
        return twin.of(node)

    def _through(self, node: AXNode, number: int) -> None:
        """Goes on with what is in an element that means nothing itself."""
        if self._is_clicked(number):
            inside = self._clicked(node, number)
            self._end()
            self.nodes += inside
            return
        is_block = not self.document.is_inline(number)
        if is_block:
            self._end()
        self._take_all(node)
        if is_block:
            self._end()

    def _say(self, text: str) -> None:
        self._text.append(text)
        self._says = self._says or any(map(str.isalnum, text))

    def _add(self, node: Node) -> None:
        if node.role == "link" and node.ref:
            self._text.append(node.name)
            self._links.append(node)
        else:
            self._end()
            self.nodes.append(node)

    def _end(self) -> None:
        """Ends a run of text."""
        text = plain("".join(self._text))
        if self._says or (text and not self._links):
            self.nodes.append(Node("paragraph", text))
        self.nodes += self._links
        self._text, self._says, self._links = [], False, []

    def _mean(self, node: AXNode, told_role: str, number: int) -> None:
        """Takes an element by what it means."""
        if node["ignored"]:
            self._through(node, number)
            return
        if told_role == "LabelText":
            self._label(node, number)
            return
        element, has = self.document.attributes(number), properties(node)
        role, name = self._role(told_role, number, has, element), plain(told(node, "name"))
        if role in USED:
            self._use(node, role, name, has, number)
            return
        if role not in MEANT and not (name and role in KEPT_IF_NAMED):
            self._through(node, number)
            return
        self._end()
        if role == "img" and self._is_clicked(number):
            self.nodes += self._clicked(node, number, name)
        elif role in TEXTS:
            text = self._all_text(node) or name
            inside = self._in(node)
            if text:
                self.nodes.append(Node(role, text))
            self.nodes += [one for one in inside if one.ref or one.children]
        elif role in CELLS:
            self.nodes.append(self._cell(node, role, name, number))
        elif role == "listitem":
            self.nodes.append(self._item(node, number))
        elif role == "graphics-symbol":
            self.nodes += self._shape(node, name, number)
        elif role == "DescriptionList":
            self.nodes += self._terms(node)
        else:
            self.nodes += self._holder(node, role, name, has, element)

    def _role(self, role: str, number: int, has: dict[str, Any], element: dict[str, str]) -> str:
        if has.get("editable") == "richtext" and "contenteditable" in element:
            return "textbox"
        is_file = role == "button" and element.get("type", "").lower() == "file"
        if is_file and self.document.tag(number) == "input":
            return "textbox"
        return BECOMES.get(role, role)

    def _label(self, node: AXNode, number: int) -> None:
        """Takes a label: where it names something, its text is told by that.

        One whose input is not drawn stands for it: it is what a person ticks.
        """
        hidden = self.document.hidden_behind(number)
        element = self.document.attributes(hidden)
        if role := DRAWN_BY_LABEL.get(element.get("type", "")):
            states = {"disabled", "required"} & set(element)
            if self.document.is_checked(hidden):
                states.add("checked")
            ref = self.page.ref(self.frame, hidden)
            self._add(Node(role, self._all_text(node), ref, "", tuple(sorted(states))))
            return
        if self._all_text(node) not in self.page.labels:
            self._through(node, number)
            return
        for one in self._in(node):
            if one.role != "paragraph":
                self._add(one)

    def _use(self, node: AXNode, role: str, name: str, has: dict[str, Any], number: int) -> None:
        """Takes what can be used."""
        element = self.document.attributes(number)
        states = set(states_of(role, has, element)) - {"unreachable"}
        children: tuple[Node, ...] = ()
        if role == "combobox":
            children = tuple(self._options(node))
            inside = [] if children else [one for one in self._in(node) if one.role in BOXES]
            for one in inside:  # the box of an older kind of combobox, which holds it
                self._add(one._replace(name=one.name or name))
            if inside:
                return
        elif told(node, "role").startswith("Disclosure") and has.get("expanded") is False:
            states.add("collapsed")
        if not name and role not in BOXES | TICKED:
            name = self._all_text(node) or guessed(element, box=False)
        value = told(node, "value") if role in BOXES else ""
        ref = self.page.ref(self.frame, number)
        self._add(Node(role, name, ref, value, tuple(sorted(states)), children))

    def _options(self, node: AXNode) -> Iterator[Node]:
        """Yields what can be chosen in a native box; it has no ref, for the box has."""
        for child in self._children(node):
            if told(child, "role") == "option":
                states = tuple(sorted(states_of("option", properties(child), {})))
                yield Node("option", plain(told(child, "name")), states=states)
            else:
                yield from self._options(child)

    def _cell(self, node: AXNode, role: str, name: str, number: int) -> Node:
        text = name or self._all_text(node)
        inside = [one for one in _flat(beside(self._in(node))) if one.ref]
        if not inside and text and self._is_clicked(number):
            inside = [Node("button", text, self.page.ref(self.frame, number))]
        return Node(role, text, children=tuple(inside))

    def _item(self, node: AXNode, number: int) -> Node:
        clicked = self._is_clicked(number)
        inside = self._clicked(node, number) if clicked else beside(self._in(node))
        is_flat = all(one.role in FLAT and not one.children for one in inside)
        return Node("listitem" if is_flat else "group", children=tuple(inside))

    def _shape(self, node: AXNode, name: str, number: int) -> list[Node]:
        """Takes a drawn shape: it can be clicked, or has a name."""
        element = self.document.attributes(number)
        name = name or plain(f"{element.get('fill', '')} {self.document.tag(number)}")
        if self._is_clicked(number):
            return [Node("button", name, self.page.ref(self.frame, number))]
        return [Node("img", name)] if told(node, "name") else []

    def _terms(self, node: AXNode) -> list[Node]:
        cells = []
        for child in self._children(node):
            is_pair = told(child, "role") in ("term", "definition")
            for one in (child,) if is_pair else self._children(child):  # a div may hold them
                kind = told(one, "role")
                if kind in ("term", "definition"):
                    number = one.get("backendDOMNodeId", 0)
                    cells.append((kind, self._cell(one, "cell", "", number)))
        return [Node("table", children=tuple(paired(cells)))] if cells else self._in(node)

    def _holder(
        self,
        node: AXNode,
        role: str,
        name: str,
        has: dict[str, Any],
        element: dict[str, str],
    ) -> list[Node]:
        """Takes what holds other elements."""
        inside = beside(self._in(node))
        number = node.get("backendDOMNodeId", 0)
        if role == "row" and inside and self._is_clicked(number):
            inside = self._row_clicked(inside, number)
        elif role in TABLES:
            inside = by_column(inside)
        elif role == "group" and any(one.role == "radio" for one in inside):
            role = "radiogroup"
        if not inside and not name:
            return []
        states = set(states_of(role, has, element)) - {"unreachable"}
        value = told(node, "value") if role in ("progressbar", "meter") else ""
        name = "" if role in NAMELESS else name
        return [Node(role, name, "", value, tuple(sorted(states)), tuple(inside))]

    def _row_clicked(self, cells: list[Node], number: int) -> list[Node]:
        """Puts the click on a row of a table on its first cell, unless more is in there."""
        first = cells[0]
        if first.children or any(cell.role == "columnheader" for cell in cells):
            return cells
        button = Node("button", first.name, self.page.ref(self.frame, number))
        return [first._replace(children=(button,)), *cells[1:]]

    def _is_clicked(self, number: int) -> bool:
        """Says whether an element is there to be clicked, whatever its role."""
        document = self.document
        if not number or document.tag(number) in NEVER_CLICKED:
            return False
        element = document.attributes(number)
        return (
            "onclick" in element
            or element.get("tabindex", "-").isdigit()
            or document.listens(number)
            or document.is_pointed_at(number)
        )

    def _clicked(self, node: AXNode, number: int, named: str = "") -> list[Node]:
        """Returns what an element is that can be clicked and has no role: a button, most often.

        Where something in it can be used, it is one only if it shows the hand itself; and where it
        only listens, it is none if there is much in it: then it listens for what is in there.
        """
        document, element = self.document, self.document.attributes(number)
        inside = beside(self._in(node))
        box, shows = document.box(number), document.is_pointed_at(number)
        more = [one for one in inside if one.ref or one.children]
        names = [one.name for one in inside if one not in more and one.name]
        name = " ".join(names[:1] if more else names)
        is_much = len(inside) > MOST_PARTS or len(name) > MOST_TEXT
        only_listens = not (shows or "onclick" in element or "tabindex" in element)
        if not box or not box.width or not box.height:
            return inside
        if (more and not shows) or (is_much and only_listens):
            return inside
        name = named or plain(element.get("aria-label") or name) or guessed(element, box=False)
        return [Node("button", name, self.page.ref(self.frame, number)), *more] if name else inside


def _text(frame: Frame, node: AXNode) -> str:
    """Returns all text in an element."""
    role = told(node, "role")
    if role in ("StaticText", "LineBreak"):
        return told(node, "name")
    if role in UNSAID:
        return ""
    inside = [frame.nodes[key] for key in node.get("childIds", ()) if key in frame.nodes]
    inside = [one for one in inside if _is_text(told(one, "role"))]
    between = "" if frame.document.is_inline(node.get("backendDOMNodeId", 0)) else " "
    return between + "".join(_text(frame, one) for one in inside) + between


def _is_text(role: str) -> bool:
    """Says whether what an element says is part of the text around it."""
    return role == "link" or BECOMES.get(role, role) not in USED


def _labels(top: Frame) -> Iterator[str]:
    for node in top.nodes.values():
        role = told(node, "role")
        if BECOMES.get(role, role) in BOXES | TICKED and not node["ignored"]:
            yield plain(told(node, "name"))
    for frame in top.frames.values():
        yield from _labels(frame)


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.ref or not node.children:
            yield node
        else:
            yield from _flat(node.children)
