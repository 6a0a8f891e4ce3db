"""A screen as the network sees it: a list of elements, each with three texts.

Every Node that can be used or read becomes an element, with its name, its value, and the texts
around it (the row it stands in, the label of the list it is chosen from). An element stands for
the one action it affords: a button is clicked, an option chosen, a box filled, a cell's text
answered. Refs are carried along to act with; the network never reads them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from palaestra.policies.network.tokens import Ints, Strings
from palaestra.types import Action, Node, Observation, Past

ROLES = (
    "link", "button", "textbox", "searchbox", "combobox", "checkbox", "option", "cell", "paragraph",
    "heading", "status", "alert", "columnheader", "document", "feedback", "done", "other",
    "past 1", "past 2", "past 3", "past 4",
)  # fmt: skip
ROLE = {role: number for number, role in enumerate(ROLES)}
STATES = (
    "ascending",
    "checked",
    "current",
    "descending",
    "disabled",
    "invalid",
    "required",
    "selected",
)
BIT = {state: 1 << number for number, state in enumerate(STATES)}
AFFORDS = {"link": "click", "button": "click", "checkbox": "click", "option": "select",
           "textbox": "fill", "searchbox": "fill", "cell": "answer", "paragraph": "answer",
           "done": "done"}  # fmt: skip
COLUMNS = 6
"""role, states, name, value, around (rows of the string table), usable (0 or 1)"""
REMEMBERED = 4
MAX_ELEMENTS = 400

Line = tuple[int, int, int, int, int, int]


class Screen(NamedTuple):
    """The elements of an observation.

    Attributes:
        lines: One line of numbers per element, shape (elements, COLUMNS).
        actions: What each element affords; for a box to fill, the text is still to come.
    """

    lines: Ints
    actions: list[Action]


class Reader:
    """Turns observations into elements; remembers pieces of screens that come again.

    Attributes:
        strings: Where the texts are numbered.
    """

    def __init__(self, strings: Strings) -> None:
        self.strings = strings
        self._kept: dict[int, tuple[object, str, list[Line], list[Action]]] = {}

    def read(self, observation: Observation) -> Screen:
        """Returns the elements of what an agent sees."""
        lines: list[Line] = []
        actions: list[Action] = []
        self._add(lines, actions, "done", "", "", "", (), Action("done"))
        for back, past in enumerate(reversed(observation.past[-REMEMBERED:]), 1):
            self._past(lines, actions, back, past)
        if observation.feedback:
            self._add(lines, actions, "feedback", observation.feedback)
        self._walk(observation.screen, "", lines, actions)
        del lines[MAX_ELEMENTS:], actions[MAX_ELEMENTS:]
        return Screen(np.array(lines, np.int32), actions)

    def _add(
        self,
        lines: list[Line],
        actions: list[Action],
        role: str,
        name: str,
        value: str = "",
        around: str = "",
        states: tuple[str, ...] = (),
        action: Action | None = None,
    ) -> None:
        bits = 0
        for state in states:
            bits |= BIT.get(state, 0)
        usable = action is not None and "disabled" not in states
        number = self.strings.number
        role_number = ROLE.get(role, ROLE["other"])
        lines.append((role_number, bits, number(name), number(value), number(around), int(usable)))
        actions.append(action or Action("done"))

    def _past(self, lines: list[Line], actions: list[Action], back: int, past: Past) -> None:
        self._add(lines, actions, f"past {back}", past.name, past.text)

    def _walk(self, node: Node, heading: str, lines: list[Line], actions: list[Action]) -> str:
        """Adds a node and what is in it; returns the heading that the next node stands under."""
        role = node.role
        if role == "heading":
            self._add(lines, actions, role, node.name)
            return node.name
        if role == "table":
            self._table(node, lines, actions)
        elif role in ("navigation", "combobox"):
            self._keep(node, heading, lines, actions)
        elif node.ref:
            self._use(node, heading, lines, actions)
        elif role == "paragraph":
            self._add(
                lines, actions, role, "", node.name, heading, (), Action("answer", text=node.name)
            )
        elif node.children:
            for child in node.children:
                heading = self._walk(child, heading, lines, actions)
        elif node.name:
            self._add(lines, actions, role, node.name)
        return heading

    def _use(self, node: Node, around: str, lines: list[Line], actions: list[Action]) -> None:
        op = AFFORDS.get(node.role)
        action = Action(op, node.ref) if op else None  # type: ignore[arg-type]
        self._add(lines, actions, node.role, node.name, node.value, around, node.states, action)

    def _keep(self, node: Node, around: str, lines: list[Line], actions: list[Action]) -> None:
        """Adds a node that often comes again as the very same object."""
        kept = self._kept.get(id(node))
        if kept is None or kept[0] is not node or kept[1] != around:
            fresh_lines: list[Line] = []
            fresh_actions: list[Action] = []
            match node.role:
                case "combobox":
                    self._add(
                        fresh_lines,
                        fresh_actions,
                        node.role,
                        node.name,
                        node.value,
                        around,
                        node.states,
                    )
                    for option in node.children:
                        action = Action("select", node.ref, option.name)
                        self._add(
                            fresh_lines,
                            fresh_actions,
                            "option",
                            option.name,
                            "",
                            node.name,
                            option.states,
                            action,
                        )
                case "row":
                    self._row(
                        node, around.split("\n") if around else [], fresh_lines, fresh_actions
                    )
                case _:
                    for child in node.children:
                        self._use(child, node.name, fresh_lines, fresh_actions)
            if len(self._kept) > 20_000:
                self._kept.clear()
            kept = self._kept[id(node)] = (node, around, fresh_lines, fresh_actions)
        lines += kept[2]
        actions += kept[3]

    def _table(self, table: Node, lines: list[Line], actions: list[Action]) -> None:
        header = ""
        for row in table.children:
            if row.children and row.children[0].role == "columnheader":
                header = "\n".join(cell.name for cell in row.children)
                for cell in row.children:
                    for inside in cell.children:
                        self._use(inside, "sort", lines, actions)
            else:
                self._keep(row, header, lines, actions)

    def _row(self, row: Node, columns: list[str], lines: list[Line], actions: list[Action]) -> None:
        """Adds the cells of a row under their columns' names, and what can be used in them."""
        whole = " ".join(cell.name for cell in row.children)
        key = row.children[0].name
        for place, cell in enumerate(row.children):
            if cell.role == "rowheader":
                continue
            label = columns[place] if place < len(columns) else key
            first = cell.children[0] if cell.children else None
            if first is None or (first.role, first.name) == ("link", cell.name):
                around = key if columns else ""
                self._add(
                    lines,
                    actions,
                    "cell",
                    label,
                    cell.name,
                    around,
                    (),
                    Action("answer", text=cell.name),
                )
            for inside in cell.children:
                self._use(inside, whole, lines, actions)
