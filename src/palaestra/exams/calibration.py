"""What a policy's own judgement is worth: does it know when it has failed?

A policy may say after each episode how sure it is of clean success. Who hands over the least sure
ones to a person keeps a share (the coverage) and wants few failures in it (the risk). Only episodes
that were scored and that it did not abstain from are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from palaestra.tasks.episode import Trajectory

COVERAGE = 0.95
BINS = 10


@dataclass(frozen=True)
class Calibration:
    """How sure a policy was, held against what came of it.

    Attributes:
        n: Episodes of which it said how sure it was.
        risk: Share of failures among the 95% that it was surest of.
        aurc: Area under the curve of risk over coverage, 0 at best (Geifman, Uziel and El-Yaniv,
            ICLR 2019, arXiv:1805.08206): the mean of the risks at 1, 2, ... n episodes kept.
        brier: Mean square of how far it was off (Brier, Monthly Weather Review 1950).
        error: How far it was off on average in ten groups of equal size, from the least sure to the
            surest (expected calibration error: Naeini, Cooper and Hauskrecht, AAAI 2015).
    """

    n: int
    risk: float
    aurc: float
    brier: float
    error: float

    @classmethod
    def of(cls, trajectories: Iterable[Trajectory]) -> Calibration | None:
        """Measures; None where the policy never said how sure it was."""
        pairs = [
            (t.sure, t.verdict.success)
            for t in trajectories
            if t.sure is not None and t.verdict is not None and t.ended != "ask"
        ]
        if not pairs:
            return None
        return cls.of_pairs(pairs)

    @classmethod
    def of_pairs(cls, pairs: Sequence[tuple[float, bool]]) -> Calibration:
        """Measures pairs of how sure it was and whether it succeeded; at least one."""
        n = len(pairs)
        lost = _lost(pairs)
        kept = max(1, round(COVERAGE * n))
        return cls(
            n=n,
            risk=lost[kept] / kept,
            aurc=sum(lost[k] / k for k in range(1, n + 1)) / n,
            brier=sum((sure - success) ** 2 for sure, success in pairs) / n,
            error=_error(sorted(pairs)),
        )

    def to_json(self) -> dict[str, Any]:
        """Returns plain data, the fields by name."""
        return asdict(self)


def _lost(pairs: Sequence[tuple[float, bool]]) -> list[float]:
    """Returns how many failures are expected among the 0, 1, ... n surest, ties in any order."""
    lost = [0.0]
    for _, tied in groupby(sorted(pairs, key=lambda p: -p[0]), key=lambda p: p[0]):
        outcomes = [success for _, success in tied]
        share = 1.0 - sum(outcomes) / len(outcomes)
        base = lost[-1]
        lost += [base + share * k for k in range(1, len(outcomes) + 1)]
    return lost


def _error(pairs: Sequence[tuple[float, bool]]) -> float:
    n, off = len(pairs), 0.0
    for place in range(BINS):
        group = pairs[n * place // BINS : n * (place + 1) // BINS]
        off += abs(sum(sure - success for sure, success in group))
    return off / n
