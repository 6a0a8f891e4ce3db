"""A policy that somebody may stop before every decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from palaestra.policies.policy import Policy
from palaestra.types import Action, Observation


class Watched:
    """Another policy, with a say before each of its decisions.

    Attributes:
        name: The other's.
    """

    def __init__(self, policy: Policy, before: Callable[[], None]) -> None:
        """Takes the policy, and what is called before; what that raises ends the act."""
        self.name = policy.name
        self._policy, self._before = policy, before

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns the other's actions."""
        self._before()
        return self._policy.act(observations)

    def __getattr__(self, name: str) -> Any:
        """Returns whatever else the other has; its `decide` is watched, too."""
        found = getattr(self._policy, name)
        if name != "decide":
            return found

        def decide(observations: Sequence[Observation]) -> Any:
            self._before()
            return found(observations)

        return decide
