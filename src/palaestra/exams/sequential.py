"""A sequential test: tasks are drawn until a rate is shown, or cannot be shown any more.

Who looks again and again at a bound that is meant for one look will see it hold by chance sooner or
later. So the looks are planned before the first task, and every one of them is held to a nominal
level so strict that all together err no more often than promised: Pocock's constant level
(Biometrika 1977; Jennison and Turnbull, Group Sequential Methods, 1999, ch. 12), found exactly for
the binomial by recursion over the looks (Schultz, Nichol, Elfring and Weed, Biometrics 1973).

There is one look for each number of failures that could be forgiven: a look in between shows
nothing that the one before it did not. To stop early because it cannot be shown any more only makes
it err less. Tasks must be independent, so each has a start of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from palaestra.errors import UsageError
from palaestra.exams.statistics import CONFIDENCE, needed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

MOST = 2_000
HALVINGS = 40


@dataclass(frozen=True)
class Plan:
    """When to look, and what must be seen.

    Attributes:
        rate: What is to be shown: the true rate of success is at least this.
        confidence: How sure one may be of it, over all the looks together.
        nominal: The confidence of the bound at each single look.
        looks: How many tasks there are at each look; at look i, up to i failures are forgiven.
    """

    rate: float
    confidence: float
    nominal: float
    looks: tuple[int, ...]

    @classmethod
    def of(cls, rate: float, most: int = MOST, confidence: float = CONFIDENCE) -> Plan:
        """Plans.

        Args:
            rate: What is to be shown.
            most: How many tasks may be drawn.
            confidence: How sure one is to be.

        Raises:
            UsageError: If so few tasks cannot show the rate, or a number makes no sense.
        """
        if not 0.0 < rate < 1.0 or not 0.0 < confidence < 1.0:
            raise UsageError(f"No number of tasks shows {rate} with confidence {confidence}")
        if most < needed(rate, 0, confidence):
            least = needed(rate, 0, confidence)
            raise UsageError(f"{most} tasks cannot show {rate:.2%}: it takes {least} or more")
        return _planned(rate, most, confidence)

    def verdict(self, outcomes: Sequence[bool]) -> bool | None:
        """Says what outcomes show, in the order of the tasks.

        Returns:
            True if the rate is shown, False if it cannot be shown any more, None while it is open;
            it is not open beyond the last look.
        """
        failures = 0
        for n, success in enumerate(outcomes, 1):
            failures += not success
            if failures >= len(self.looks):
                return False
            if n >= self.looks[failures]:
                return True
        return None


def chance(plan: Plan, true_rate: float) -> float:
    """Returns the chance that a policy of some true rate is certified, exactly.

    Args:
        plan: The looks.
        true_rate: Between 0 and 1.
    """
    return _chance(plan.looks, true_rate)


@lru_cache(maxsize=64)
def _planned(rate: float, most: int, confidence: float) -> Plan:
    tails = _tails(rate, most, 1.0 - confidence)
    low, high = confidence, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _chance(_looks(tails, middle), rate) <= 1.0 - confidence:
            high = middle
        else:
            low = middle
    looks = _looks(tails, high)
    if not looks:
        raise UsageError(f"{most} tasks are too few to show {rate:.2%} by looking several times")
    return Plan(rate, confidence, high, looks)


def _tails(rate: float, most: int, level: float) -> list[FloatArray]:
    """Returns for 0, 1, ... failures how probable no more of them are in n tasks, by n."""
    import numpy as np
    from scipy.stats import binom

    tails: list[FloatArray] = []
    while not tails or tails[-1][-1] <= level:
        tails.append(np.asarray(binom.cdf(len(tails), np.arange(most + 1), 1.0 - rate)))
    return tails


def _looks(tails: list[FloatArray], nominal: float) -> tuple[int, ...]:
    """Returns the least n at which each number of failures is so improbable, as far as there is."""
    first = [int((tail > 1.0 - nominal).sum()) for tail in tails]
    return tuple(n for n, tail in zip(first, tails, strict=True) if n < len(tail))


def _chance(looks: tuple[int, ...], true_rate: float) -> float:
    """Adds up the chance to be certified at each look and at none before it."""
    import numpy as np
    from scipy.stats import binom

    going, last, certified = np.ones(1), 0, 0.0
    for forgiven, n in enumerate(looks):
        more = binom.pmf(np.arange(len(looks) + 1), n - last, 1.0 - true_rate)
        going, last = np.convolve(going, more)[: len(looks)], n
        certified += float(going[: forgiven + 1].sum())
        going[: forgiven + 1] = 0.0
    return certified
