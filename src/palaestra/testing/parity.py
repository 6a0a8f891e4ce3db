"""Parity: the page in Chromium and the Session in this process are the same application.

The same actions are done to both, to the page with Playwright's mouse and keyboard. After each one
the accessibility tree that Chromium computes must say what our Nodes say, and the records must have
the same digest.

What is normalised before two trees are compared, and why:

- Elements that Chromium ignores, and those without a meaning of their own (generic, none, rowgroup,
  the popup of a select, labels, running text) are left out, and their children take their place.
- `status`, `alert` and `paragraph` take no name from their content in WAI-ARIA: their text is read
  as their name, as it is in a Node. `row` and `main` have none in a Node; Chromium's is not read.
- White space in names is collapsed, as accname-1.2 does on the page; values are compared exactly.
- `aria-current`, `aria-sort` and `aria-required` are not in what DevTools tells of Chromium's tree
  (the last one not for selects and checkboxes): these states are read from the element itself.

Focus, live regions, heading levels and other properties that Nodes do not have are not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from palaestra.errors import InvalidAction, PalaestraError
from palaestra.faces.page import Visit, Visits, running
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.types import Action, Node, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TRANSPARENT = frozenset((
    "none", "generic", "rowgroup", "MenuListPopup", "LabelText", "StaticText", "InlineTextBox",
))  # fmt: skip
TEXTS = frozenset(("status", "alert", "paragraph"))
NAMELESS = frozenset(("row", "main"))
LEAVES = frozenset(("textbox", "searchbox", "option", *TEXTS))
STATES = frozenset((
    "busy", "checked", "disabled", "expanded", "invalid", "modal", "pressed", "readonly",
    "selected",
))  # fmt: skip
PATIENCE_MS = 10_000


def tree_of(page: Page) -> Node:
    """Reads the accessibility tree that Chromium computed, as Nodes.

    Args:
        page: A page that shows an application.

    Raises:
        PalaestraError: If no application is shown.
    """
    devtools = page.context.new_cdp_session(page)
    try:
        computed = devtools.send("Accessibility.getFullAXTree")["nodes"]
        document = devtools.send("DOM.getDocument", {"depth": -1})["root"]
    finally:
        devtools.detach()
    return _Computed(computed, dict(_attributes(document))).root()


def compare(node: Node, found: Node) -> list[str]:
    """Compares our tree with one that `tree_of` read.

    Returns:
        What differs, a line each; nothing where the trees are equal.
    """
    return list(_differences(_collapsed(node), found, node.role))


def parity(
    app: App,
    seed: int,
    skin: int,
    actions: Iterable[Action],
    browser: Browser,
    disturbance: int = 0,
) -> list[str]:
    """Does the same actions to a page and to a Session, and compares after each.

    What cannot be done in a browser at all (using what is not there or is disabled, emptying an
    empty field, going back from the first screen) is left out on both sides.

    Args:
        app: The application.
        seed: Of the data.
        skin: Of the look.
        actions: What is done.
        browser: A Chromium.
        disturbance: Of what goes wrong on the way.

    Returns:
        What differs, a line each, up to the first action after which anything does.
    """
    start = Start(app.name, seed, skin, disturbance)
    session = Session.at(app, start)
    visits = Visits(start, lambda _: app)
    with running(visits) as url:
        key = visits.open()
        visit = visits.get(key)
        assert visit is not None
        page = browser.new_page()
        try:
            page.set_default_timeout(PATIENCE_MS)
            page.goto(f"{url}v/{key}")
            page.wait_for_selector("html[data-live=yes]")
            found = _difference("at the start", session, visit, page)
            for place, action in enumerate(actions, 1):
                if found or not possible(session, action):
                    continue
                perform(page, session.targets().get(action.ref), action)
                page.wait_for_selector('html[data-waiting="0"]', state="attached")
                session.dispatch(action)
                when = f"after {place}. {' '.join(action)[:120]}"
                found = _difference(when, session, visit, page)
            return found
        finally:
            page.close()


def _difference(when: str, session: Session, visit: Visit, page: Page) -> list[str]:
    found = compare(session.screen(), tree_of(page))
    if session.digest() != visit.session.digest():
        found.append("the records differ")
    return [f"{when}: {line}" for line in found]


def possible(session: Session, action: Action) -> bool:
    """Says whether a person could do this in a browser, and the Session would take it."""
    node = session.targets().get(action.ref)
    if node and action.op == "fill" and not action.text and not node.value:
        return False
    try:
        session.fork().dispatch(action)
    except InvalidAction:
        return False
    return True


def perform(page: Page, node: Node | None, action: Action) -> None:
    """Does an action with mouse and keyboard."""
    if action.op == "back":
        page.go_back(wait_until="commit")
        return
    assert node is not None
    element = page.locator(f'[data-ref="{action.ref}"]')
    if action.op == "select":
        element.select_option(action.text)
    elif action.op == "press":
        element.focus()
        page.keyboard.press(action.text)
    elif action.op == "scroll":
        element.focus()
        page.keyboard.press("End")
    elif action.op == "fill":
        element.focus()
        page.keyboard.press("Control+A")
        if action.text:
            page.keyboard.insert_text(action.text)
        else:
            page.keyboard.press("Delete")
    else:
        element.click()


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
    for told in node.get("properties", ()):
        if told["name"] in STATES and told["value"].get("value") not in (False, "false", None):
            yield told["name"]
    if element.get("aria-required") == "true":
        yield "required"
    if "aria-current" in element:
        yield "current"
    if "aria-sort" in element:
        yield element["aria-sort"]
    if element.get("aria-expanded") == "false":
        yield "collapsed"
    if _told(node, "role") == "combobox" and "aria-autocomplete" in element:
        yield "editable"


def _attributes(node: dict[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yields the attributes of every element, by the number that both trees know it by."""
    flat = node.get("attributes", ())
    if flat:
        yield node["backendNodeId"], dict(zip(flat[::2], flat[1::2], strict=True))
    for child in node.get("children", ()):
        yield from _attributes(child)


def _collapsed(node: Node) -> Node:
    name, states = " ".join(node.name.split()), tuple(sorted(node.states))
    return node._replace(name=name, states=states, children=tuple(map(_collapsed, node.children)))


def _differences(ours: Node, theirs: Node, path: str) -> Iterator[str]:
    for what, our, their in zip(Node._fields[:-1], ours, theirs, strict=False):
        if our != their:
            yield f"{path}: {what} is {our!r}, in Chromium {their!r}"
    for place, (one, other) in enumerate(zip_longest(ours.children, theirs.children)):
        if one is None or other is None:
            lost, where = (one, "in Chromium") if other is None else (other, "in the Session")
            yield f"{path}: {lost.role} {lost.name!r} is not {where}"
            return
        yield from _differences(one, other, f"{path} > {one.role}[{place}]")
