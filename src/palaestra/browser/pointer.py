"""The mouse: where an element is in the window, and clicks and turns of the wheel there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from palaestra.browser.devtools import Told
from palaestra.browser.frames import Element
from palaestra.browser.inside import Inside
from palaestra.errors import InvalidAction

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

NOTCH = 120
"""CSS pixels of one turn of a wheel."""
COMING = 3.0
"""Seconds that the mouse may take to come to an element in another process."""


def click(tab: Tab, inside: Inside, ready: Told, name: str) -> None:
    """Clicks an element.

    Args:
        tab: The page.
        inside: The element.
        ready: What `reach.js` said of it.
        name: What it is called.

    Raises:
        InvalidAction: If a mouse does not reach it; nothing was done.
        DialogOpened: If a native dialog opened on it.
    """
    come = spot if inside.element.session == tab.session else _come
    x, y = come(tab, inside, ready, name)
    at = {"x": x, "y": y, "button": "left", "clickCount": 1}
    tab.results(
        tab.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y}),
        tab.send("Input.dispatchMouseEvent", {**at, "type": "mousePressed", "buttons": 1}),
        tab.send("Input.dispatchMouseEvent", {**at, "type": "mouseReleased"}),
    )


def _come(tab: Tab, inside: Inside, ready: Told, name: str) -> tuple[float, float]:
    """Moves the mouse to an element, in another process until it is there; returns the point.

    Chromium finds the frame under the mouse in what was drawn last, so just after something was
    scrolled a click would go to whatever had been there before.
    """
    near = inside.element.session == tab.session
    late = time.monotonic() + COMING
    while True:
        x, y = spot(tab, inside, ready, name)
        tab.call("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
        if near or inside.call("hovered"):
            return x, y
        if time.monotonic() > late:
            raise InvalidAction(f"{name} is not under the mouse where it is drawn")


def opens(tab: Tab, inside: Inside, ready: Told, name: str) -> bool:
    """Says whether an item of a menu opens another one when the mouse comes to it; it does then.

    Raises:
        InvalidAction: If a mouse does not reach it.
    """
    _come(tab, inside, ready, name)
    return bool(inside.rested("after")["expanded"])


def turn_wheel(tab: Tab, x: float, y: float, *, down: bool) -> None:
    """Turns the wheel once over a point of the window."""
    told = {"type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": NOTCH if down else -NOTCH}
    tab.call("Input.dispatchMouseEvent", told)


def spot(tab: Tab, inside: Inside, ready: Told, name: str) -> tuple[float, float]:
    """Returns the point of the window where a mouse hits an element.

    Raises:
        InvalidAction: If there is none.
    """
    if front := ready.get("front"):
        raise InvalidAction(f"{name} is covered by {front['name']!r}")
    if "x" not in ready:
        raise InvalidAction(f"{name} cannot be seen, so no mouse reaches it")
    if not ready["apart"]:
        return ready["x"], ready["y"]
    where = inside.where
    session = inside.element.session
    tab.call("DOM.scrollIntoViewIfNeeded", where, session)
    quads = tab.call("DOM.getContentQuads", where, session)["quads"]
    if not quads:
        raise InvalidAction(f"{name} cannot be seen, so no mouse reaches it")
    x = ready["x"] + quads[0][0] - ready["left"]
    y = ready["y"] + quads[0][1] - ready["top"]
    while session != tab.session:  # a frame in another process knows nothing of what is around it
        session, number = tab.owner(session)
        frame = Inside(tab, Element(session, number, 0, 0.0, 0.0, "iframe", {}))
        around = frame.call("around", x, y)
        if around is None:
            raise InvalidAction(f"{name} is covered by something in front of its frame")
        x, y = around["x"], around["y"]
    return x, y
