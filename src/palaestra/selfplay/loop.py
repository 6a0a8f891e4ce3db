"""The loop of self-play: practise, learn, keep, again.

While the learner learns from round r, the actor plays round r + 1 with the weights from after round
r - 1. What a round contains is decided by the seed, its number and those weights, never by time;
so a run that was killed goes on exactly as if it had not been.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from palaestra.errors import UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net
from palaestra.selfplay.actor import Assignment, Round
from palaestra.selfplay.calibration import calibrate
from palaestra.selfplay.company import Actors, Company, Order
from palaestra.selfplay.config import Config
from palaestra.selfplay.curriculum import GYM_TAIL, mixed, shared
from palaestra.selfplay.curves import curves
from palaestra.selfplay.dealing import deal
from palaestra.selfplay.imitation import Diverged, Imitation, Step
from palaestra.selfplay.lessons import lessons, round_of
from palaestra.selfplay.proposer import Outcome, Proposer
from palaestra.selfplay.ray_company import RayCompany
from palaestra.selfplay.run import PARENT, Run, is_remembered
from palaestra.selfplay.shard import Shard
from palaestra.selfplay.tuning import device, tune
from palaestra.tasks.splits import PRACTICE

Watcher = Callable[[dict[str, Any]], None]
CALIBRATED_ON = 400
"""Goals that the finished policy attempts so that the judge's odds can be set right."""
FAILURES = 5
"""Failed goals of a round that are kept for the report."""


def train(run: Run, config: Config, watch: Watcher) -> Path:
    """Trains until the budget is spent.

    Args:
        run: Where everything is kept; a run with rounds in it is gone on with.
        config: What to do.
        watch: Called with the metrics of every round.

    Returns:
        The finished model's file.
    """
    tune()
    learner = Learner(run, config)
    company: Actors = (RayCompany if config.company == "ray" else Company)(config.workers)
    with company:
        company.ask(learner.orders(learner.round))
        while not learner.finished:
            watch(learner.play(company))
    if config.auxiliary:
        calibrate(learner.policy, config.gyms, config.seed, CALIBRATED_ON)
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
        setbacks: How often the loss was no number, and learning went back to a checkpoint.
    """

    def __init__(self, run: Run, config: Config) -> None:
        self.run, self.config = run, config
        state = run.state()
        self.round: int = state["round"] + 1
        self.elapsed: float = state["elapsed_s"]
        self.setbacks: int = state.get("setbacks", 0)
        untaught = self._untaught().to_bytes()
        self._weights: dict[int, bytes] = {-2: untaught, -1: untaught}
        for number in (self.round - 2, self.round - 1):
            if number >= 0:
                self._weights[number] = run.read(f"checkpoints/{number}.safetensors")
        self._go_back()
        self.proposer = Proposer({}, curriculum=config.curriculum)
        if self.round:
            kept = run.read(f"checkpoints/{self.round - 1}.proposer")
            self.proposer = Proposer.from_bytes(kept, curriculum=config.curriculum)
        self._shards: dict[str, Shard] = {
            name: Shard.from_bytes(run.read(name)) for name in state.get("shards", [])
        }

    def _untaught(self) -> NetworkPolicy:
        """Returns what the training begins with: a new network, or its parent's."""
        config = self.config
        facts: dict[str, Any] = {"gyms": config.gyms, "seed": config.seed}
        torch.manual_seed(config.seed)
        if not config.parent:
            return NetworkPolicy(Net(config.size), facts=facts)
        parent = NetworkPolicy.from_bytes(self.run.read(PARENT), str(self.run.path / PARENT))
        facts["parents"] = [*parent.facts.get("parents", ()), config.parent]
        return NetworkPolicy(parent.net, facts=facts)

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

    def orders(self, number: int) -> list[Order]:
        """Returns what the actors are to do in a round: each a part, and an earlier self some."""
        config = self.config
        rng = random.Random(f"{config.seed}/{number}")
        weights, worths = [1.0] * len(config.gyms), None
        if config.proposer == "learns":
            worths = self.proposer.worths()
            if config.curriculum:
                found = [self.proposer.gym_worth(gym) for gym in config.gyms]
                weights = mixed(weights, found, GYM_TAIL)
        goals = dict(zip(config.gyms, shared(config.goals, weights, rng), strict=True))
        earlier = [n for n in range(config.imitate_rounds, number - 2) if is_remembered(n)]
        by_earlier = round(config.goals * config.past_selves) if earlier else 0
        attempt = number >= config.imitate_rounds
        split = replace(PRACTICE, plain=1 - config.skins, disturbed=config.disturbed)
        orders = []
        for place, part in enumerate(deal(goals, config.workers, by_earlier, rng)):
            seed = rng.randrange(1 << 40)
            past = place == config.workers
            groups = 0 if past or not config.gradient else config.groups // config.workers
            assignment = Assignment(
                seed, part, config.keep_solved, attempt, worths, config.search, groups, split
            )
            name = f"checkpoints/{rng.choice(earlier)}.safetensors" if past else ""
            solver = self.run.read(name) if past else self._weights[number - 2]
            orders.append(Order(assignment, solver, past))
        return orders

    def play(self, company: Actors) -> dict[str, Any]:
        """Plays one round: fetches it, asks for the next, learns, keeps; returns its metrics."""
        began = time.perf_counter()
        played = company.fetch()
        waited = time.perf_counter() - began
        present, earlier = played[: self.config.workers], played[self.config.workers :]
        tries = [one for part in present for one in part.tries]
        by_earlier = [one for part in earlier for one in part.tries]
        tries += [one._replace(solved=None) for one in by_earlier]
        shown = curves(tries, self.proposer)
        self.proposer.learn(Outcome(one.path, one.solved) for one in tries)
        company.ask(self.orders(self.round + 1))
        steps = self._learn(played)
        learnt = sum(step.decisions for step in steps)
        took = time.perf_counter() - began
        self.elapsed += took
        solved = [float(bool(one.solved)) for one in by_earlier if one.goal]
        metrics = {
            "round": self.round,
            "elapsed_s": round(self.elapsed, 2),
            "loss": _mean([step.loss for step in steps]),
            "accuracy": _mean([step.accuracy for step in steps]),
            "decisions": learnt,
            "decisions_per_s": round(learnt / took, 1),
            "waited_s": round(waited, 2),
            "setbacks": self.setbacks,
            **shown,
            **({"earlier_self_success": _mean(solved)} if solved else {}),
            **_summed([part.facts for part in played]),
        }
        failures = [failure for part in present for failure in part.failures]
        self._keep(metrics, failures[:FAILURES])
        self.round += 1
        return metrics

    def _learn(self, played: list[Round]) -> list[Step]:
        """Learns from a round; if the loss becomes no number, goes back once and learns slower.

        Raises:
            Diverged: If that has happened before.
        """
        fresh = [f"shards/{self.round}-{place}.npz" for place in range(len(played))]
        for name, part in zip(fresh, played, strict=True):
            if part.shard:
                self._shards[name] = part.shard
        fresh = [name for name in fresh if name in self._shards]
        try:
            return self._steps(fresh)
        except Diverged:
            if self.setbacks:
                raise
        self.setbacks += 1
        self._go_back()
        return self._steps(fresh)

    def _go_back(self) -> None:
        """Takes the network and the optimizer as they were after the last round."""
        before = self.round - 1
        self.policy = NetworkPolicy.from_bytes(self._weights[before])
        self.policy.net.to(device(self.config.device))
        self.learning = Imitation(
            self.policy.net,
            self.config.rate / 2**self.setbacks,
            decay=self.config.decay,
            auxiliary=self.config.auxiliary,
            gradient=self.config.gradient,
        )
        if self.round:
            self.learning.restore(self.run.read(f"checkpoints/{before}.learner"))

    def _steps(self, fresh: list[str]) -> list[Step]:
        """Learns once from what is new, and again from some of what is not."""
        rng = random.Random(f"{self.config.seed}/{self.round}/learn")
        torch.manual_seed(rng.getrandbits(60))
        told = self.config
        drawn = lessons(self._shards, fresh, told.batch, told.reuse, rng)
        return [self.learning.learn(shard, batch, self.progress) for shard, batch in drawn]

    def _keep(self, metrics: dict[str, Any], failures: list[dict[str, Any]]) -> None:
        number = self.round
        self._weights[number] = self.policy.to_bytes()
        self._weights.pop(number - 2, None)
        old = [name for name in self._shards if round_of(name) <= number - self.config.window]
        kept = [name for name in self._shards if name not in old]
        self.run.finish_round(
            {
                "round": number,
                "elapsed_s": self.elapsed,
                "setbacks": self.setbacks,
                "shards": kept,
            },
            {
                **{n: self._shards[n].to_bytes() for n in kept if round_of(n) == number},
                f"checkpoints/{number}.safetensors": self._weights[number],
                f"checkpoints/{number}.learner": self.learning.state(),
                f"checkpoints/{number}.proposer": self.proposer.to_bytes(),
            },
            {
                "metrics.jsonl": [metrics],
                "failures.jsonl": [{"round": number, **failure} for failure in failures],
            },
        )
        for name in old:
            del self._shards[name]
            self.run.drop(name)


def _summed(facts: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(sum(one[name] for one in facts), 3) for name in facts[0]}


def _mean(numbers: list[float]) -> float:
    if not numbers:
        raise UsageError("A round brought nothing to learn from; give it more goals")
    return round(sum(numbers) / len(numbers), 5)
