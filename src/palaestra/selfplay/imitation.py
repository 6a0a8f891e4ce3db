"""The learning rule: imitate whatever would have been right, any of it.

Loss of a decision: -log of the total probability of all right elements, plus, for every right
element that is filled, -log of the total probability of the right spans. With a single label the
order of filling a form, which is arbitrary, would be a floor under the loss.

AdamW with a warm-up and a linear decay at the end; the gradient is clipped. A batch comes from one
shard, its decisions of similar length, so that little is padded.
"""

from __future__ import annotations

import io
import math
import random
from pickle import UnpicklingError
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from palaestra.errors import PalaestraError, UsageError
from palaestra.policies.network.batch import collate
from palaestra.policies.network.net import NEVER, Net, Reading
from palaestra.selfplay.shard import Shard, goals_of

WARM_UP_STEPS = 100
DECAY_SHARE = 0.25
GOAL_LENGTHS = (17, 25, 41, 65)


class Diverged(PalaestraError):
    """The loss is no longer a number; the last checkpoint is good."""


class Step(NamedTuple):
    """What one step of learning showed.

    Attributes:
        loss: Mean loss of a decision.
        accuracy: Share of decisions whose likeliest element is right.
        decisions: How many decisions were learnt from.
    """

    loss: float
    accuracy: float
    decisions: int


def plan(shard: Shard, batch: int, rng: random.Random) -> list[list[int]]:
    """Divides a shard's decisions into batches of similar length, in random order.

    Decisions whose goals are about as long stand together, and among them those whose screens are.
    """
    screens = np.diff(shard.ends, prepend=0)
    goals = np.digitize(np.diff(shard.touch_ends, prepend=0), GOAL_LENGTHS)
    order = sorted(range(len(shard)), key=lambda d: (goals[d], screens[d] + rng.random() * 12))
    batches = [order[begin : begin + batch] for begin in range(0, len(order), batch)]
    rng.shuffle(batches)
    return batches


class Imitation:
    """Learns from shards.

    Attributes:
        net: What learns.
        steps: Steps taken so far.
    """

    def __init__(self, net: Net, rate: float, weight_decay: float = 0.01) -> None:
        self.net, self.rate, self.steps = net, rate, 0
        self.optimizer = torch.optim.AdamW(
            net.parameters(), rate, betas=(0.9, 0.98), weight_decay=weight_decay
        )

    def learn(self, shard: Shard, decisions: list[int], progress: float) -> Step:
        """Takes one step.

        Args:
            shard: Where the decisions are.
            decisions: Which of them.
            progress: How much of the training is over, 0 to 1; decides the rate.

        Raises:
            Diverged: If the loss is not a number.
        """
        self.net.train()
        warm = min(1.0, (self.steps + 1) / WARM_UP_STEPS)
        cool = min(1.0, (1.0 - progress) / DECAY_SHARE + 0.02)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * warm * cool
        loss, accuracy = self._loss(shard, decisions)
        if not math.isfinite(loss.item()):
            raise Diverged(
                f"The loss became {loss.item()} at step {self.steps}; train again with a lower rate"
            )
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.steps += 1
        return Step(loss.item(), accuracy, len(decisions))

    def _loss(self, shard: Shard, decisions: list[int]) -> tuple[Tensor, float]:
        looks = [shard.look(decision) for decision in decisions]
        batch = collate(goals_of(shard), looks, shard.table)
        reading = self.net(batch)
        row_of = np.full(len(shard), -1)
        row_of[decisions] = np.arange(len(decisions))
        right = _rows(shard.right, row_of)
        wanted = torch.zeros_like(reading.scores, dtype=torch.bool)
        wanted[right[:, 0], right[:, 1]] = True
        log_all = reading.scores.logsumexp(1)
        log_right = reading.scores.masked_fill(~wanted, NEVER).logsumexp(1)
        loss = (log_all - log_right).mean()
        accuracy = wanted.gather(1, reading.scores.argmax(1, keepdim=True)).float().mean().item()
        spans = _rows(shard.spans, row_of)
        if len(spans):
            loss = loss + self._span_loss(reading, spans) / len(decisions)
        return loss, accuracy

    def _span_loss(self, reading: Reading, spans: Tensor) -> Tensor:
        """Returns the sum of the losses of all elements that are filled."""
        pairs, number = torch.unique(spans[:, :2], dim=0, return_inverse=True)
        copied = self.net.spans(reading, pairs[:, 0], pairs[:, 1])
        right = copied[number, spans[:, 2], spans[:, 3]].exp()
        total = torch.zeros(len(pairs)).scatter_add(0, number, right)
        return -total.clamp(min=1e-9).log().sum()

    def state(self) -> bytes:
        """Returns what has to be kept to go on as if nothing had happened."""
        file = io.BytesIO()
        torch.save({"optimizer": self.optimizer.state_dict(), "steps": self.steps}, file)
        return file.getvalue()

    def restore(self, state: bytes) -> None:
        """Goes on from what `state` returned.

        Raises:
            UsageError: If it is something else.
        """
        try:
            kept: dict[str, Any] = torch.load(io.BytesIO(state), weights_only=True)
            self.optimizer.load_state_dict(kept["optimizer"])
            self.steps = kept["steps"]
        except (EOFError, KeyError, RuntimeError, TypeError, ValueError, UnpicklingError) as wrong:
            raise UsageError(f"This is no state of a training of ours: {wrong}") from wrong


def _rows(pairs: np.ndarray[Any, np.dtype[np.int32]], row_of: np.ndarray[Any, Any]) -> Tensor:
    """Keeps the lines about decisions of the batch, their first column made a row of it."""
    rows = row_of[pairs[:, 0]]
    kept = np.concatenate([rows[:, None], pairs[:, 1:]], 1)[rows >= 0]
    return torch.from_numpy(kept)
