"""The weighting rule: what is worth practising next, from how often the solver succeeds at it.

Worth is learnability plus novelty. A goal that is always or never solved teaches little: p (1 - p)
is greatest in the middle (Rutherford et al. 2024, arXiv:2408.15099). That vanishes just where 97%
becomes 99.9%, so from `EASY` on it is (1 - p), joined where the two meet. What has hardly been
tried is worth trying, and what was tried long ago becomes new again as counts are forgotten.

Worth never decides alone. A share of the draws goes by the fixed weights whatever the worth, so
nothing is given up, be it easy (it would be forgotten) or hopeless (it may just have been unlucky),
and the proposer cannot collapse onto a corner.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

EASY = 0.9
NOVELTY = 0.5
"""Worth of what was never tried, beside 1 for what is solved every other time."""
TAIL = 0.3
"""Share of the draws within a gym that goes by the fixed weights."""
GYM_TAIL = 0.5
"""Share of a round's goals that is divided evenly among the gyms."""


def learnability(success: float) -> float:
    """Returns how much practice teaches, 0 to 1, given the probability of success."""
    return 4 * (1 - success) * min(success, EASY)


def novelty(tried: float) -> float:
    """Returns what it adds that something has been tried so seldom."""
    return NOVELTY / math.sqrt(1 + tried)


def mixed(fixed: Sequence[float], worths: Sequence[float], tail: float) -> list[float]:
    """Weighs choices: a share by fixed weights alone, the rest by these times their worth.

    Args:
        fixed: A weight for each choice.
        worths: How much each is worth, 0 or more.
        tail: The share; each choice keeps at least so much of its fixed weight.

    Returns:
        A weight for each choice, of the same sum as the fixed ones.
    """
    weighed = sum(weight * worth for weight, worth in zip(fixed, worths, strict=True))
    mean = weighed / sum(fixed)
    if not mean:
        return list(fixed)
    return [
        weight * (tail + (1 - tail) * worth / mean)
        for weight, worth in zip(fixed, worths, strict=True)
    ]


def shared(n: int, weights: Sequence[float], rng: random.Random) -> list[int]:
    """Divides a number of goals by weights; what is left over after whole ones goes by lot."""
    total = sum(weights)
    exact = [n * weight / total for weight in weights]
    shares = [int(part) for part in exact]
    left = [part - share for part, share in zip(exact, shares, strict=True)]
    for _ in range(n - sum(shares)):
        (place,) = rng.choices(range(len(left)), left) if any(left) else (0,)
        shares[place] += 1
        left[place] = 0.0
    return shares
