"""Doing an action in a page with the mouse and the keyboard, as a person would.

Nothing is done twice here: where an action may have been received and what came of it is not known,
the next look tells. Values that are entered are the exception: they are read back (`filling.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.browser import choosing, dialogs, filling, keyboard, pointer, uploads
from palaestra.browser.devtools import DevToolsError, Told
from palaestra.browser.inside import Inside
from palaestra.errors import InvalidAction
from palaestra.kit.fields import UNTYPABLE
from palaestra.kit.fit import MAX_TYPED
from palaestra.types import Action

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

MOVING = 5.0
"""Seconds that going back may take to begin."""
TICKED = frozenset(("checkbox", "radio"))
DIRECTIONS = {"": True, "down": True, "up": False}


def perform(tab: Tab, action: Action) -> str:
    """Does an action.

    Returns:
        What there is to say of it: what did not take, where a page put it back; "" if nothing.

    Raises:
        InvalidAction: If it does not fit the screen; nothing was done.
        DialogOpened: If a native dialog opened while it was done.
        PageLost: If the page is gone.
        TooLate: If the deadline passes; it may have been done.
    """
    if len(action.text) > MAX_TYPED:
        raise InvalidAction(f"The text is longer than {MAX_TYPED} characters")
    if UNTYPABLE.search(action.text):
        raise InvalidAction("The text has characters that nobody can type")
    if tab.dialog:
        return dialogs.answer(tab, action)
    if action.op == "back":
        return _back(tab)
    if action.op == "press" and not action.ref:
        keyboard.press(tab, action.text)
        return ""
    node = tab.node(action.ref)
    if node is None:
        raise InvalidAction(f"There is no element {action.ref[:80]!r} on this screen")
    name = node.name or f"The {node.role}"
    if "disabled" in node.states:
        raise InvalidAction(f"{name} is disabled")
    inside = Inside(tab, tab.elements[action.ref])
    try:
        return _use(tab, inside, name, action)
    except DevToolsError as failure:
        return f"{name} cannot be used any more: {failure}"
    finally:
        inside.let_go()


def _use(tab: Tab, inside: Inside, name: str, action: Action) -> str:
    if action.op == "scroll":
        return _scroll(tab, inside, name, action.text)
    ready: Told = inside.call("ready", action.op)
    if ready.get("gone"):
        raise InvalidAction(f"{name} is no longer there")
    if ready["disabled"]:
        raise InvalidAction(f"{name} is disabled")
    kind = ready["kind"]
    match action.op:
        case "click" if kind == "option":
            return choosing.click_option(tab, inside, name)
        case "click" if kind == "select" and not ready["multiple"]:
            raise InvalidAction(f"{name} is a box to select from")
        case "click" if kind in TICKED:
            return choosing.check(tab, inside, ready, name)
        case "click" if ready["hovers"] and pointer.opens(tab, inside, ready, name):
            return ""
        case "click":
            pointer.click(tab, inside, ready, name)
        case "check":
            return choosing.check(tab, inside, ready, name, action.text)
        case "fill" if kind == "file":
            paths = uploads.files(tab, inside.element, name, action.text)
            uploads.give(tab, inside.element, paths)
        case "fill" if kind in ("button", "submit", "option", *TICKED):
            raise InvalidAction(f"Nothing can be typed into {name}")
        case "select" if ready["typed"] and not ready["free"]:
            raise InvalidAction(f"{name} is no box to select from")
        case "fill" if kind != "select":
            return filling.fill(tab, inside, ready, name, action.text)
        case "fill" | "select":
            return choosing.select(tab, inside, ready, name, action.text)
        case "press":
            if not inside.call("focus"):
                raise InvalidAction(f"{name} does not take keys")
            keyboard.press(tab, action.text)
        case _:
            raise InvalidAction(f"The page has no use for {str(action.op)[:40]!r}")
    return ""


def _scroll(tab: Tab, inside: Inside, name: str, direction: str) -> str:
    if direction not in DIRECTIONS:
        raise InvalidAction("A list is scrolled down or up")
    down = DIRECTIONS[direction]
    told: Told = inside.call("scroll", down)
    if "x" in told:
        x, y = pointer.spot(tab, inside, told, name)
        pointer.turn_wheel(tab, x, y, down=down)
    return ""


def _back(tab: Tab) -> str:
    told = tab.call("Page.getNavigationHistory")
    place, entries = told["currentIndex"], told["entries"]
    if place < 1 or entries[place - 1]["url"] == "about:blank":
        raise InvalidAction("There is no earlier screen to go back to")
    before = tab.news.moves
    tab.call("Page.navigateToHistoryEntry", {"entryId": entries[place - 1]["id"]})
    tab.wait_until(lambda: tab.news.moves != before, MOVING)
    return ""
