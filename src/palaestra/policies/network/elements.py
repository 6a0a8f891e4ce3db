"""A screen as the network sees it: a list of elements, each with three texts.

Every Node that can be used or read becomes an element, with its name, its value, and the texts
around it (the row it stands in, the label of the list it is chosen from). An element stands for
the one action it affords: a button is clicked, an option chosen, a box filled, a cell's text
answered. Refs are carried along to act with; the network never reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from palaestra.kit.fit import is_typed_into
from palaestra.policies.network.tokens import Ints, Strings
from palaestra.types import Action, Node, Observation, Op

ROLES = (
    "link", "button", "textbox", "searchbox", "combobox", "checkbox", "option", "cell", "paragraph",
    "heading", "status", "alert", "columnheader", "document", "feedback", "done", "other",
    "past 1", "past 2", "past 3", "past 4", "radio", "tab", "region", "dialog",
)  # fmt: skip
ROLE = {role: number for number, role in enumerate(ROLES)}
STATES = (
    "ascending", "checked", "collapsed", "current", "descending", "disabled", "editable",
    "expanded", "invalid", "pressed", "readonly", "required", "selected",
)  # fmt: skip
BIT = {state: 1 << number for number, state in enumerate(STATES)}
AFFORDS: dict[str, Op] = {
    "link": "click",
    "button": "click",
    "checkbox": "click",
    "textbox": "fill",
    "searchbox": "fill",
    "option": "click",
    "radio": "click",
    "tab": "click",
    "region": "scroll",
}
NAMING = frozenset(("listbox", "radiogroup", "dialog"))
"""What is in them stands under their name, as under a heading."""
TABLES = frozenset(("table", "grid"))
COLUMNS = 7
"""role, states, name, value, around (rows of the string table), usable (0 or 1), and the text of
the whole row that it stands in (a row of the string table; 0 outside of rows)"""
REMEMBERED = 4
MAX_ELEMENTS = 400
MOST_KEPT = 20_000

Line = tuple[int, int, int, int, int, int, int]


class Screen(NamedTuple):
    """The elements of an observation.

    Attributes:
        lines: One line of numbers per element, shape (elements, COLUMNS).
        actions: What each element affords; for a box to fill, the text is still to come.
    """

    lines: Ints
    actions: list[Action]


class Sheet:
    """Elements as they are written down, one after the other.

    Attributes:
        strings: Where the texts are numbered.
        row: The text of the row that is being written down (a row of the string table).
        lines: The elements.
        actions: What each affords.
    """

    def __init__(self, strings: Strings) -> None:
        self.strings = strings
        self.row = 0
        self.lines: list[Line] = []
        self.actions: list[Action] = []

    def add(
        self,
        role: str,
        name: str,
        value: str = "",
        around: str = "",
        states: tuple[str, ...] = (),
        action: Action | None = None,
    ) -> None:
        """Adds an element; without an action, or disabled, it can only be looked at."""
        bits = 0
        for state in states:
            bits |= BIT.get(state, 0)
        usable = action is not None and "disabled" not in states
        number = self.strings.number
        kind = ROLE.get(role, ROLE["other"])
        texts = number(name), number(value), number(around)
        self.lines.append((kind, bits, *texts, int(usable), self.row))
        self.actions.append(action or Action("done"))

    def use(self, node: Node, around: str) -> None:
        """Adds a node that can be used."""
        op = AFFORDS.get(node.role)
        if node.role == "combobox":
            op = "fill" if is_typed_into(node) else "click"
        elif op == "fill" and not is_typed_into(node):
            op = None
        text = "down" if op == "scroll" else ""
        action = Action(op, node.ref, text) if op else None
        self.add(node.role, node.name, node.value, around, node.states, action)

    def extend(self, other: Sheet) -> None:
        """Adds all elements of another sheet."""
        self.lines += other.lines
        self.actions += other.actions


class Reader:
    """Turns observations into elements; remembers pieces of screens that come again.

    Attributes:
        strings: Where the texts are numbered.
    """

    def __init__(self, strings: Strings) -> None:
        self.strings = strings
        self._kept: dict[int, tuple[Node, object, Sheet]] = {}

    def read(self, observation: Observation) -> Screen:
        """Returns the elements of what an agent sees, `MAX_ELEMENTS` at most."""
        sheet = Sheet(self.strings)
        sheet.add("done", "", action=Action("done"))
        for back, past in enumerate(reversed(observation.past[-REMEMBERED:]), 1):
            sheet.add(f"past {back}", past.name, past.text)
        if observation.feedback:
            sheet.add("feedback", observation.feedback)
        self._walk(observation.screen, "", sheet)
        lines = np.array(sheet.lines[:MAX_ELEMENTS], np.int32)
        return Screen(lines, sheet.actions[:MAX_ELEMENTS])

    def _walk(self, node: Node, heading: str, sheet: Sheet) -> str:
        """Adds a node and what is in it; returns the heading that the next node stands under."""
        role = node.role
        if role == "heading":
            sheet.add(role, node.name)
            return node.name
        if role in TABLES:
            self._table(node, sheet)
        elif role == "listitem":
            sheet.extend(self._kept_or(_item, node, heading))
        elif role == "navigation":
            sheet.extend(self._kept_or(_navigation, node, None))
        elif role == "combobox" and node.children:
            sheet.extend(self._kept_or(_combobox, node, heading))
        elif node.ref and not node.children:
            sheet.use(node, heading)
        elif role == "paragraph":
            sheet.add(role, "", node.name, heading, (), Action("answer", text=node.name))
        elif node.children:
            if node.ref:
                sheet.use(node, heading)
            if role in NAMING:
                heading = node.name
            for child in node.children:
                heading = self._walk(child, heading, sheet)
        elif node.name:
            sheet.add(role, "", node.name, heading, (), Action("answer", text=node.name))
        return heading

    def _kept_or(self, write: Callable[[Node, Any, Sheet], None], node: Node, about: Any) -> Sheet:
        """Returns what is written of a node; it often comes again as the very same object."""
        kept = self._kept.get(id(node))
        if kept is None or kept[0] is not node or kept[1] != about:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            kept = self._kept[id(node)] = (node, about, Sheet(self.strings))
            write(node, about, kept[2])
        return kept[2]

    def _table(self, table: Node, sheet: Sheet) -> None:
        columns: tuple[str, ...] = ()
        for row in table.children:
            if row.children and row.children[0].role == "columnheader":
                columns = tuple(cell.name for cell in row.children)
                for cell in row.children:
                    for inside in cell.children:
                        sheet.use(inside, "sort")
            elif row.children:
                sheet.extend(self._kept_or(_row, row, columns))


def _navigation(navigation: Node, _: None, sheet: Sheet) -> None:
    for node in navigation.walk():
        if node.ref:
            sheet.use(node, navigation.name)


def _combobox(box: Node, heading: str, sheet: Sheet) -> None:
    """Adds a box and what can be chosen from it."""
    sheet.add(box.role, box.name, box.value, heading, box.states)
    barred = ("disabled",) if "disabled" in box.states else ()
    for option in box.children:
        action = Action("select", box.ref, option.name)
        sheet.add("option", option.name, "", box.name, option.states + barred, action)


def _row(row: Node, columns: tuple[str, ...], sheet: Sheet) -> None:
    """Adds the cells of a row under their columns' names, and what can be used in them."""
    whole = " ".join(cell.name for cell in row.children)
    key = row.children[0].name
    sheet.row = sheet.strings.number(whole)
    for place, cell in enumerate(row.children):
        if cell.role == "rowheader":
            continue
        label = columns[place] if place < len(columns) else key
        first = cell.children[0] if cell.children else None
        if cell.name and (first is None or (first.role, first.name) == ("link", cell.name)):
            answer = Action("answer", text=cell.name)
            sheet.add("cell", label, cell.name, key if columns else "", (), answer)
        around = whole if first is None or first.name == cell.name else cell.name
        for inside in cell.children:
            _use(inside, around, sheet)


def _item(item: Node, heading: str, sheet: Sheet) -> None:
    """Adds an item of a list: what it tells, like the cells of a row, and what can be used."""
    names = [node.name for node in item.children if node.role in ("link", "paragraph")]
    whole, key = " ".join(names), names[0] if names else ""
    sheet.row = sheet.strings.number(whole)
    for node in item.children:
        if node.role == "paragraph":
            label, colon, told = node.name.partition(": ")
            label, told = (label, told) if colon else (heading, node.name)
            sheet.add("cell", label, told, key, (), Action("answer", text=told))
        elif node.ref:
            _use(node, whole, sheet)


def _use(node: Node, around: str, sheet: Sheet) -> None:
    """Adds what can be used in a row or an item; of a box to select from, what can be chosen."""
    if node.role == "combobox" and node.children:
        _combobox(node, around, sheet)
    else:
        sheet.use(node, around)
