"""Makes the judge's odds mean what they say, once a training is over.

While the policy learns, the judge learns from attempts of policies that were worse. So the finished
policy attempts fresh goals of practice, and two numbers, a scale and a shift of the log-odds, are
fitted to what came of them (Platt 1999). Nothing else of the network changes, and no exam is seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional as F

from palaestra.gyms.drawing import draw
from palaestra.policies.network import NetworkPolicy
from palaestra.selfplay.playing import play
from palaestra.tasks.splits import PRACTICE
from palaestra.tasks.task import Task

SIDE_BY_SIDE = 64
FEWEST = 30
"""Finished attempts, with some of either outcome among them, below which nothing is fitted."""
HOLD = 0.01
"""How strongly scale and shift are held to 1 and 0."""


def calibrate(policy: NetworkPolicy, gyms: Sequence[str], seed: int, n: int) -> int:
    """Fits the judge's scale and shift to fresh attempts.

    Args:
        policy: The finished policy; its network's `calibration` is changed.
        gyms: Where it practised; goals are shared out evenly.
        seed: Decides the goals.
        n: How many goals.

    Returns:
        How many finished attempts it was fitted to; 0 if there were too few to fit anything.
    """
    policy.net.calibration.copy_(torch.tensor([1.0, 0.0]))
    each = max(1, n // len(gyms))
    tasks = [task for gym in gyms for task in draw(gym, PRACTICE, seed, each)]
    told = [pair for begin in range(0, len(tasks), SIDE_BY_SIDE)
            for pair in _attempted(policy, tasks[begin : begin + SIDE_BY_SIDE])]  # fmt: skip
    won = torch.tensor([float(good) for _, good in told])
    if len(told) < FEWEST or won.sum() in (0, len(told)):
        return 0
    odds = torch.tensor([sure for sure, _ in told], dtype=torch.float64).logit(eps=1e-6)
    policy.net.calibration.copy_(fit(odds, won.double()).float())
    return len(told)


def fit(odds: torch.Tensor, won: torch.Tensor) -> torch.Tensor:
    """Returns scale and shift that make log-odds (N,) fit outcomes (N,), 0 or 1; shape (2,)."""
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    start = line.detach().clone()
    search = torch.optim.LBFGS([line], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        lost = F.binary_cross_entropy_with_logits(odds * line[0] + line[1], won)
        lost = lost + HOLD * (line - start).square().sum()
        lost.backward()  # type: ignore[no-untyped-call]
        return lost

    search.step(loss)  # type: ignore[no-untyped-call]
    return line.detach()


def _attempted(policy: NetworkPolicy, tasks: list[Task]) -> list[tuple[float, bool]]:
    """Returns how sure the policy was of every end it came to, and whether that was a good one."""
    return [
        (decided[-1][1].sure, episode.verdict().success)
        for episode, decided in filter(None, play(policy, tasks))
        if episode.ended in ("done", "answer")
    ]
