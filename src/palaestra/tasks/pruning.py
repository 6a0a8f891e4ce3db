"""Cuts a wandering to the actions that matter, by replaying it without this one or that.

Unpruned demonstrations destabilise imitation (asymmetric self-play, arXiv:2101.04882, section 4).
"""

from __future__ import annotations

from collections.abc import Callable

from palaestra.errors import InvalidAction
from palaestra.kit.session import Session
from palaestra.types import Action


def replay(session: Session, actions: list[Action]) -> Session | None:
    """Returns a fork of a Session after some actions; None if one of them does not fit."""
    after = session.fork()
    try:
        for action in actions:
            after.dispatch(action)
    except InvalidAction:
        return None
    return after


def prune(
    start: Session, actions: list[Action], holds: Callable[[Session], bool]
) -> list[Action] | None:
    """Returns as few of the actions as still make something hold, in the same order.

    First whole beginnings are dropped (every click in the navigation is a fresh start), then
    single actions and neighbouring pairs from the last to the first, until none can be dropped.

    Args:
        start: Where the actions begin; left as it is.
        actions: What was done.
        holds: What has to be true at the end.

    Returns:
        The shortened list; None if not even all the actions make it hold.
    """
    for begin in range(len(actions) - 1, -1, -1):
        fresh = begin == 0 or actions[begin].ref.startswith("nav:")
        if fresh and _works(start, actions[begin:], holds):
            actions = actions[begin:]
            break
    else:
        if not _works(start, actions, holds):
            return None
    before = None
    while before != actions:
        before = actions
        for width in (1, 2):
            for place in range(len(before) - width, -1, -1):
                without = actions[:place] + actions[place + width :]
                if len(without) < len(actions) and _works(start, without, holds):
                    actions = without
    return actions


def _works(start: Session, actions: list[Action], holds: Callable[[Session], bool]) -> bool:
    after = replay(start, actions)
    return after is not None and holds(after)
