"""The one thing that every policy is: a function from what agents see to what they do.

Policies keep nothing between calls; what an agent may remember stands in the Observation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from palaestra.types import Action, Observation


class SomeBroke(Exception):
    """Raised by a policy that could act for some observations and not for others.

    Attributes:
        moves: For each observation its action, or what broke.
    """

    def __init__(self, moves: Sequence[Action | Exception]) -> None:
        super().__init__(f"{sum(isinstance(m, Exception) for m in moves)} of {len(moves)} broke")
        self.moves = moves


class Policy(Protocol):
    """Maps observations to actions.

    Attributes:
        name: What tables call it.
    """

    name: str

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns one action for each observation; the observations are of separate episodes.

        Raises:
            SomeBroke: If there are actions for some of them only.
            UsageError: If the caller must act; an exam stops there.
        """
        ...
