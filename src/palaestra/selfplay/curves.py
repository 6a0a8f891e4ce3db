"""The curves that show how the proposer does, a point a round, and that it does not collapse.

Diversity: how evenly topics are tried, and how many goals and wordings differ. Validity: how often
a wandering leads to a task. Difficulty: how often the solver succeeds, and how often the proposer
expected it to. Relevance: how much is about everyday records, and how much can be done at all.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from palaestra.selfplay.proposals import Try
from palaestra.selfplay.proposer import Proposer


def curves(tries: Sequence[Try], proposer: Proposer) -> dict[str, Any]:
    """Returns the metrics of a round's proposals.

    Args:
        tries: All tries; those that nobody attempted count for nothing but difficulty.
        proposer: As it was when the round was asked for.
    """
    found = [one for one in tries if one.goal]
    attempted = [one for one in found if one.solved is not None]
    n = len(found)
    return {
        "proposals": n,
        "practice_success": _success((one.path[0], one.solved) for one in attempted),
        "kind_success": _success((one.kind, one.solved) for one in attempted),
        "goal_kinds": _shares(one.kind for one in found),
        "gyms": _shares(one.path[0] for one in found),
        "shapes": len({one.shape for one in found}),
        "oracle_steps": round(sum(one.steps for one in found) / n, 3),
        "diversity": {
            "topics": evenness([one.path for one in found]),
            "goals": round(len({one.goal for one in found}) / n, 4),
            "wordings": round(len({one.shape for one in found}) / n, 4),
        },
        "validity": round(n / len(tries), 4),
        "broken": [one.broken for one in tries if one.broken],
        "difficulty": {
            "solved": _mean([bool(one.solved) for one in attempted]),
            "expected": _mean([proposer.success(one.path) for one in attempted]),
        }
        if attempted
        else {},
        "relevance": {
            "everyday records": _mean([one.everyday for one in found]),
            "can be done": _mean([one.kind != "refusal" for one in found]),
        },
    }


def evenness(drawn: Sequence[object]) -> float:
    """Returns the entropy of what was drawn, 0 to 1; 1 if no two are alike."""
    if len(drawn) < 2:
        return 1.0
    shares = [count / len(drawn) for count in Counter(drawn).values()]
    entropy = -sum(share * math.log(share) for share in shares)
    return round(entropy / math.log(len(drawn)), 4)


def _success(attempts: Iterable[tuple[str, bool | None]]) -> dict[str, float]:
    wins: dict[str, list[bool]] = defaultdict(list)
    for name, solved in attempts:
        wins[name].append(bool(solved))
    return {name: _mean(wins[name]) for name in sorted(wins)}


def _shares(names: Iterable[str]) -> dict[str, float]:
    counts = Counter(names)
    return {name: round(counts[name] / counts.total(), 4) for name in sorted(counts)}


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 4)
