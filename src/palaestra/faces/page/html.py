"""Nodes as HTML: real elements with real roles, grouped so that a style sheet can lay them out.

Chromium must compute the same tree from this HTML as the Nodes it was made of. So whatever is here
for the eye only has no role, or is hidden from the tree (`aria-hidden`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from palaestra.faces.page.element import Html, element, join
from palaestra.kit.skin import Skin
from palaestra.types import Node

FIELDS = frozenset(("textbox", "combobox", "checkbox"))
NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
NOTHING = "—"
TONES = {
    "good": ("active", "approved", "paid", "open", "posted", "done", "confirmed", "received"),
    "busy": ("submitted", "pending", "in progress", "sent", "waiting", "scheduled"),
    "bad": ("rejected", "void", "on hold", "overdue", "cancelled", "blocked", "reversed"),
}
"""Words in a column called Status, by the tone they are drawn in; all others are grey."""


def draw(screen: Node, skin: Skin) -> Html:
    """Draws a screen as the HTML of the application's part of the page.

    Raises:
        ValueError: If the screen has a role that no element here stands for.
    """
    return element(
        "div",
        Drawing(screen.name).all(screen.children),
        id="app",
        role="document",
        aria_label=screen.name,
        data_theme=skin.theme,
        data_nav=skin.nav,
        data_dense=str(skin.dense).lower(),
    )


class Drawing:
    """One screen being drawn; keeps ids apart where a screen has the same ref twice."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.seen: dict[str, int] = {}
        self.headings = 0

    def all(self, nodes: tuple[Node, ...]) -> Html:
        """Draws elements one after the other."""
        return join(*map(self.one, nodes))

    def one(self, node: Node) -> Html:
        """Draws an element and what is in it."""
        match node.role:
            case "navigation":
                brand = element("div", self.title, class_="brand", aria_hidden="true")
                return element("nav", brand, self.all(node.children), aria_label=node.name)
            case "main":
                return element("main", self.groups(node.children))
            case "dialog":
                inside = self.groups(node.children)
                return element("div", inside, role="dialog", aria_label=node.name)
            case "status" | "alert":
                return element("div", node.name, class_="notice", role=node.role)
            case "heading":
                self.headings += 1
                return element("h1" if self.headings == 1 else "h2", node.name, tabindex="-1")
            case "paragraph":
                return element("p", node.name)
            case "link":
                current = "page" if "current" in node.states else ""
                address = self.address(node)
                return element("a", node.name, href=f"#{node.ref}", aria_current=current, **address)
            case "button":
                return self.button(node)
            case "searchbox":
                said = {"aria_label": node.name, "placeholder": node.name, "value": node.value}
                return element("input", type="search", **said, **self.address(node))
            case "table":
                return self.table(node)
        if node.role in FIELDS:
            return self.field(node)
        raise ValueError(f"The page face has no element for the role {node.role!r}")

    def address(self, node: Node) -> dict[str, str]:
        """Returns what the browser names an element by, and the morph keeps it by."""
        again = self.seen[node.ref] = self.seen.get(node.ref, 0) + 1
        return {"id": f"r-{node.ref}{f'~{again}' if again > 1 else ''}", "data_ref": node.ref}

    def button(self, node: Node) -> Html:
        """Draws a button; what it is for decides its colour."""
        verb = node.ref.partition(":")[0]
        main = verb in ("save", "yes") or (verb == "new" and self.headings == 1)
        tone = "main" if main else "danger" if verb == "delete" else "plain"
        off = "disabled" in node.states
        return element(
            "button", node.name, type="button", class_=tone, disabled=off, **self.address(node)
        )

    def field(self, node: Node, wrong: str = "") -> Html:
        """Draws an input with its label.

        Args:
            node: The input.
            wrong: What is wrong with it, in words; "" where nothing is said here.
        """
        address = self.address(node)
        box = address["id"]
        required, checked = "required" in node.states, "checked" in node.states
        common: dict[str, str | bool] = {
            **address,
            "aria_required": "true" if required else "",
            "aria_invalid": "true" if "invalid" in node.states else "",
            "aria_describedby": f"{box}-wrong" if wrong else "",
            "autocomplete": "off",
        }
        star = element("span", " *", class_="star", aria_hidden="true") if required else Html()
        label = element("label", node.name, star, for_=box)
        said = element("p", wrong, class_="wrong", id=f"{box}-wrong") if wrong else Html()
        if node.role == "checkbox":
            control = element("input", type="checkbox", checked=checked, **common)
            return element("div", control, label, said, class_="field tick")
        if node.role == "combobox":
            options = [
                element("option", o.name, value=o.name, selected="selected" in o.states)
                for o in node.children
            ]
            control = element("select", *options, **common)
        elif "\n" in node.value:
            # The parser drops one line feed after the tag, so one is given to be dropped.
            control = element("textarea", f"\n{node.value}", rows="4", **common)
        else:
            control = element("input", type="text", value=node.value, **common)
        return element("div", label, control, said, class_="field")

    def groups(self, nodes: tuple[Node, ...]) -> Html:
        """Draws elements in groups: a heading with its buttons, the fields, the buttons below."""
        told = {
            place: two.name for place, (one, two) in enumerate(pairwise(nodes))
            if one.role in FIELDS and "invalid" in one.states and two.role == "paragraph"
        }  # fmt: skip
        summary = not told and any("invalid" in node.states for node in nodes)
        groups: list[tuple[str, list[Html]]] = []
        for place, node in enumerate(nodes):
            if place - 1 in told:
                continue  # it stands in its field
            wanted = _group(node, groups[-1][0] if groups else "")
            if not groups or wanted != groups[-1][0] or node.role == "heading":
                groups.append((wanted, []))
            if node.role in FIELDS:
                drawn = self.field(node, told.get(place, ""))
            elif summary and node.role == "paragraph":
                drawn = element("p", node.name, class_="wrong")
            else:
                drawn = self.one(node)
            groups[-1][1].append(drawn)
        return join(*[element("div", *inside, class_=name) for name, inside in groups])

    def table(self, node: Node) -> Html:
        """Draws a table: a list under column headers, or the fields of one record."""
        # The role is said as well, lest Chromium take a small table for mere layout.
        named = {"role": "table", "aria_label": node.name}
        if not any(cell.role == "columnheader" for cell in node.children[0].children):
            rows = [self.row(r, ["", _kind(r.children[0].name, [])]) for r in node.children]
            return element("table", element("tbody", *rows), class_="record", **named)
        header, *rest = node.children
        kinds = [
            _kind(head.name, [row.children[place].name for row in rest])
            for place, head in enumerate(header.children)
        ]
        head = element("thead", self.row(header, kinds))
        body = element("tbody", *[self.row(row, kinds) for row in rest])
        return element("table", head, body, class_="list", **named)

    def row(self, row: Node, kinds: list[str]) -> Html:
        """Draws a row; `kinds` says what the columns hold."""
        return element("tr", *map(self.cell, row.children, kinds))

    def cell(self, cell: Node, kind: str) -> Html:
        """Draws a cell of a table, or one of its headers."""
        inside = self.all(cell.children) or join(cell.name)
        if cell.role == "rowheader":
            return element("th", inside, scope="row")
        if cell.role == "columnheader":
            order = next((s for s in cell.states if s in ("ascending", "descending")), "")
            return element("th", inside, scope="col", class_=kind, aria_sort=order)
        if kind == "status" and not cell.children:
            tone = next((t for t, words in TONES.items() if cell.name.casefold() in words), "grey")
            inside = element("span", inside, class_=f"pill {tone}")
        return element("td", inside, class_=kind)


def _group(node: Node, before: str) -> str:
    """Says which group an element belongs to, coming after one in the group `before`."""
    match node.role:
        case "textbox" | "combobox" | "checkbox":
            return "fields"
        case "table":
            return "sheet"
        case "status" | "alert" | "dialog":
            return "over"
        case "heading":
            return "head"
        case "button" | "searchbox" if before == "head":
            return "head"
        case "paragraph" if before not in ("sheet", "foot"):
            return "prose"
        case "button" | "paragraph":
            return "foot"
    return "prose"


def _kind(label: str, texts: list[str]) -> str:
    """Says what a column holds, as far as it matters to the eye; "" for plain text."""
    texts = [text for text in texts if text != NOTHING]
    if label.casefold() in ("status", "state", "stage"):
        return "status"
    for kind, form in (("number", NUMBER), ("date", DATE)):
        if texts and all(form.fullmatch(text) for text in texts):
            return kind
    return ""
