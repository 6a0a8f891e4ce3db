"""How the steps of a workflow become one goal: numbered, one after another, or in one sentence.

Steps are either sentences of their own or clauses (`grammar.py`). What may stand around a goal is
the describer's business.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from palaestra.tasks.voice import VOICES, Speech

MOST_UNNUMBERED = 6
"""How many steps people follow without a number before each."""


class Join(NamedTuple):
    """One way to join steps.

    Attributes:
        first: What stands before the first step; "{n}" and "{letter}" are its number.
        then: What stands before every other step, including what separates it.
        last: What stands before the last one.
        end: What ends the goal.
        clauses: Whether the steps are clauses; a first one that begins the goal gets a capital.
    """

    first: str
    then: str
    last: str
    end: str = ""
    clauses: bool = False

    @classmethod
    def of(cls, parts: tuple[str, ...]) -> Join:
        """Makes a join of the parts that a voice has for it; a fourth one ends a row of clauses."""
        first, then, last, *end = parts
        return cls(first, then, last, "".join(end), clauses=bool(end))

    @property
    def numbered(self) -> bool:
        """Says whether each step has a number or a letter."""
        return "{n}" in self.then or "{letter}" in self.then

    @property
    def shape(self) -> str:
        """Returns the name of the shape of a goal that is joined in this way."""
        return f"{self.first}...{self.then}...{self.last}...{self.end}"

    def leads(self, steps: int) -> list[str]:
        """Returns what stands before each of so many steps."""
        leads = [self.first, *[self.then] * (steps - 2), self.last]
        return [lead.format(n=n, letter=_letters(n)) for n, lead in enumerate(leads, 1)]

    def joined(self, steps: list[str]) -> str:
        """Joins steps; at least two."""
        if not self.first:
            steps = [steps[0][:1].upper() + steps[0][1:], *steps[1:]]
        leads = self.leads(len(steps))
        return "".join(a + b for a, b in zip(leads, steps, strict=True)) + self.end


JOINS: dict[Speech, tuple[Join, ...]] = {
    speech: tuple(Join.of(parts) for one in voices for parts in one.joins)
    for speech, voices in VOICES.items()
}


def _letters(n: int) -> str:
    """Returns a, b, ... z, aa, bb ..."""
    return chr(ord("a") + (n - 1) % 26) * (1 + (n - 1) // 26)


def draw(rng: random.Random, speech: Speech, steps: int = 2) -> Join:
    """Draws a way to join so many steps; many are numbered, as nobody else could follow them."""
    joins = [join for join in JOINS[speech] if join.numbered or steps <= MOST_UNNUMBERED]
    return rng.choice(joins)
