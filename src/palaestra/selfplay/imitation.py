"""The learning rule: imitate whatever would have been right, any of it.

Loss of a decision: -log of the total probability of all right elements, plus, for every right
element that is filled, -log of the total probability of the right spans. With a single label the
order of filling a form, which is arbitrary, would be a floor under the loss.

The rates have a warm-up and a linear decay to nothing; the gradient is clipped. A batch comes from
one shard, its decisions of similar length, so that little is padded. Matrices are multiplied in
bfloat16; weights, norms and whatever is summed up stay float32.
"""

from __future__ import annotations

import copy
import io
import math
import random
from pickle import UnpicklingError
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from palaestra.errors import PalaestraError, UsageError
from palaestra.policies.network.batch import collate
from palaestra.policies.network.net import NEVER, Net, Reading, place
from palaestra.selfplay import policy_gradient
from palaestra.selfplay.shard import Shard, goals_of

WARM_UP_STEPS = 100
GOAL_LENGTHS = (17, 25, 41, 65)
JUDGE_WEIGHT = 0.3
PLACE_WEIGHT = 2.0
CONSEQUENCE_WEIGHT = 0.1
MUON = 10.0
"""How many times AdamW's rate Muon's is."""
MOMENTUM = 0.9
LEAST_MATRIX = 16
KEPT_MEAN = 0.997
"""How much of the mean is kept at each step."""


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


def plan(shard: Shard, batch: int, rng: random.Random, *, again: bool = False) -> list[list[int]]:
    """Divides a shard's decisions into batches of similar length, in random order.

    Decisions whose goals are about as long stand together, and among them those whose screens are.

    Args:
        shard: Where the decisions are.
        batch: How many there are in a batch, at most.
        rng: Decides the order.
        again: Whether they have been learnt from; what an earlier policy drew is then left out.
    """
    drawn = shard.drawn if again else set[int]()
    screens = np.diff(shard.ends, prepend=0)
    goals = np.digitize(np.diff(shard.touch_ends, prepend=0), GOAL_LENGTHS)
    kept = (decision for decision in range(len(shard)) if decision not in drawn)
    order = sorted(kept, key=lambda d: (goals[d], screens[d] + rng.random() * 12))
    batches = [order[begin : begin + batch] for begin in range(0, len(order), batch)]
    rng.shuffle(batches)
    return batches


class Imitation:
    """Learns from shards.

    Matrices are moved by Muon (Jordan et al. 2024), which makes the update's directions equally
    large; on two cores it needs about two thirds of AdamW's steps here. All else is moved by AdamW.

    Attributes:
        net: What acts: the mean over the last steps of what learns.
        raw: What learns.
        decay: Share of the training, at its end, in which the rates fall.
        gradient: Weight of the policy gradient beside imitation; 0 for none.
        steps: Steps taken so far.
    """

    def __init__(
        self,
        net: Net,
        rate: float,
        weight_decay: float = 0.01,
        *,
        decay: float = 0.25,
        auxiliary: bool = True,
        gradient: float = 0.0,
    ) -> None:
        self.net, self.raw = net, copy.deepcopy(net)
        self.rate, self.decay, self.steps = rate, decay, 0
        self.auxiliary, self.gradient = auxiliary, gradient
        matrices = [p for name, p in self.raw.named_parameters() if _is_matrix(name, p)]
        own = {id(p) for p in matrices}
        rest = [p for p in self.raw.parameters() if id(p) not in own]
        self.optimizers: tuple[torch.optim.Optimizer, ...] = (
            torch.optim.AdamW(rest, rate, betas=(0.9, 0.98), weight_decay=weight_decay, fused=True),
            torch.optim.Muon(matrices, rate * MUON, weight_decay=weight_decay, momentum=MOMENTUM),
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
        self.raw.train()
        warm = min(1.0, (self.steps + 1) / WARM_UP_STEPS)
        cool = min(1.0, (1.0 - progress) / self.decay + 0.02)
        for optimizer, most in zip(self.optimizers, (self.rate, self.rate * MUON), strict=True):
            for group in optimizer.param_groups:
                group["lr"] = most * warm * cool
        with torch.autocast(self.raw.device.type, torch.bfloat16):
            loss, accuracy = self._loss(shard, decisions)
        self.raw.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        steep = torch.nn.utils.clip_grad_norm_(self.raw.parameters(), 1.0).item()
        if not math.isfinite(loss.item() + steep):
            raise Diverged(
                f"The loss became {loss.item()}, its gradient {steep}, at step {self.steps}; "
                "train again with a lower rate"
            )
        for optimizer in self.optimizers:
            optimizer.step()
        self.steps += 1
        keep = min(KEPT_MEAN, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.net.parameters()), list(self.raw.parameters()), 1.0 - keep
            )
        return Step(loss.item(), accuracy, len(decisions))

    def _loss(self, shard: Shard, decisions: list[int]) -> tuple[Tensor, float]:
        looks = [shard.look(decision) for decision in decisions]
        goals = goals_of(shard, (look.goal for look in looks))
        device = self.raw.device
        reading = self.raw(collate(goals, looks, shard.table).to(device))
        row_of = np.full(len(shard), -1)
        row_of[decisions] = np.arange(len(decisions))
        right = _rows(shard.right, row_of).to(device)
        wanted = torch.zeros_like(reading.scores, dtype=torch.bool)
        wanted[right[:, 0], right[:, 1]] = True
        known = wanted.any(1)
        log_all = reading.scores.logsumexp(1)
        log_right = reading.scores.masked_fill(~wanted, NEVER).logsumexp(1)
        loss = ((log_all - log_right) * known).sum() / len(decisions)
        met = wanted.gather(1, reading.scores.argmax(1, keepdim=True)).squeeze(1)
        accuracy = met[known].float().mean().item() if known.any() else 1.0
        spans = _rows(shard.spans, row_of).to(device)
        if len(spans):
            loss = loss + self._span_loss(reading, spans) / len(decisions)
        if self.gradient and len(drawn := np.flatnonzero(row_of[shard.played[:, 0]] >= 0)):
            played = _rows(shard.played[drawn], row_of).to(device)
            gains = torch.from_numpy(shard.gains[drawn]).to(device)
            better = policy_gradient.loss(self.raw, reading, played, gains)
            loss = loss + self.gradient * better / len(decisions)
        now, tried = torch.from_numpy(shard.now[decisions]), _rows(shard.tried, row_of)
        loss = loss + self._place_loss(reading, now.to(device))
        return loss + self._outcome_loss(reading, tried.to(device)), accuracy

    def _place_loss(self, reading: Reading, now: Tensor) -> Tensor:
        """Returns the loss of what is said to be worked on, a mean over the tokens of the goals."""
        at = torch.arange(reading.now.shape[1], device=now.device)
        known = reading.told & (now[:, :1] >= 0)
        wanted = ((at >= now[:, :1]) & (at < now[:, 1:])).float()
        lost = F.binary_cross_entropy_with_logits(reading.now, wanted, reduction="none")
        return PLACE_WEIGHT * (lost * known).sum() / known.sum().clamp(min=1)

    def _outcome_loss(self, reading: Reading, tried: Tensor) -> Tensor:
        """Returns the loss of what was foretold: how the episode went, and what was changed."""
        row, element, won, changed = tried.unbind(1)
        loss = reading.sure.new_zeros(())
        for told, was, weight in (
            (reading.sure, won, JUDGE_WEIGHT), (reading.changes, changed, CONSEQUENCE_WEIGHT)
        ):  # fmt: skip
            known = was >= 0
            if self.auxiliary and known.any():
                odds = told[row[known], element[known]]
                loss = loss + weight * F.binary_cross_entropy_with_logits(odds, was[known].float())
        return loss

    def _span_loss(self, reading: Reading, spans: Tensor) -> Tensor:
        """Returns the sum of the losses of all elements that are filled."""
        pairs, number = torch.unique(spans[:, :2], dim=0, return_inverse=True)
        copied = self.raw.spans(reading, pairs[:, 0], pairs[:, 1])
        at = place(spans[:, 2], spans[:, 3], reading.goal.shape[1])
        right = copied[number, at].exp()
        total = right.new_zeros(len(pairs)).scatter_add(0, number, right)
        return -total.clamp(min=1e-9).log().sum()

    def state(self) -> bytes:
        """Returns what has to be kept to go on as if nothing had happened."""
        file = io.BytesIO()
        optimizers = [optimizer.state_dict() for optimizer in self.optimizers]
        raw = self.raw.state_dict()
        torch.save({"optimizers": optimizers, "raw": raw, "steps": self.steps}, file)
        return file.getvalue()

    def restore(self, state: bytes) -> None:
        """Goes on from what `state` returned.

        Raises:
            UsageError: If it is something else.
        """
        try:
            kept: dict[str, Any] = torch.load(
                io.BytesIO(state), weights_only=True, map_location=self.raw.device
            )
            self.raw.load_state_dict(kept["raw"])
            for optimizer, own in zip(self.optimizers, kept["optimizers"], strict=True):
                optimizer.load_state_dict(own)
            self.steps = kept["steps"]
        except (EOFError, KeyError, RuntimeError, TypeError, ValueError, UnpicklingError) as wrong:
            raise UsageError(f"This is no state of a training of ours: {wrong}") from wrong


def _is_matrix(name: str, weights: Tensor) -> bool:
    """Says whether weights turn vectors into vectors; tables of vectors do not."""
    is_table = name.partition(".")[0] in ("word", "kind", "place", "role", "state")
    return weights.ndim == 2 and min(weights.shape) >= LEAST_MATRIX and not is_table


def _rows(pairs: np.ndarray[Any, np.dtype[np.int32]], row_of: np.ndarray[Any, Any]) -> Tensor:
    """Keeps the lines about decisions of the batch, their first column made a row of it."""
    rows = row_of[pairs[:, 0]]
    kept = np.concatenate([rows[:, None], pairs[:, 1:]], 1)[rows >= 0]
    return torch.from_numpy(kept)
