"""How practice on MiniWoB++ is set up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from palaestra.browser.miniwob.playing import STEPS
from palaestra.errors import UsageError


@dataclass(frozen=True)
class Practice:
    """What a practice is told.

    Attributes:
        model: Who begins.
        tasks: What is practised.
        seed: Decides everything that is drawn.
        budget_s: Seconds of practice.
        rounds: Rounds of practice, whatever time they take; 0 to go by the budget.
        workers: How many browsers there are.
        problems: Problems in a round.
        group: Attempts by chance at a problem that the first choices did not solve.
        tries: Attempts with one action drawn instead, where none of those succeeded either.
        keep_solved: Share of the problems solved at once that are learnt from.
        steps: Actions that an attempt may take.
        window: Rounds whose decisions are still learnt from.
        reuse: How often a decision is learnt from again, on average, after its own round.
        batch: Decisions in a step of learning.
        rate: Highest rate of learning.
        gradient: Weight of the policy gradient beside imitation.
    """

    model: str
    tasks: tuple[str, ...]
    seed: int = 0
    budget_s: float = 900.0
    rounds: int = 0
    workers: int = 2
    problems: int = 24
    group: int = 4
    tries: int = 8
    keep_solved: float = 0.3
    steps: int = STEPS
    window: int = 60
    reuse: float = 3.0
    batch: int = 32
    rate: float = 5e-4
    gradient: float = 0.3

    def __post_init__(self) -> None:
        least = {"budget_s": 1e-9, "workers": 1, "problems": 1, "group": 2, "steps": 1, "batch": 1}
        for name, low in least.items():
            if getattr(self, name) < low:
                raise UsageError(f"{name} is too small: {getattr(self, name)}")

    def to_json(self) -> dict[str, Any]:
        """Returns a plain dict."""
        return {"suite": "miniwob", **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Practice:
        """Reads what `to_json` wrote.

        Raises:
            UsageError: If it is of another version, or of another kind of training.
        """
        if data.get("suite") != "miniwob" or set(data) != {"suite", *(f.name for f in fields(cls))}:
            raise UsageError("This run is no practice on MiniWoB++, or one of another version")
        rest = {name: value for name, value in data.items() if name != "suite"}
        return cls(**{**rest, "tasks": tuple(data["tasks"])})
