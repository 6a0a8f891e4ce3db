"""The one thing that every policy is: a function from what agents see to what they do.

Policies keep nothing between calls; what an agent may remember stands in the Observation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from palaestra.types import Action, Observation


class Policy(Protocol):
    """Maps observations to actions.

    Attributes:
        name: What tables call it.
    """

    name: str

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns one action for each observation; the observations are of separate episodes."""
        ...
