"""The policy as a run asks it: one decision at a time, with the judge's word, in time.

A policy behind an endpoint may be silent for minutes. Where there is a deadline it is asked in a
thread, which is left behind when time is up.
"""

from __future__ import annotations

import threading
import time
from typing import Any, NamedTuple

from palaestra.errors import PalaestraError, TooLate
from palaestra.policies import finder
from palaestra.policies.policy import Policy, SomeBroke
from palaestra.types import Action, Observation


class Decision(NamedTuple):
    """What is to be done.

    Attributes:
        action: The action.
        sure: How likely clean success is with it, 0 to 1; None where nobody says.
    """

    action: Action
    sure: float | None


class Broke(PalaestraError):
    """The policy has no action for this; the message says why."""


class Mind:
    """A policy and what it cost so far.

    Attributes:
        policy: The policy.
        decisions: How often it was asked.
    """

    def __init__(self, model: str | Policy | None) -> None:
        """Finds the policy.

        Args:
            model: A policy, what `palaestra.policies.finder` finds one by, or None for the model
                that ships.

        Raises:
            UsageError: If there is none of that name.
        """
        self.policy: Policy = (
            finder.find(model or finder.default())
            if model is None or isinstance(model, str)
            else model
        )
        self.decisions = 0

    @property
    def tokens(self) -> int:
        """Returns how many tokens an endpoint has counted; 0 for a model of this machine."""
        return int(getattr(self.policy, "tokens", 0))

    def decide(self, seen: Observation, deadline: float | None) -> Decision:
        """Asks once.

        Args:
            seen: What is seen.
            deadline: When it is too late, in seconds of `time.monotonic`.

        Raises:
            Broke: If the policy has no action.
            TooLate: If it does not answer in time.
            UsageError: If the caller must act.
        """
        self.decisions += 1
        if deadline is None:
            return self._ask(seen)
        said: list[Decision | BaseException] = []
        thread = threading.Thread(target=self._into, args=(seen, said), daemon=True)
        thread.start()
        thread.join(max(0.0, deadline - time.monotonic()))
        if not said:
            raise TooLate("The deadline passed while the policy was asked")
        if isinstance(said[0], BaseException):
            raise said[0]
        return said[0]

    def _into(self, seen: Observation, said: list[Decision | BaseException]) -> None:
        try:
            said.append(self._ask(seen))
        except BaseException as broken:  # raised again where it is waited for
            said.append(broken)

    def _ask(self, seen: Observation) -> Decision:
        policy: Any = self.policy
        try:
            if hasattr(policy, "decide"):
                decided = policy.decide([seen])[0]
                return Decision(decided.action, float(decided.sure))
            action = policy.act([seen])[0]
            sure = float(policy.judge([seen])[0]) if hasattr(policy, "judge") else None
        except SomeBroke as broke:
            raise Broke(f"The policy has no action: {broke.moves[0]}") from broke
        return Decision(action, sure)
