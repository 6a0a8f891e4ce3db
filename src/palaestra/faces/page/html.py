"""Nodes as HTML: real elements with real roles, grouped so that a style sheet can lay them out.

Chromium must compute the same tree from this HTML as the Nodes it was made of. So whatever is here
for the eye only has no role, or is hidden from the tree (`aria-hidden`).
"""

from __future__ import annotations

from palaestra.faces.page import control, sheet
from palaestra.faces.page.control import FIELDS
from palaestra.faces.page.element import Html, element, join
from palaestra.kit.skin import Skin
from palaestra.types import Node

BOXES = {
    "list": "ul", "listitem": "li", "listbox": "div", "tablist": "div", "menu": "div",
}  # fmt: skip
"""Roles that only hold others, and the elements that hold them."""


def draw(screen: Node, skin: Skin, language: str = "en") -> Html:
    """Draws a screen as the HTML of the application's part of the page.

    Args:
        screen: What it shows.
        skin: How it looks.
        language: What it speaks, for whoever reads it aloud.

    Raises:
        ValueError: If the screen has a role that no element here stands for.
    """
    alone = all(node.role == "main" for node in screen.children)
    return element(
        "div",
        Drawing(screen.name).all(screen.children),
        id="app",
        role="document",
        aria_label=screen.name,
        lang=language,
        data_theme=skin.theme,
        data_nav="none" if alone else skin.nav,
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
            case "dialog" | "group" | "region":
                return self.section(node)
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
            case "option" | "tab" | "menuitem":
                return self.item(node)
            case "searchbox":
                said = {"aria_label": node.name, "placeholder": node.name, "value": node.value}
                return element("input", type="search", **said, **self.address(node))
            case "table" | "grid":
                return sheet.table(self, node)
        if node.role in FIELDS:
            return control.field(self, node, [])
        if node.role in BOXES:
            return self.box(node)
        raise ValueError(f"The page face has no element for the role {node.role!r}")

    def address(self, node: Node) -> dict[str, str]:
        """Returns what the browser names an element by, and the morph keeps it by."""
        if not node.ref:
            return {}
        again = self.seen[node.ref] = self.seen.get(node.ref, 0) + 1
        word = node.ref.replace(" ", "_")
        return {"id": f"r-{word}{f'~{again}' if again > 1 else ''}", "data_ref": node.ref}

    def button(self, node: Node, text: str = "") -> Html:
        """Draws a button; what it is for decides its colour.

        Args:
            node: The button.
            text: What stands on it, where that is not its name.
        """
        verb = node.ref.partition(":")[0]
        main = verb in ("save", "yes") or (verb == "new" and self.headings == 1)
        main = main or node.ref == "step:next"
        tone = "main" if main else "danger" if verb == "delete" else "plain"
        opened = {"expanded": "true", "collapsed": "false"}
        return element(
            "button",
            text or node.name,
            type="button",
            class_=tone,
            disabled="disabled" in node.states,
            aria_label=node.name if text else "",
            aria_expanded=next((opened[s] for s in node.states if s in opened), ""),
            aria_pressed="true" if "pressed" in node.states else "",
            **self.address(node),
        )

    def item(self, node: Node) -> Html:
        """Draws one of several that can be clicked: a tab, an option of an open list."""
        selected = "true" if "selected" in node.states else "false"
        return element(
            "button" if node.role == "tab" else "div",
            node.name,
            role=node.role,
            tabindex="0" if node.ref else "",
            type="button" if node.role == "tab" else "",
            disabled=node.role == "tab" and "disabled" in node.states,
            aria_selected="" if node.role == "menuitem" else selected,
            **self.address(node),
        )

    def box(self, node: Node) -> Html:
        """Draws what only holds other elements; a list without items keeps its role."""
        return element(
            BOXES[node.role], self.all(node.children), role=node.role, aria_label=node.name
        )

    def section(self, node: Node) -> Html:
        """Draws a part of the screen with a name of its own."""
        return element(
            "section",
            self.groups(node.children),
            role=node.role,
            aria_label=node.name,
            aria_modal="true" if "modal" in node.states else "",
            tabindex="0" if node.ref else "",
            **self.address(node),
        )

    def groups(self, nodes: tuple[Node, ...]) -> Html:
        """Draws elements in groups: a heading with its buttons, the fields, the buttons below."""
        summary = _is_summed_up(nodes)
        groups: list[tuple[str, list[Html]]] = []
        place = 0
        while place < len(nodes):
            node, followers, wrong = nodes[place], list[Node](), ""
            place += 1
            if node.role in FIELDS:
                while place < len(nodes) and control.follows(nodes[place], node):
                    followers.append(nodes[place])
                    place += 1
                told = nodes[place] if place < len(nodes) else None
                if told and told.role == "paragraph" and "invalid" in node.states:
                    wrong = told.name
                    place += 1
            wanted = _group(node, groups[-1][0] if groups else "")
            if not groups or wanted != groups[-1][0] or node.role == "heading":
                groups.append((wanted, []))
            if node.role in FIELDS:
                drawn = control.field(self, node, followers, wrong)
            elif summary and node.role == "paragraph":
                drawn = element("p", node.name, class_="wrong")
            else:
                drawn = self.one(node)
            groups[-1][1].append(drawn)
        return join(*[element("div", *inside, class_=name) for name, inside in groups])


def _is_summed_up(nodes: tuple[Node, ...]) -> bool:
    """Says whether what is wrong in a form stands above its fields."""
    first = next((place for place, node in enumerate(nodes) if node.role in FIELDS), len(nodes))
    wrong = any("invalid" in node.states for node in nodes)
    return wrong and any(node.role == "paragraph" for node in nodes[:first])


def _group(node: Node, before: str) -> str:
    """Says which group an element belongs to, coming after one in the group `before`."""
    if node.role in FIELDS:
        return "head" if node.ref.startswith(("filter:", "choice:")) else "fields"
    match node.role:
        case "table" | "grid":
            return "sheet"
        case "region" if node.ref:
            return "sheet"
        case "group" | "region":
            return "columns"
        case "list" | "menu" | "listbox":
            return "items"
        case "status" | "alert" | "dialog":
            return "over"
        case "heading":
            return "head"
        case "button" | "searchbox" | "link" if before == "head":
            return "head"
        case "paragraph" if before not in ("sheet", "foot", "items"):
            return "prose"
        case "button" | "paragraph":
            return "foot"
    return "prose"
