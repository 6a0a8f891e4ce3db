"""The guard: what may be done without asking, by the class of the action.

Classes, the strongest first:

- external: it leaves this application. Sending, paying, publishing, uploading, going elsewhere.
- destructive: something is gone afterwards, or cannot be taken back.
- reversible: it changes something that can be changed back; everything unknown that submits.
- reads: it changes nothing.

Which class an action is of is said by `classing.py`, before it is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from palaestra.errors import UsageError

Kind = Literal["reads", "reversible", "destructive", "external"]
Rule = Literal["do", "ask", "refuse"]
KINDS: tuple[Kind, ...] = get_args(Kind)
RULES: tuple[Rule, ...] = get_args(Rule)
IRREVERSIBLE: frozenset[Kind] = frozenset(("destructive", "external"))
UNCERTAIN = ("ask", "abstain")


@dataclass(frozen=True)
class Guard:
    """What is done, asked for, or refused.

    Asking without somebody to ask (`Agent(approve=...)`) means abstaining.

    Attributes:
        reads: Rule for what changes nothing.
        reversible: Rule for what can be changed back.
        destructive: Rule for what is gone afterwards.
        external: Rule for what leaves the application.
        on_uncertain: What is done where the judge is too unsure for something that cannot be taken
            back, or where it is not known whether a write was received: "ask" a person, or
            "abstain".
    """

    reads: Rule = "do"
    reversible: Rule = "do"
    destructive: Rule = "ask"
    external: Rule = "ask"
    on_uncertain: Literal["ask", "abstain"] = "abstain"

    def __post_init__(self) -> None:
        for kind in KINDS:
            if getattr(self, kind) not in RULES:
                raise UsageError(
                    f"A guard's rule is {', '.join(RULES)}; {kind} is {getattr(self, kind)!r}"
                )
        if self.on_uncertain not in UNCERTAIN:
            raise UsageError(f"on_uncertain is {' or '.join(UNCERTAIN)}; got {self.on_uncertain!r}")

    def rule(self, kinds: Iterable[Kind]) -> Rule:
        """Returns the strictest rule of several classes."""
        return max((self._of(kind) for kind in kinds), key=RULES.index, default="do")

    def _of(self, kind: Kind) -> Rule:
        rule: Rule = getattr(self, kind)
        return rule
