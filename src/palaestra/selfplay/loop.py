"""The loop of self-play: practise, learn, keep, again.

While the learner learns from round r, the actor plays round r + 1 with the weights from after round
r - 1. What a round contains is decided by the seed, its number and those weights, never by time;
so a run that was killed goes on exactly as if it had not been.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from palaestra.errors import UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net
from palaestra.selfplay.actor import Assignment, Round
from palaestra.selfplay.company import Company, Order
from palaestra.selfplay.config import Config
from palaestra.selfplay.curriculum import GYM_TAIL, mixed, shared
from palaestra.selfplay.curves import curves
from palaestra.selfplay.imitation import Imitation, Step, plan
from palaestra.selfplay.proposer import Outcome, Proposer
from palaestra.selfplay.run import Run
from palaestra.selfplay.shard import Shard

Watcher = Callable[[dict[str, Any]], None]


def train(run: Run, config: Config, watch: Watcher) -> Path:
    """Trains until the budget is spent.

    Args:
        run: Where everything is kept; a run with rounds in it is gone on with.
        config: What to do.
        watch: Called with the metrics of every round.

    Returns:
        The finished model's file.
    """
    torch.set_num_threads(1)
    learner = Learner(run, config)
    with Company() as company:
        company.ask(learner.order(learner.round))
        while not learner.finished:
            watch(learner.play(company))
    model = run.path / "model.safetensors"
    run.write(model.name, learner.policy.to_bytes())
    return model


class Learner:
    """The state of a training between rounds.

    Attributes:
        round: The round that comes next.
        elapsed: Seconds of training so far, over all sessions.
        policy: The network.
        proposer: What the proposer has learnt.
    """

    def __init__(self, run: Run, config: Config) -> None:
        self.run, self.config = run, config
        state = run.state()
        self.round: int = state["round"] + 1
        self.elapsed: float = state["elapsed_s"]
        torch.manual_seed(config.seed)
        self.policy = NetworkPolicy(
            Net(config.size), facts={"gyms": config.gyms, "seed": config.seed}
        )
        self._weights: dict[int, bytes] = {-2: self.policy.to_bytes(), -1: self.policy.to_bytes()}
        self._shards: dict[int, Shard] = {}
        for number in (self.round - 2, self.round - 1):
            if number >= 0:
                self._weights[number] = run.read(f"checkpoints/{number}.safetensors")
        if self.round:
            self.policy = NetworkPolicy.from_bytes(self._weights[self.round - 1])
        self.learning = Imitation(self.policy.net, config.rate)
        if self.round:
            self.learning.restore(run.read(f"checkpoints/{self.round - 1}.learner"))
        self.proposer = Proposer({}, curriculum=config.curriculum)
        if self.round:
            kept = run.read(f"checkpoints/{self.round - 1}.proposer")
            self.proposer = Proposer.from_bytes(kept, curriculum=config.curriculum)
        for number in run.shards(max(0, self.round - config.window), self.round):
            self._shards[number] = Shard.from_bytes(run.read(f"shards/{number}.npz"))

    @property
    def progress(self) -> float:
        """Returns how much of the training is over, 0 to 1."""
        if self.config.rounds:
            return min(1.0, self.round / self.config.rounds)
        return min(1.0, self.elapsed / self.config.budget_s)

    @property
    def finished(self) -> bool:
        """Says whether the training is over."""
        return self.progress >= 1.0

    def order(self, number: int) -> Order:
        """Returns what the actor is to do in a round."""
        config = self.config
        rng = random.Random(f"{config.seed}/{number}")
        seed = rng.randrange(1 << 40)
        weights, worths = [1.0] * len(config.gyms), None
        if config.proposer == "learns":
            worths = self.proposer.worths()
            if config.curriculum:
                found = [self.proposer.gym_worth(gym) for gym in config.gyms]
                weights = mixed(weights, found, GYM_TAIL)
        goals = tuple(zip(config.gyms, shared(config.goals, weights, rng), strict=True))
        attempt = number >= config.imitate_rounds
        return Order(
            Assignment(seed, goals, config.keep_solved, attempt, worths), self._weights[number - 2]
        )

    def play(self, company: Company) -> dict[str, Any]:
        """Plays one round: fetches it, asks for the next, learns, keeps; returns its metrics."""
        began = time.perf_counter()
        played = company.fetch()
        waited = time.perf_counter() - began
        shown = curves(played.tries, self.proposer)
        self.proposer.learn(Outcome(one.path, one.solved) for one in played.tries)
        company.ask(self.order(self.round + 1))
        if played.shard:
            self._shards[self.round] = played.shard
        steps = self._learn(played.shard)
        learnt = sum(step.decisions for step in steps)
        took = time.perf_counter() - began
        self.elapsed += took
        metrics = {
            "round": self.round,
            "elapsed_s": round(self.elapsed, 2),
            "loss": _mean([step.loss for step in steps]),
            "accuracy": _mean([step.accuracy for step in steps]),
            "decisions": learnt,
            "decisions_per_s": round(learnt / took, 1),
            "waited_s": round(waited, 2),
            **shown,
            **played.facts,
        }
        self._keep(played, metrics)
        self.round += 1
        return metrics

    def _learn(self, fresh: Shard | None) -> list[Step]:
        """Learns once from what is new, and again from some of what is not."""
        rng = random.Random(f"{self.config.seed}/{self.round}/learn")
        torch.manual_seed(rng.getrandbits(60))
        work = [(fresh, batch) for batch in plan(fresh, self.config.batch, rng)] if fresh else []
        for _ in range(round(len(work) * self.config.reuse)):
            old = self._shards[rng.choice(sorted(self._shards))]
            work.append((old, rng.choice(plan(old, self.config.batch, rng))))
        rng.shuffle(work)
        return [self.learning.learn(shard, batch, self.progress) for shard, batch in work]

    def _keep(self, played: Round, metrics: dict[str, Any]) -> None:
        number = self.round
        self._weights[number] = self.policy.to_bytes()
        self._weights.pop(number - 2, None)
        shards = {f"shards/{number}.npz": played.shard.to_bytes()} if played.shard else {}
        self.run.finish_round(
            {"round": number, "elapsed_s": self.elapsed},
            {
                **shards,
                f"checkpoints/{number}.safetensors": self._weights[number],
                f"checkpoints/{number}.learner": self.learning.state(),
                f"checkpoints/{number}.proposer": self.proposer.to_bytes(),
            },
            {
                "metrics.jsonl": [metrics],
                "failures.jsonl": [{"round": number, **failure} for failure in played.failures],
            },
        )
        if self._shards.pop(number - self.config.window, None):
            self.run.drop_shard(number - self.config.window)


def _mean(numbers: list[float]) -> float:
    if not numbers:
        raise UsageError("A round brought nothing to learn from; give it more goals")
    return round(sum(numbers) / len(numbers), 5)
