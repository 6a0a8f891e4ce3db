"""What came of a run, told so that a script can decide what to do next.

Nothing here decides: the outcome is `outcome.py`'s business, the effects are `effects.py`'s.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from palaestra.agent.guard import Kind
from palaestra.types import Action

Outcome = Literal["verified", "likely", "unverified", "failed", "abstained"]


@dataclass(frozen=True)
class Step:
    """One action, as the policy chose it: secrets are slots here, too.

    Attributes:
        number: From 1 up.
        action: What was chosen.
        role: Role of the element that it is done to; "" where there is none.
        name: The element's accessible name.
        kind: The guard's class.
        why: What it was classed by, or why it was not done.
        done: Whether it was done; the guard, a person or the deadline may have kept it from that.
        said: What the page said to it.
        sure: How likely clean success was then, 0 to 1; None where the policy does not say.
        url: Where it was.
        seconds: What it took, deciding included.
    """

    number: int
    action: Action
    role: str
    name: str
    kind: Kind
    why: str
    done: bool
    said: str
    sure: float | None
    url: str
    seconds: float

    def __str__(self) -> str:
        told = [self.action.op, self.role, f'"{self.name}"' if self.name else ""]
        return " ".join(filter(None, [*told, f"= {self.action.text}" if self.action.text else ""]))


@dataclass(frozen=True)
class Effect:
    """Something that the run saw change.

    Attributes:
        what: "notice", "filled", "saved", "dialog", "address", "tab", "download" or "upload".
        told: Which, in the page's words.
        step: Number of the step that it came of.
        kind: The guard's class of that step.
    """

    what: str
    told: str
    step: int
    kind: Kind

    def __str__(self) -> str:
        return f"{self.what}: {self.told}"


@dataclass(frozen=True)
class Cost:
    """What a run took.

    Attributes:
        seconds: From its beginning to its end.
        steps: Actions that were done.
        decisions: How often the policy was asked.
        tokens: What an endpoint counted, prompt and reply together; 0 for a model of this machine.
    """

    seconds: float = 0.0
    steps: int = 0
    decisions: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Result:
    """What came of a run.

    Attributes:
        outcome: "verified": a check of the record itself holds. "likely": it ended, and the judge
            is as sure as the agent's `likely` asks. "unverified": it ended, and nobody can say.
            "abstained": it stopped rather than do what it was not sure of or not allowed to.
            "failed": it did not come to an end, or what was expected is not there.
        reason: One line for people.
        steps: What was done, in order.
        effects: What was seen to change, in order.
        cost: What it took.
        trace: The page that shows the run; None where none is kept.
        answer: What was answered, where something was.
        sure: How likely the judge thought clean success at the last step, 0 to 1.
    """

    outcome: Outcome
    reason: str
    steps: tuple[Step, ...] = ()
    effects: tuple[Effect, ...] = ()
    cost: Cost = Cost()
    trace: Path | None = None
    answer: str | None = None
    sure: float | None = None

    def __bool__(self) -> bool:
        return self.outcome in ("verified", "likely")

    def to_json(self) -> dict[str, Any]:
        """Returns plain lists and dicts."""
        plain = asdict(self) | {"trace": str(self.trace) if self.trace else None}
        for step, told in zip(plain["steps"], self.steps, strict=True):
            step["action"] = list(told.action)
        return plain
