"""Filling boxes: text is typed, other inputs are set, and what stands there then is read back.

What did not take is entered one other way, unless the page has done something with it and emptied
the box: that would be done twice. What still is not there is told. What a page makes of an entry is
accepted where it means the same (`written.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from palaestra.browser import keyboard, pointer
from palaestra.browser.devtools import DevToolsError, Told
from palaestra.browser.inside import Inside
from palaestra.browser.written import FORMS, agrees, amounts, typed_into
from palaestra.errors import InvalidAction

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

LINES = frozenset(("textarea", "editable"))
Way = Callable[["Tab", Inside, Told, str, str], str]
"""Enters a text into a box of some name; returns what is to stand there then."""
MOST_STEPS = 400
SHORT = 60
"""Characters of a value that are told."""


def fill(tab: Tab, inside: Inside, ready: Told, name: str, text: str) -> str:
    """Replaces what stands in a box.

    Args:
        tab: The page.
        inside: The box.
        ready: What `reach.js` said of it.
        name: What it is called.
        text: What is to stand there, as a goal writes it.

    Returns:
        What did not take, in words; "" if all is well.

    Raises:
        InvalidAction: If the box does not take such a text; nothing was done.
        DialogOpened: If a native dialog opened on it.
    """
    kind = ready["kind"]
    if ready["readonly"]:
        raise InvalidAction(f"Nothing can be typed into {name}")
    if (front := ready.get("front")) and front["wide"]:
        raise InvalidAction(f"{name} is covered by {front['name']!r}")
    value = typed_into(kind, text)
    if value is None and (value := typed_into(kind, text, month_first=ready["monthFirst"])):
        tab.news.doubt = f"{name} took {text} as {value}"
    if value is None:
        raise InvalidAction(f"{name} takes {FORMS[kind]}; {text[:SHORT]!r} is none")
    if "\n" in value and ready["typed"] and kind not in LINES:
        raise InvalidAction(f"{name} takes a single line")
    ways: list[tuple[Way, str]] = [(_set, "after"), (_key_in, "leave")]
    if not ready["set"]:
        ways = [(_type, "through"), (_type_each, "leave")]
    if not (ready["set"] or ready["typed"]):
        ways = [(_step if ready["steps"] else _type_over, "after")]
    elif ready["steps"] and not ready["set"]:
        ways[1] = (_step, "after")
    elif ready["free"] and ready["typed"]:
        del ways[1:]  # what it suggests by itself is not typed over
    now: Told = {}
    for way, ending in ways:
        try:
            wanted = way(tab, inside, ready, value, name)
            now = inside.rested(ending)
        except DevToolsError:
            return ""  # the page went elsewhere with it
        if not now["connected"] or _took(kind, wanted, now):
            return ""
        if now["shown"] in ("", ready["shown"]) and (now["changes"] or now["sent"]):
            tab.news.doubt = _told(name, kind, value, now)
            return ""
    return _told(name, kind, value, now)


def _took(kind: str, wanted: str, now: Told) -> bool:
    shown = str(now["shown"])
    if kind in ("range", "number") and wanted and shown:
        return float(wanted) == float(shown)
    return not now["bad"] and agrees(wanted, shown)


def _told(name: str, kind: str, wanted: str, now: Told) -> str:
    if kind == "password":
        return f"{name} does not show what was entered"
    shown = " ".join(str(now["shown"]).split())[:SHORT]
    return f"{name} shows {shown or 'nothing'} instead of {wanted[:SHORT] or 'nothing'}"


def _caret(tab: Tab, inside: Inside, ready: Told, name: str) -> None:
    if not ready["caret"]:
        if "x" in ready:
            pointer.click(tab, inside, ready, name)
        inside.call("caret")


def _type(tab: Tab, inside: Inside, ready: Told, text: str, name: str) -> str:
    _caret(tab, inside, ready, name)
    _enter(tab, ready, text)
    return text


def _type_each(tab: Tab, inside: Inside, ready: Told, text: str, name: str) -> str:
    """Types key by key, into a box emptied key by key."""
    inside.call("caret")
    keyboard.press(tab, "End")
    for _ in range(len(inside.call("read")["shown"])):
        keyboard.press(tab, "Backspace")
    _enter(tab, ready, text, each=True)
    return text


def _type_over(tab: Tab, inside: Inside, ready: Told, text: str, name: str) -> str:
    """Types into what only looks like a box: it has the caret somewhere once it is clicked."""
    pointer.click(tab, inside, ready, name)
    keyboard.press(tab, "Control+A")
    _enter(tab, ready, text)
    return text


def _step(tab: Tab, inside: Inside, ready: Told, text: str, name: str) -> str:
    """Turns a slider, or a box with a number, to a number with the arrows."""
    wanted = next(amounts(text), None)
    if wanted is None:
        raise InvalidAction(f"{name} takes a number, like 50; {text[:SHORT]!r} is none")
    inside.call("focus")
    for _ in range(MOST_STEPS):
        now = next(amounts(str(inside.call("turned"))), None)
        if now is None or now == wanted:
            break
        way, back = ("ArrowUp", "ArrowDown") if now < wanted else ("ArrowDown", "ArrowUp")
        keyboard.press(tab, way)
        after = next(amounts(str(inside.call("turned"))), None)
        if after is None or after == now:
            break  # it does not turn
        if abs(after - wanted) >= abs(now - wanted):
            keyboard.press(tab, back)  # it does not turn to just there
            break
    return text


def _enter(tab: Tab, ready: Told, text: str, *, each: bool = False) -> None:
    if not text:
        keyboard.press(tab, "Delete")
    elif ready["kind"] == "editable":
        for place, line in enumerate(text.split("\n")):
            if place:
                keyboard.press(tab, "Shift+Enter")
            keyboard.type_text(tab, line, each=each)
    else:
        keyboard.type_text(tab, text, each=each)


def _set(tab: Tab, inside: Inside, ready: Told, value: str, name: str) -> str:
    wanted = inside.call("set", value)
    if wanted is None:
        raise InvalidAction(f"{name} takes a colour, like #3366ff; {value[:SHORT]!r} is none")
    return str(wanted)


def _key_in(tab: Tab, inside: Inside, ready: Told, value: str, name: str) -> str:
    """Keys a value in as a person does: the parts of a date in the order of the page's language."""
    inside.call("focus")
    for key in inside.call("keys", value):
        keyboard.press(tab, key)
    return value
