"""The learning rule that needs no teacher: what went better than its like becomes likelier.

A goal is attempted several times, each action drawn from the policy. An attempt's advantage is its
reward less the mean reward of the goal's other attempts (REINFORCE with a leave-one-out baseline,
Kool et al. 2019); attempts that all went alike teach nothing. The policy that acted is a round or
two behind the one that learns, so the ratio of the two is clipped as in PPO (Schulman et al. 2017,
arXiv:1707.06347, equation 7). The gradient is that of the likelihood of elements and spans; it is
added to imitation's, with a weight.

Reward is 1 for a clean success, 0 for a failure, and `HARM` besides where there were side effects.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from palaestra.policies.network.net import Net, Reading, place
from palaestra.types import Verdict

CLIP = 0.2
HARM = -0.5


def reward(verdict: Verdict) -> float:
    """Returns what an attempt was worth."""
    return float(verdict.success) + (HARM if verdict.side_effects else 0.0)


def advantages(rewards: Sequence[float]) -> list[float]:
    """Returns how much better each attempt at a goal went than the others; two attempts or more."""
    others = len(rewards) - 1
    return [one - (sum(rewards) - one) / others for one in rewards]


def loss(net: Net, reading: Reading, played: Tensor, gains: Tensor) -> Tensor:
    """Returns the sum over decisions of the clipped surrogate, to be made small.

    Args:
        net: What learns.
        reading: What it makes of the batch.
        played: Row of the batch, element, first and last token copied (-1 where nothing was
            copied; `COMPOSED` and the candidate where text was composed), (N, 4).
        gains: Advantage, and the log-probability that the acting policy gave, (N, 2).
    """
    row, element, first, last = played.unbind(1)
    likely = reading.scores.log_softmax(1)[row, element]
    copied = first != -1
    if copied.any():
        spans = net.spans(reading, row[copied], element[copied])
        at = place(first[copied], last[copied], reading.goal.shape[1])
        likely = likely.index_add(
            0, copied.nonzero().squeeze(1), spans.gather(1, at[:, None].long()).squeeze(1)
        )
    advantage, before = gains.unbind(1)
    ratio = (likely - before).clamp(-10.0, 10.0).exp()
    clipped = ratio.clamp(1.0 - CLIP, 1.0 + CLIP)
    return -torch.minimum(ratio * advantage, clipped * advantage).sum()
