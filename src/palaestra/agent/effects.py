"""What a step changed, as far as one can see: the screen before against the screen after.

It reads what anybody could read. Whether the right record was changed, a verifier or `expect=`
decides; what a page does without showing it, nobody here knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from palaestra.agent.scene import DIALOGS, INPUTS
from palaestra.browser import View
from palaestra.types import Action, Node

NOTICES = frozenset(("status", "alert"))
LONGEST = 200
Seen = tuple[str, str]
"""What kind of effect, and which."""


def effects(
    action: Action, name: str, before: View, after: View, drafts: dict[str, str]
) -> list[Seen]:
    """Returns what is different now.

    Args:
        action: What was done.
        name: Name of the element that it was done to.
        before: The page before.
        after: The page after.
        drafts: Label and value of the boxes filled in since the last change of screen; kept here.
    """
    return list(_effects(action, name, before, after, drafts))


def _effects(
    action: Action, name: str, before: View, after: View, drafts: dict[str, str]
) -> Iterator[Seen]:
    if entered := _entered(action, name, before, after):
        drafts[entered[0]] = entered[1]
        yield "filled", " = ".join(entered)[:LONGEST]
    news = [text for text in _notices(after.screen) if text not in _notices(before.screen)]
    if drafts and action.op in ("click", "press") and not _labels(after.screen) & drafts.keys():
        if news or before.url != after.url:
            yield "saved", ", ".join(f"{k} = {v}" for k, v in drafts.items())[:LONGEST]
        drafts.clear()
    for text in news:
        yield "notice", text[:LONGEST]
    if after.dialog and after.dialog != before.dialog:
        yield "dialog", after.dialog[:LONGEST]
    elif not after.dialog and (opened := _dialogs(after.screen) - _dialogs(before.screen)):
        yield "dialog", ", ".join(sorted(opened))[:LONGEST]
    if before.url != after.url:
        yield "address", after.url[:LONGEST]


def _entered(action: Action, name: str, before: View, after: View) -> tuple[str, str] | None:
    """Returns the label and the new value of a box that was filled in; None if none was."""
    if action.op not in ("fill", "select", "check", "click"):
        return None
    was, now = _find(before.screen, action.ref), _find(after.screen, action.ref)
    if was is None or now is None or was.role not in INPUTS:
        return None
    if _held(was) == _held(now):
        return None
    return name, _held(now)


def _held(node: Node) -> str:
    return node.value or " ".join(s for s in node.states if s in ("checked", "selected"))


def _find(screen: Node, ref: str) -> Node | None:
    return next((node for node in screen.walk() if ref and node.ref == ref), None)


def _notices(screen: Node) -> list[str]:
    return [node.name for node in screen.walk() if node.role in NOTICES and node.name]


def _labels(screen: Node) -> set[str]:
    return {node.name for node in screen.walk() if node.role in INPUTS}


def _dialogs(screen: Node) -> set[str]:
    return {node.name for node in screen.walk() if node.role in DIALOGS and node.name}
