"""The proposer's seat: decides what to try next, from what became of its earlier goals.

It keeps, for each topic, how often it was tried and how often the solver attempted and solved what
came of it. Counts are forgotten at a steady rate, because the solver changes. A topic with few
counts borrows from its kind of task, that from its gym, that from all gyms (a Beta posterior whose
prior is the estimate one level up). Topics of an endless family are told apart by their shape.

What a success is worth is decided in `curriculum.py`; the acting is done in `gyms/drawing.py`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from palaestra.errors import UsageError
from palaestra.gyms.drawing import KIND_WEIGHTS
from palaestra.selfplay.curriculum import learnability, novelty

KEPT = 0.9
"""What is left of a count after a round."""
LENT = 4.0
"""How many attempts the estimate one level up counts for."""
UNKNOWN = 0.5
"""The success that is expected where nothing was attempted."""
GONE = 1e-3

Path = tuple[str, ...]
"""All gyms (), one (gym,), a kind of task in it (gym, kind), or a topic (gym, kind, topic)."""


class Outcome(NamedTuple):
    """What became of one try.

    Attributes:
        path: Gym, kind and topic.
        solved: Whether the solver solved what came of it; None if it did not attempt it.
    """

    path: Path
    solved: bool | None


class Count(NamedTuple):
    """How often, forgetting taken into account."""

    tried: float = 0.0
    attempted: float = 0.0
    solved: float = 0.0

    def plus(self, other: Count) -> Count:
        """Returns the sum of two."""
        return Count(*(a + b for a, b in zip(self, other, strict=True)))


class Proposer:
    """What the proposer has learnt.

    Attributes:
        curriculum: Whether the solver's success counts; if not, only what is new is worth more.
    """

    def __init__(self, counts: Mapping[Path, Count], *, curriculum: bool = True) -> None:
        """Goes on from counts of topics, by full path."""
        self.curriculum = curriculum
        self._topics = dict(counts)
        self._sum()

    def _sum(self) -> None:
        sums: dict[Path, Count] = defaultdict(Count)
        for path, count in self._topics.items():
            for depth in range(len(path)):
                sums[path[:depth]] = sums[path[:depth]].plus(count)
        self._counts = {**sums, **self._topics}

    def success(self, path: Path) -> float:
        """Estimates the probability that the solver solves a goal of a topic, kind or gym."""
        count = self._counts.get(path, Count())
        prior = self.success(path[:-1]) if path else UNKNOWN
        return (count.solved + LENT * prior) / (count.attempted + LENT)

    def worth(self, path: Path) -> float:
        """Returns what another goal of a topic is worth."""
        new = novelty(self._topics.get(path, Count()).tried)
        return new + (learnability(self.success(path)) if self.curriculum else 0.0)

    def worths(self) -> dict[Path, float]:
        """Returns the worth of every topic seen, and of an unseen one in each kind and gym."""
        return {
            path: self.worth(path if len(path) == 3 else (*path, *[""] * (3 - len(path))))
            for path in [(), *self._counts]
        }

    def gym_worth(self, gym: str) -> float:
        """Returns the mean worth of a gym's topics, kinds weighted as when nothing is known."""
        by_kind: dict[str, list[float]] = {kind: [] for kind in KIND_WEIGHTS}
        for path in self._topics:
            if path[0] == gym:
                by_kind[path[1]].append(self.worth(path))
        means = {
            kind: sum(found) / len(found) if found else self.worth((gym, kind, ""))
            for kind, found in by_kind.items()
        }
        total = sum(KIND_WEIGHTS[kind] * mean for kind, mean in means.items())
        return total / sum(KIND_WEIGHTS.values())

    def learn(self, outcomes: Iterable[Outcome]) -> None:
        """Forgets a little, and adds the outcomes of a round."""
        topics = {path: Count(*(KEPT * n for n in count)) for path, count in self._topics.items()}
        topics = {path: count for path, count in topics.items() if count.tried > GONE}
        for path, solved in outcomes:
            one = Count(1.0, float(solved is not None), float(bool(solved)))
            topics[path] = topics.get(path, Count()).plus(one)
        self._topics = topics
        self._sum()

    def to_bytes(self) -> bytes:
        """Returns the content of a file (JSON)."""
        return json.dumps([[*path, *count] for path, count in self._topics.items()]).encode()

    @classmethod
    def from_bytes(cls, data: bytes, *, curriculum: bool = True) -> Proposer:
        """Reads what `to_bytes` wrote.

        Raises:
            UsageError: If it is something else.
        """
        try:
            lines = json.loads(data)
            counts: dict[Path, Count] = {
                (str(gym), str(kind), str(topic)): Count(*map(float, count))
                for gym, kind, topic, *count in lines
            }
        except (TypeError, ValueError) as wrong:
            raise UsageError(f"This is nothing that a proposer has learnt: {wrong}") from wrong
        if any(path[1] not in KIND_WEIGHTS for path in counts):
            raise UsageError("This is nothing that a proposer has learnt: kinds of another version")
        return cls(counts, curriculum=curriculum)
