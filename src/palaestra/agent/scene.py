"""Where an element stands: the dialog, form, row and heading around it.

What a button does is often said by what stands around it and not by its own name. A Scene is also
what an approval is bound to: the element, its surroundings, and what stands in the boxes there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from palaestra.browser.dialogs import FOR_A_FILE
from palaestra.types import Node

INPUTS = frozenset((
    "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "slider", "switch",
))  # fmt: skip
HOLDERS = frozenset(("form", "dialog", "alertdialog", "group", "region", "search", "main"))
DIALOGS = frozenset(("dialog", "alertdialog"))
ROWS = frozenset(("row", "listitem"))
NAVIGATION = frozenset(("navigation", "tablist", "menubar", "banner"))
TEXTS = frozenset(("heading", "paragraph", "status", "alert", "cell", "rowheader", "text"))
LONGEST = 400
NONE: Mapping[str, str] = MappingProxyType({})


class Scene(NamedTuple):
    """An element and what is around it.

    Attributes:
        node: The element; one without a role where there is none of that ref.
        within: Roles of what it is in, the outermost first.
        dialog: Name and text of the dialog that it is in; "" if it is in none.
        heading: The heading that it stands under; "" if there is none.
        row: Text of the row or list item that it is in; "" if it is in none.
        form: Name and value of each input that it stands together with; empty where it stands with
            none.
        href: Where it leads, where that is known; "" else.
        takes_file: Whether what is filled in is the name of a file that is then uploaded.
    """

    node: Node
    within: tuple[str, ...] = ()
    dialog: str = ""
    heading: str = ""
    row: str = ""
    form: tuple[tuple[str, str], ...] = ()
    href: str = ""
    takes_file: bool = False

    @classmethod
    def of(cls, screen: Node, ref: str, attributes: Mapping[str, str] = NONE) -> Scene:
        """Finds an element on a screen.

        Args:
            screen: What is shown.
            ref: The element's address.
            attributes: The element's own, as far as they are known.
        """
        path = _path(screen, ref) if ref else None
        if path is None:
            return cls(Node(""))
        *around, node = path
        dialog = next((one for one in reversed(around) if one.role in DIALOGS), None)
        row = next((one for one in reversed(around) if one.role in ROWS), None)
        return cls(
            node,
            tuple(one.role for one in around),
            _text(dialog) if dialog else "",
            _heading(dialog or screen, ref),
            _text(row) if row else "",
            _form(around),
            attributes.get("href", "") or attributes.get("formaction", ""),
            attributes.get("type", "").lower() == "file" or node.name == FOR_A_FILE,
        )


def dialogs(screen: Node) -> frozenset[str]:
    """Returns the dialogs of a screen, each told as `Scene.dialog` tells it."""
    return frozenset(_text(node) for node in screen.walk() if node.role in DIALOGS)


def without(screen: Node, left_out: Collection[str]) -> Node:
    """Returns a screen without some of its dialogs, each told as `Scene.dialog` tells it."""
    return _kept(screen, lambda node: node.role not in DIALOGS or _text(node) not in left_out)


def notices(screen: Node) -> frozenset[str]:
    """Returns what a screen says has come of something, where there is nothing to do about it."""
    return frozenset(node.name for node in screen.walk() if _only_says(node))


def unsaid(screen: Node, old: Collection[str]) -> Node:
    """Returns a screen without the notices that say one of some things."""
    return _kept(screen, lambda node: not _only_says(node) or node.name not in old)


def _kept(screen: Node, keep: Callable[[Node], bool]) -> Node:
    """Returns a screen without the nodes below it that are not to be kept."""
    return screen._replace(children=tuple(_kept(n, keep) for n in screen.children if keep(n)))


def _only_says(node: Node) -> bool:
    return node.role in ("status", "alert") and not any(one.ref for one in node.walk())


def _path(node: Node, ref: str) -> list[Node] | None:
    """Returns the nodes from a screen down to an element; None if it is not there."""
    if node.ref == ref:
        return [node]
    for child in node.children:
        if found := _path(child, ref):
            return [node, *found]
    return None


def _text(node: Node) -> str:
    """Returns a part of a screen's name and running text, in one line."""
    told = [node.name, *(one.name for one in node.walk() if one.role in TEXTS)]
    return " ".join(dict.fromkeys(filter(None, told)))[:LONGEST]


def _heading(screen: Node, ref: str) -> str:
    """Returns the last heading before an element."""
    last = ""
    for node in screen.walk():
        if node.role == "heading":
            last = node.name
        if node.ref == ref:
            return last
    return ""


def _form(around: list[Node]) -> tuple[tuple[str, str], ...]:
    """Returns the inputs of the nearest holder that has some besides search boxes."""
    for holder in reversed(around):
        if holder.role in HOLDERS or holder is around[0]:
            inputs = tuple(_inputs(holder))
            if any(role != "searchbox" for role, _, _ in inputs):
                return tuple((name, value) for _, name, value in inputs)
        if holder.role in DIALOGS:
            break
    return ()


def _inputs(node: Node) -> Iterator[tuple[str, str, str]]:
    for one in node.walk():
        if one.role in INPUTS:
            ticked = " ".join(state for state in ("checked", "selected") if state in one.states)
            yield one.role, one.name, one.value or ticked
