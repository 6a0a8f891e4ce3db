"""Plays at random: the floor that every other policy is measured against, and a source of noise."""

from __future__ import annotations

import random
from collections.abc import Sequence

from palaestra.types import Action, Node, Observation

LONGEST_SPAN = 4


class RandomPlay:
    """Draws uniformly among what the screen lets one do; what it types are words of the goal.

    The draw depends on the seed and the observation alone, so batches do not change it.
    """

    name = "random"

    def __init__(self, seed: int = 0, *, silent: bool = False) -> None:
        """Decides how it plays.

        Args:
            seed: Decides what is drawn.
            silent: Whether it only ever uses elements: it neither answers, nor goes back, nor says
                that it is done, unless there is nothing to use.
        """
        self.seed, self.silent = seed, silent

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns one random action for each observation."""
        return [self._one(observation) for observation in observations]

    def _one(self, observation: Observation) -> Action:
        seen = (self.seed, observation.goal, observation.screen, observation.steps_left)
        rng = random.Random(repr(seen))
        text = _span(observation.goal, rng)
        said = [Action("done"), Action("answer", text=text), Action("back")]
        uses = [use for node in observation.screen.walk() for use in _uses(node, text)]
        return rng.choice(uses if self.silent and uses else said + uses)


def _uses(node: Node, text: str) -> list[Action]:
    """Lists what can be done to one element."""
    if not node.ref or "disabled" in node.states:
        return []
    match node.role:
        case "textbox" | "searchbox":
            return [Action("fill", node.ref, text)]
        case "combobox":
            return [Action("select", node.ref, option.name) for option in node.children]
        case "checkbox":
            return [Action("check", node.ref)]
    return [Action("click", node.ref)]


def _span(goal: str, rng: random.Random) -> str:
    words = goal.split()
    if not words:
        return ""
    first = rng.randrange(len(words))
    return " ".join(words[first : first + rng.randint(1, LONGEST_SPAN)]).strip('.,;:?!"')
