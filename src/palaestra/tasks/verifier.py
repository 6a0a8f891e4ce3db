"""Decides a finished episode from the records, never from the screen.

Success is clean: every required change, and nothing else but what is allowed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from palaestra.tasks.answer import Answer
from palaestra.types import Diff, Verdict


@dataclass(frozen=True)
class Verifier:
    """What a finished episode is held against.

    Attributes:
        required: The changes that must be there.
        allowed: (record, field) pairs that may change besides; in new records they may hold
            whatever they like.
        answer: The answer that must be given; None where none is asked for.
    """

    required: Diff = Diff()
    allowed: tuple[tuple[str, str], ...] = ()
    answer: Answer | None = None

    def judge(self, diff: Diff, answered: str | None) -> Verdict:
        """Judges an episode.

        Args:
            diff: What changed from its start to its end.
            answered: What the agent answered; None if it said that it was done.
        """
        wanted, found = self._atoms(self.required), self._atoms(diff)
        extra = Counter({atom: n for atom, n in (found - wanted).items() if not self._allows(atom)})
        missing = wanted - found
        reached = 1.0 - missing.total() / wanted.total() if wanted else 1.0
        side_effects = tuple(sorted(" ".join(filter(None, atom)) for atom in extra))
        if self.answer:
            right = answered is not None and self.answer.accepts(answered)
            reason = (
                "answered"
                if right
                else f"the answer is {self.answer.text}, not {str(answered)[:80]}"
            )
            reached = float(right)
        else:
            right = not missing and answered is None
            reason = "done" if right else "gave an answer" if not missing else "not all was done"
        if side_effects:
            reason += f"; side effects: {', '.join(side_effects)}"
        return Verdict(right and not side_effects, reached, side_effects, reason)

    def _allows(self, atom: tuple[str, ...]) -> bool:
        return (atom[0], atom[3]) in self.allowed

    def _atoms(self, diff: Diff) -> Counter[tuple[str, ...]]:
        """Counts the smallest things a diff says; a new record counts with all its content.

        Two new records must not be able to swap fields and still look right, so what a created
        record holds is one atom, together with each single field for measuring progress.
        """
        atoms: Counter[tuple[str, ...]] = Counter()
        for change in diff.changes:
            held = [f for f in change.fields if (change.record, f[0]) not in self.allowed]
            if change.kind == "created":
                change = replace(change, fields=tuple(held))
            whole = ", ".join(f"{field}={new}" for field, _, new in held)
            for record, kind, key, field, new in change.atoms():
                if kind == "updated" and not (field or held):
                    continue  # nothing but what is allowed
                content = new if field else whole * (kind == "created")
                atoms[record, kind, key, field, content] += 1
        return atoms

    def to_json(self) -> dict[str, Any]:
        """Returns plain lists and dicts, the inverse of `from_json`."""
        told = self.answer
        answer = [told.kind, told.text, *told.also] if told else None
        return {
            "required": self.required.to_json(),
            "allowed": [list(a) for a in self.allowed],
            "answer": answer,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Verifier:
        """Reads what `to_json` wrote."""
        told = data["answer"]
        return cls(
            Diff.from_json(data["required"]),
            tuple((record, field) for record, field in data["allowed"]),
            Answer(told[0], told[1], tuple(told[2:])) if told else None,
        )
