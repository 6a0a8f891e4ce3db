"""Doing an action in a page with the mouse and the keyboard, as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.browser.devtools import DevToolsError
from palaestra.browser.frames import Element
from palaestra.errors import InvalidAction
from palaestra.kit.fit import is_typed_into
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

KEYS = {"Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, ""), "End": ("End", 35, "")}
CHOOSE = """function (name) {
  const told = option => (option.label || option.text).replace(/\\s+/g, " ").trim();
  const option = [...this.options].find(one => told(one) === name);
  if (!option) return false;
  option.selected = true;
  this.dispatchEvent(new Event("input", {bubbles: true}));
  this.dispatchEvent(new Event("change", {bubbles: true}));
  return true;
}"""
EMPTY = """function () {
  this.focus();
  if (this.select) this.select(); else getSelection().selectAllChildren(this);
}"""


def perform(tab: Tab, action: Action) -> str:
    """Does an action.

    Returns:
        What there is to say of it; "" if nothing.

    Raises:
        InvalidAction: If it does not fit the screen; nothing was done.
        DialogOpened: If a native dialog opened while it was done.
    """
    if action.op == "back":
        return _back(tab)
    node = (
        next((n for n in tab.view.screen.walk() if n.ref == action.ref), None) if tab.view else None
    )
    if node is None or not action.ref:
        raise InvalidAction(f"There is no element {action.ref[:80]!r} on this screen")
    if "disabled" in node.states:
        raise InvalidAction(f"{node.name} is disabled")
    if tab.dialog:
        return _answer(tab, action)
    element = tab.elements[action.ref]
    try:
        match action.op:
            case "click" | "check":
                _click(tab, element)
            case "fill":
                _fill(tab, element, node, action.text)
            case "select":
                _select(tab, element, action.text)
            case "press":
                tab.call("DOM.focus", {"backendNodeId": element.number}, element.session)
                _press(tab, action.text)
            case "scroll":
                tab.call("DOM.focus", {"backendNodeId": element.number}, element.session)
                _press(tab, "End")
            case _:
                raise InvalidAction(f"The page has no use for {action.op!r}")
    except DevToolsError as failure:
        return f"{node.name} cannot be used: {failure}"
    return ""


def _back(tab: Tab) -> str:
    told = tab.call("Page.getNavigationHistory")
    place = told["currentIndex"]
    if place < 1:
        raise InvalidAction("There is no earlier screen to go back to")
    tab.call("Page.navigateToHistoryEntry", {"entryId": told["entries"][place - 1]["id"]})
    return ""


def _answer(tab: Tab, action: Action) -> str:
    assert tab.dialog
    if action.op == "fill" and action.ref == "dialog:text":
        tab.dialog = tab.dialog._replace(text=action.text)
    elif action.op == "click":
        told = {"accept": action.ref == "dialog:ok", "promptText": tab.dialog.text}
        call = tab.send("Page.handleJavaScriptDialog", told)
        tab.dialog = None
        tab.results(call)
    else:
        raise InvalidAction("A dialog is open: it is to be answered first")
    return ""


def _click(tab: Tab, element: Element) -> None:
    where = {"backendNodeId": element.number}
    _, quads = tab.results(
        tab.send("DOM.scrollIntoViewIfNeeded", where, element.session),
        tab.send("DOM.getContentQuads", where, element.session),
    )
    if not quads["quads"]:
        raise InvalidAction("It cannot be seen")
    quad = quads["quads"][0]
    x, y = sum(quad[::2]) / 4 + element.x, sum(quad[1::2]) / 4 + element.y
    at = {"x": x, "y": y, "button": "left", "clickCount": 1}
    tab.results(
        tab.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y}),
        tab.send("Input.dispatchMouseEvent", {**at, "type": "mousePressed"}),
        tab.send("Input.dispatchMouseEvent", {**at, "type": "mouseReleased"}),
    )


def _fill(tab: Tab, element: Element, node: Node, text: str) -> None:
    if not is_typed_into(node):
        raise InvalidAction(f"Nothing can be typed into {node.name}")
    _on(tab, element, EMPTY)
    if text:
        tab.call("Input.insertText", {"text": text})
    else:
        _key(tab, "Delete", 46, "")


def _select(tab: Tab, element: Element, text: str) -> None:
    if not _on(tab, element, CHOOSE, text):
        raise InvalidAction(f"There is no option {text[:80]!r}")


def _press(tab: Tab, key: str) -> None:
    if key not in KEYS:
        raise InvalidAction(f"The keys here are {' and '.join(KEYS)}")
    _key(tab, *KEYS[key])


def _key(tab: Tab, key: str, code: int, text: str) -> None:
    told = {"key": key, "code": key, "windowsVirtualKeyCode": code}
    down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
    tab.results(
        tab.send("Input.dispatchKeyEvent", {**told, **down}),
        tab.send("Input.dispatchKeyEvent", {**told, "type": "keyUp"}),
    )


def _on(tab: Tab, element: Element, function: str, *arguments: str) -> object:
    """Calls a function on an element; returns what it returned."""
    found = tab.call("DOM.resolveNode", {"backendNodeId": element.number}, element.session)
    told = {
        "objectId": found["object"]["objectId"],
        "functionDeclaration": function,
        "arguments": [{"value": value} for value in arguments],
        "returnByValue": True,
    }
    return tab.call("Runtime.callFunctionOn", told, element.session)["result"].get("value")
