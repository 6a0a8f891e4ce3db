"""A Task: a goal in words, where it starts, and the verifier that decides it.

A task is named by the hash of its content, so that "never seen in training" can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from palaestra.errors import GymError, UsageError
from palaestra.tasks.verifier import Verifier
from palaestra.types import Action, Start, content_hash

KINDS = ("create", "update", "delete", "action", "question", "refusal", "workflow")


@dataclass(frozen=True)
class Task:
    """Something to do.

    Attributes:
        goal: What is wanted, in words.
        start: Where it begins.
        verifier: What decides it.
        kind: One of `KINDS`, for tables.
        shape: Name of the wording's shape in the grammar.
        oracle: A reference solution, ending in "done" or "answer".
        parts: Where each step of a workflow begins and ends in the goal's words, or each action of
            a task told by its actions (`instructing.py`); empty for other tasks. For whoever
            teaches: no policy sees it.
    """

    goal: str
    start: Start
    verifier: Verifier
    kind: str
    shape: str
    oracle: tuple[Action, ...]
    parts: tuple[tuple[int, int], ...] = ()

    @cached_property
    def id(self) -> str:
        """Returns the hash of what the task asks (not of how the oracle does it)."""
        return content_hash([self.goal, self.start.to_json(), self.verifier.to_json()])

    @property
    def max_steps(self) -> int:
        """Returns how many actions an episode may take: twice the oracle's and ten."""
        return 2 * len(self.oracle) + 10

    def to_json(self) -> dict[str, Any]:
        """Returns plain lists and dicts, the inverse of `from_json`."""
        return {
            "goal": self.goal,
            "start": self.start.to_json(),
            "verifier": self.verifier.to_json(),
            "kind": self.kind,
            "shape": self.shape,
            "oracle": [list(a) for a in self.oracle],
            **({"parts": [list(part) for part in self.parts]} if self.parts else {}),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Task:
        """Reads what `to_json` wrote.

        Raises:
            UsageError: If the data is not a task.
        """
        try:
            task = cls(
                data["goal"],
                Start(*data["start"]),
                Verifier.from_json(data["verifier"]),
                data["kind"],
                data["shape"],
                tuple(Action(*a) for a in data["oracle"]),
                tuple((int(begin), int(end)) for begin, end in data.get("parts", ())),
            )
        except (GymError, KeyError, TypeError, ValueError) as wrong:
            raise UsageError(f"This is not a task: {wrong!r}") from wrong
        if not task._is_sound():
            raise UsageError("This is not a task: a part of it is of the wrong type")
        return task

    def _is_sound(self) -> bool:
        texts: list[Any] = [self.goal, self.kind, self.shape, self.start.app]
        texts += [part for action in self.oracle for part in action]
        texts += [
            part for c in self.verifier.required.changes for atom in c.atoms() for part in atom
        ]
        texts += [part for pair in self.verifier.allowed for part in pair]
        seeds: list[Any] = [
            self.start.seed,
            self.start.skin,
            self.start.disturbance,
            self.start.size,
        ]
        return all(isinstance(text, str) for text in texts) and all(
            isinstance(seed, int) and seed >= 0 for seed in seeds
        )
