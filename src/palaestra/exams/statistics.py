"""What may be claimed of a policy after so many tasks and so many failures.

Exact binomial bounds (Clopper and Pearson, Biometrika 1934), because near 100% the normal
approximation promises too much. Tasks are the unit: repeats of one task are no new evidence, and
tasks that share a start are less than as many independent ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from palaestra.errors import UsageError

CONFIDENCE = 0.95


def lower_bound(successes: int, n: int, confidence: float = CONFIDENCE) -> float:
    """Returns the one-sided bound: the true rate is at least this, with that confidence.

    Args:
        successes: Tasks done cleanly.
        n: Tasks attempted; 0 bounds nothing and gives 0.0.
        confidence: Between 0 and 1.

    Raises:
        UsageError: If the counts or the confidence make no sense.
    """
    _check(successes, n, confidence)
    if successes == 0:
        return 0.0
    from scipy.stats import beta

    return float(beta.ppf(1.0 - confidence, successes, n - successes + 1))


def interval(successes: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Returns the two-sided interval of the true rate; (0.0, 1.0) where nothing was attempted.

    Raises:
        UsageError: If the counts or the confidence make no sense.
    """
    _check(successes, n, confidence)
    side = (1.0 + confidence) / 2.0
    return lower_bound(successes, n, side), 1.0 - lower_bound(n - successes, n, side)


def clustered_bound(clusters: Sequence[Sequence[float]], confidence: float = CONFIDENCE) -> float:
    """Returns the one-sided lower bound of a mean where outcomes in a cluster may be alike.

    The bound of Clopper and Pearson for as many independent outcomes as tell as much, found from
    how much the clusters differ (Korn and Graubard, Survey Methodology 24, 1998). Where all
    outcomes agree nothing can be found out about that, and they count as independent.

    Args:
        clusters: The outcomes in each cluster, each between 0 and 1; no cluster is empty.
        confidence: Between 0 and 1.

    Raises:
        UsageError: If there is no cluster, or the confidence makes no sense.
    """
    sizes, sums = [len(one) for one in clusters], [sum(one) for one in clusters]
    n, many = sum(sizes), len(clusters)
    if not many or 0 in sizes:
        raise UsageError("A clustered bound needs clusters, each with an outcome in it")
    _check(0, n, confidence)
    from scipy.stats import beta, t

    mean = sum(sums) / n
    effective = float(n)
    squares = sum((s - mean * m) ** 2 for s, m in zip(sums, sizes, strict=True))
    if many > 1 and squares > 0.0:
        variance = many / (many - 1) * squares / n**2
        wider = t.ppf(confidence, many - 1) / t.ppf(confidence, n - 1)
        effective = min(effective, mean * (1.0 - mean) / variance / float(wider) ** 2)
    if mean == 0.0:
        return 0.0
    return float(beta.ppf(1.0 - confidence, mean * effective, (1.0 - mean) * effective + 1.0))


def needed(rate: float, failures: int = 0, confidence: float = CONFIDENCE) -> int:
    """Returns how many tasks let one claim "at least `rate`" in spite of so many failures.

    Raises:
        UsageError: If the rate is not between 0 and 1, or the rest makes no sense.
    """
    if not 0.0 < rate < 1.0 or failures < 0:
        raise UsageError(f"No number of tasks shows {rate} with {failures} failures")
    _check(0, 0, confidence)

    def shown(n: int) -> bool:
        return lower_bound(n - failures, n, confidence) >= rate

    high = failures + 1
    while not shown(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if middle > failures and shown(middle) else (middle, high)
    return high


def pass_hat_k(trials: Sequence[tuple[int, int]], k: int) -> float:
    """Returns pass^k: the chance that a task is done in all of k independent trials.

    The unbiased estimator of tau-bench (arXiv:2406.12045): the mean over tasks of
    C(successes, k) / C(trials, k).

    Args:
        trials: (successes, trials) of each task; every task with at least k trials.
        k: How many trials must all succeed.

    Raises:
        UsageError: If there are no tasks, or one has fewer than k trials.
    """
    if k < 1 or not trials or any(not 0 <= c <= n or n < k for c, n in trials):
        raise UsageError(f"pass^{k} needs tasks with at least {max(k, 1)} trials each")
    return sum(all_of(k, c, n) for c, n in trials) / len(trials)


def all_of(k: int, successes: int, n: int) -> float:
    """Returns the chance that k trials, drawn from n of which so many succeeded, all did."""
    return comb(successes, k) / comb(n, k)


def _check(successes: int, n: int, confidence: float) -> None:
    if not 0 <= successes <= n:
        raise UsageError(f"There cannot be {successes} successes in {n} tasks")
    if not 0.0 < confidence < 1.0:
        raise UsageError(f"The confidence must be between 0 and 1; got {confidence}")
