"""Parity: the page in Chromium and the Session in this process are the same application.

The same actions are done to both, to the page with Playwright's mouse and keyboard. After each one
the accessibility tree that Chromium computes (`computed.py`) must say what our Nodes say, and the
records must have the same digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from palaestra.browser.computed import tree_of
from palaestra.errors import InvalidAction
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.types import Action, Node, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_MS = 60_000
CLICKS = {"checkbox": "Space", "radio": "Space", "combobox": "Space"}
"""Keys that are as good as a click, by role, where it is not Enter."""


class Compared(NamedTuple):
    """What came of doing the same to both.

    Attributes:
        actions: How many were done and compared.
        differences: What differs, a line each, after the first action after which anything does.
    """

    actions: int
    differences: list[str]


def compare(node: Node, found: Node) -> list[str]:
    """Compares our tree with one that `tree_of` read.

    Returns:
        What differs, a line each; nothing where the trees are equal.
    """
    return list(_differences(_collapsed(node), found, node.role))


def parity(
    app: App,
    start: Start,
    actions: Iterable[Action],
    browser: Browser,
    *,
    mouse: bool = True,
    progress: Callable[[], None] = lambda: None,
) -> Compared:
    """Does the same actions to a page and to a Session, and compares after each.

    What cannot be done in a browser at all (using what is not there or is disabled, emptying an
    empty field, going back from the first screen) is left out on both sides.

    Args:
        app: The application.
        start: Where both begin.
        actions: What is done.
        browser: A Chromium.
        mouse: Whether a click is one of the mouse; else the key is pressed that stands for it.
        progress: Called after each action.
    """
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
            devtools = page.context.new_cdp_session(page)
            done, when = 0, "at the start"
            upcoming = iter(actions)
            while True:
                found = compare(session.screen(), tree_of(devtools))
                if session.digest() != visit.session.digest():
                    found.append("the records differ")
                action = next((a for a in upcoming if possible(session, a)), None)
                if found or action is None:
                    return Compared(done, [f"{when}: {line}" for line in found])
                perform(page, session.targets().get(action.ref), action, mouse=mouse)
                page.wait_for_selector('html[data-waiting="0"]', state="attached")
                session.dispatch(action)
                done += 1
                progress()
                when = f"after {done}. {' '.join(action)[:120]}"
        finally:
            page.close()


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


def perform(page: Page, node: Node | None, action: Action, *, mouse: bool = True) -> None:
    """Does an action with mouse and keyboard, or with the keyboard alone."""
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
    elif mouse or {"editable", "expanded"} <= set(node.states):  # no key closes an open one again
        element.click()
    else:
        element.focus()
        typed = node.role == "combobox" and "editable" in node.states
        page.keyboard.press("ArrowDown" if typed else CLICKS.get(node.role, "Enter"))


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
