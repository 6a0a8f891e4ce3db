"""Choosing: options of native boxes and of boxes that scripts draw, and what is ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.browser import keyboard, pointer
from palaestra.browser.devtools import DevToolsError, Told
from palaestra.browser.inside import Inside
from palaestra.errors import InvalidAction

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

TICKED = {
    "": None, "true": True, "on": True, "yes": True, "checked": True,
    "false": False, "off": False, "no": False, "unchecked": False,
}  # fmt: skip
"""What `check` may say of how a box is to be afterwards; without a word it is turned."""


def select(tab: Tab, inside: Inside, ready: Told, name: str, text: str) -> str:
    """Chooses what a box is to have, by the words of its options.

    In a box for several, the options may be told a line each or with commas between them.

    Returns:
        What did not take, in words; "" if all is well.

    Raises:
        InvalidAction: If there is no such option, or it is barred; nothing was done.
        DialogOpened: If a native dialog opened on it.
    """
    if ready["kind"] != "select":
        return _pick(tab, inside, ready, name, text)
    if (front := ready.get("front")) and front["wide"]:
        raise InvalidAction(f"{name} is covered by {front['name']!r}")
    told = inside.call("choose", [text])
    if "missing" in told and ready["multiple"]:
        wanted = text.split("\n") if "\n" in text else text.split(", ")
        told = inside.call("choose", [one.strip() for one in wanted])
    return _chosen(tab, inside, told, name)


def click_option(tab: Tab, inside: Inside, name: str) -> str:
    """Chooses an option of a native box by itself; in a box for several it is turned."""
    return _chosen(tab, inside, inside.call("turn"), name)


def _chosen(tab: Tab, inside: Inside, told: Told, name: str) -> str:
    if "missing" in told:
        raise InvalidAction(f"{name} has no option {told['missing'][:80]!r}")
    if "barred" in told:
        raise InvalidAction(f"{told['barred']} cannot be chosen")
    wanted = ", ".join(told["chosen"])
    if told.get("same"):
        return ""
    try:
        now = inside.rested("after")
        if not now["connected"] or now["shown"] == wanted:
            return ""
        acted = bool(now["changes"] or now["sent"])
        if not acted and (keys := inside.call("reaching", wanted)):
            inside.call("focus")
            for key in keys:
                keyboard.press(tab, key)
            now = inside.rested("after")
    except DevToolsError:
        return ""  # the page went elsewhere with it
    if not now["connected"] or now["shown"] == wanted:
        return ""
    said = f"{name} shows {now['shown'] or 'nothing'} instead of {wanted or 'nothing'}"
    if not acted:
        return said
    tab.news.doubt = said  # a box that is a menu does what is chosen, and shows nothing of it
    return ""


def _pick(tab: Tab, inside: Inside, ready: Told, name: str, text: str) -> str:
    """Chooses from a box that a script draws: opens it where it is closed, and clicks."""
    option = inside.find("option", text, False)
    if option is None:
        pointer.click(tab, inside, ready, name)
        inside.rested("after")
        option = inside.find("option", text, True)
    if option is None:
        raise InvalidAction(f"{name} has no option {text[:80]!r}")
    pointer.click(tab, option, option.call("ready", "click"), text)
    return ""


def check(tab: Tab, inside: Inside, ready: Told, name: str, text: str = "") -> str:
    """Ticks a box or picks a radio button, or turns it where it is not said which.

    Returns:
        What did not take, in words; "" if all is well.

    Raises:
        InvalidAction: If it cannot be reached; nothing was done.
        DialogOpened: If a native dialog opened on it.
    """
    if text.lower() not in TICKED:
        raise InvalidAction(f"{name} is ticked or not; {text[:80]!r} is neither")
    was, wanted = ready.get("checked"), TICKED[text.lower()]
    if was is not None and wanted == was:
        return ""
    pointer.click(tab, inside, ready, name)
    if was is None:
        return ""  # it does not tell whether it is ticked
    wanted = True if ready["kind"] == "radio" else not was
    try:
        now = inside.rested("after")
        if now["connected"] and now["checked"] != wanted and not now["heard"]:
            inside.call("focus")
            keyboard.press(tab, "Space")
            now = inside.rested("after")
    except DevToolsError:
        return ""  # the page went elsewhere with it
    if not now["connected"] or now["checked"] == wanted:
        return ""
    return f"{name} is {'not ' if wanted else 'still '}ticked"
