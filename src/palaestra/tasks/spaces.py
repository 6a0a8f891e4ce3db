"""How an episode looks to a learning library: Gymnasium's spaces for what is seen and done.

Observations are text (`kit.outline.numbered`) and elements are named by their number in it, in an
office and on any page alike. Gymnasium is imported here, so only environments import this.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any, Never

import gymnasium as gym
from gymnasium import spaces
from gymnasium.vector.utils import create_shared_memory

from palaestra.errors import UsageError
from palaestra.kit.session import MAX_TYPED
from palaestra.types import OPS, Action, Node

MAX_SCREEN = 1 << 16
MAX_ELEMENTS = 512
SEEDS = 1 << 31


class Words(spaces.Text):
    """Any text up to a length; samples are made of printable ASCII, but every character belongs."""

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length, min_length=0, charset=string.printable[:95])

    def contains(self, x: Any) -> bool:
        """Says whether `x` is text that is not too long."""
        return isinstance(x, str) and len(x) <= self.max_length

    def __repr__(self) -> str:
        return f"Words({self.max_length})"


@create_shared_memory.register(Words)
def _no_shared_memory(space: Words, n: int = 1, ctx: Any = None) -> Never:
    # Gymnasium shares texts as arrays of a fixed alphabet; from this error it makes the advice to
    # pass vector_kwargs={"shared_memory": False}.
    raise gym.error.CustomSpaceError("Text of any characters cannot be put into shared memory")


def observations() -> spaces.Dict:
    """Returns the space of what is seen: three texts, and how many steps are left."""
    return spaces.Dict({
        "goal": Words(MAX_TYPED),
        "screen": Words(MAX_SCREEN),
        "feedback": Words(MAX_TYPED),
        "steps_left": spaces.Discrete(SEEDS),
    })  # fmt: skip


def actions() -> spaces.Dict:
    """Returns the space of what is done: place in `types.OPS`, an element's number, and a text."""
    return spaces.Dict({
        "op": spaces.Discrete(len(OPS)),
        "element": spaces.Discrete(MAX_ELEMENTS),
        "text": Words(MAX_TYPED),
    })  # fmt: skip


def seen(goal: str, screen: str, feedback: str, steps_left: int) -> dict[str, Any]:
    """Returns a member of `observations()`; what is too long is cut."""
    return {
        "goal": goal[:MAX_TYPED],
        "screen": screen[:MAX_SCREEN],
        "feedback": feedback[:MAX_TYPED],
        "steps_left": steps_left,
    }


def read(action: dict[str, Any], usable: Sequence[Node]) -> Action:
    """Reads a member of `actions()`; an element that is not there becomes a ref that no screen has.

    Args:
        action: What a learner does.
        usable: The elements of the screen that it saw, in order.

    Raises:
        UsageError: If it is not of the space's form.
    """
    try:
        op, element, text = int(action["op"]), int(action["element"]), action["text"]
        name = OPS[op] if op >= 0 else None
    except (IndexError, KeyError, TypeError, ValueError):
        name = None
    if name is None or not isinstance(text, str):
        raise UsageError(f"An action is a member of {actions()}; got {str(action)[:200]}")
    known = 0 <= element < len(usable)
    return Action(name, usable[element].ref if known else f"[{element}]", text)
