"""What a skilled hand does next, whatever widget a skin has, whatever trouble comes in between.

The proposer decides what to enter and where to go; how that is done on this screen is said here,
one action at a time, by looking at what is there. Hands read refs and drafts, so they demonstrate
and test; no policy may use them.
"""

from __future__ import annotations

from collections.abc import Sequence

from palaestra.errors import InvalidAction
from palaestra.kit.fields import Field, parse_date
from palaestra.kit.fit import is_typed_into
from palaestra.kit.screens.table import EMPTY
from palaestra.kit.session import Session
from palaestra.types import Action, Node

MAX_DETOURS = 8


def calmed(session: Session) -> Action | None:
    """Returns what gets over a trouble that is on the screen; None where there is none."""
    trouble = next((ref for ref in session.targets() if ref.startswith("calm:")), None)
    return Action("click", trouble) if trouble else None


def reached(session: Session, action: Action) -> Action | None:
    """Returns an action, or what has to be done first; None if it cannot be reached from here."""
    if trouble := calmed(session):
        return trouble
    targets = session.targets()
    if action.op == "back" or action.ref in targets:
        return action
    if action.ref.startswith("nav:") and "menu" in targets:
        return Action("click", "menu")
    return None


def follow(start: Session, way: Sequence[Action]) -> tuple[Session, list[Action]] | None:
    """Goes a way in a fork, with what this skin and its troubles need on top.

    Args:
        start: Where the way begins; left as it is.
        way: Actions that need not be possible as they stand (a menu may be closed).

    Returns:
        The Session at the end, and what was done; None if the way does not lead through.
    """
    session, done = start.fork(), []
    for wanted in way:
        for _ in range(MAX_DETOURS):
            action = reached(session, wanted)
            if action is None:
                return None
            was_expired = session.happened.expired
            try:
                session.dispatch(action)
            except InvalidAction:
                return None
            done.append(action)
            swallowed = session.happened.expired and not was_expired
            if action == wanted and not swallowed:
                break
        else:
            return None
    return session, done


def toward(session: Session, field: Field, text: str) -> Action | None:
    """Returns the next action that brings a field of the open form to a value.

    Args:
        session: A form is open in it.
        field: One of its fields.
        text: What the draft shall hold.

    Returns:
        The action; None if the field is as it should be, or cannot be brought there.
    """
    if session.draft.get(field.name, "") == text:
        return None
    targets, ref = session.targets(), f"field:{field.name}"
    node = targets.get(ref)
    if node is None:  # radio buttons have no box
        return _picked(session, field, text)
    if node.role == "checkbox":
        return Action("click", ref)
    if node.role == "textbox" and not is_typed_into(node):
        return _day(session, field, text)
    if node.role != "combobox":
        return Action("fill", ref, text)
    shown = session.lexicon.shown(field, text) or EMPTY
    if node.children:
        return Action("select", ref, shown)
    if pick := _picked(session, field, text):
        return pick
    if is_typed_into(node):
        return Action("fill", ref, session.lexicon.shown(field, text))
    return Action("click", ref) if "collapsed" in node.states else None


def _picked(session: Session, field: Field, text: str) -> Action | None:
    shown = session.lexicon.shown(field, text) or EMPTY
    begin = f"pick:{field.name}:"
    fitting: list[Node] = [
        node
        for ref, node in session.targets().items()
        if ref.startswith(begin) and node.name == shown
    ]
    return Action("click", fitting[0].ref) if fitting else None


def _day(session: Session, field: Field, text: str) -> Action | None:
    """Opens the calendar, turns to the month, and takes the day."""
    wanted, targets = parse_date(text), session.targets()
    opener = f"calendar:{field.name}"
    if wanted is None:
        return None
    if not session.opened.startswith(f"{opener}:"):
        return Action("click", opener)
    day = f"day:{field.name}:{wanted.isoformat()}"
    if day in targets:
        return Action("click", day)
    year, month = map(int, session.opened.rpartition(":")[2].split("-"))
    apart = (wanted.year - year) * 12 + wanted.month - month
    step = (1 if apart > 0 else -1) * (12 if abs(apart) > 6 else 1)
    there = year * 12 + month - 1 + step
    return Action("click", f"month:{field.name}:{there // 12:04d}-{there % 12 + 1:02d}")
