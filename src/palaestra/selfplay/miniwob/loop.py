"""The loop of practice on MiniWoB++: attempt, learn, keep, again, until the budget is spent.

What a round contains is decided by the seed, its number and the weights; seeds of problems are
never those of an exam. A practice that was killed goes on after its last whole round.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from palaestra.browser.crew import Crew
from palaestra.browser.miniwob.catalogue import practice_seed
from palaestra.browser.miniwob.site import serving
from palaestra.errors import UsageError
from palaestra.policies import finder
from palaestra.policies.network import NetworkPolicy
from palaestra.selfplay.imitation import Imitation, Step
from palaestra.selfplay.lessons import lessons, round_of
from palaestra.selfplay.miniwob.actor import Came, Part, practise
from palaestra.selfplay.miniwob.config import Practice
from palaestra.selfplay.run import Run
from palaestra.selfplay.shard import Shard
from palaestra.selfplay.tuning import tune

SEEDS_IN_A_ROUND = 1 << 20
REMEMBERED = 0.7
"""How much a task's earlier rate counts when it is attempted again."""
LEAST_WEIGHT = 0.1


def drill(run: Run, practice: Practice, watch: Callable[[dict[str, Any]], None]) -> Path:
    """Practises until the budget is spent.

    Args:
        run: Where everything is kept; a run with rounds in it is gone on with.
        practice: What to do.
        watch: Called with the metrics of every round.

    Returns:
        The finished model's file.

    Raises:
        UsageError: If the model is no network, or there is no Chromium or no MiniWoB++.
    """
    tune()
    learner = Learner(run, practice)
    with serving() as site, Crew(practice.workers) as crew:
        while not learner.finished:
            watch(learner.play(crew, site))
    run.write("model.safetensors", learner.policy.to_bytes())
    return run.path / "model.safetensors"


class Learner:
    """The state of a practice between rounds.

    Attributes:
        round: The round that comes next.
        elapsed: Seconds of practice so far.
        policy: The network.
        rates: By task, how much of it was solved lately by first choices.
    """

    def __init__(self, run: Run, practice: Practice) -> None:
        self.run, self.practice = run, practice
        state = run.state()
        self.round: int = state["round"] + 1
        self.elapsed: float = state["elapsed_s"]
        self.rates: dict[str, float] = state.get("rates", {})
        self._shards = {n: Shard.from_bytes(run.read(n)) for n in state.get("shards", [])}
        if self.round:
            kept = run.read(f"checkpoints/{self.round - 1}.safetensors")
            self.policy = NetworkPolicy.from_bytes(kept)
        else:
            self.policy = _network(practice.model)
        self.policy.facts["practised"] = {"suite": "miniwob", "tasks": list(practice.tasks)}
        torch.manual_seed(practice.seed)
        self.learning = Imitation(self.policy.net, practice.rate, gradient=practice.gradient)
        if self.round:
            self.learning.restore(run.read(f"checkpoints/{self.round - 1}.learner"))

    @property
    def progress(self) -> float:
        """Returns how much of the practice is over, 0 to 1."""
        if self.practice.rounds:
            return min(1.0, self.round / self.practice.rounds)
        return min(1.0, self.elapsed / self.practice.budget_s)

    @property
    def finished(self) -> bool:
        """Says whether the practice is over."""
        return self.progress >= 1.0

    def parts(self, site: str) -> list[Part]:
        """Returns what the browsers are to do in this round; what is not solved comes oftener."""
        told = self.practice
        rng = random.Random(f"{told.seed}/{self.round}")
        weights = [max(LEAST_WEIGHT, 1.0 - self.rates.get(task, 0.0)) for task in told.tasks]
        begin = self.round * SEEDS_IN_A_ROUND
        drawn = rng.choices(told.tasks, weights, k=told.problems)
        problems = [(task, practice_seed(begin + place)) for place, task in enumerate(drawn)]
        file = self.policy.to_bytes()
        return [
            Part(file, site, tuple(problems[at :: told.workers]), rng.getrandbits(40), told)
            for at in range(min(told.workers, len(problems)))
        ]

    def play(self, crew: Crew, site: str) -> dict[str, Any]:
        """Plays one round: attempts, learns, keeps; returns its metrics."""
        began = time.perf_counter()
        parts = self.parts(site)
        done = {part.seed: came for part, came in crew.do(practise, parts)}
        cames = [done[part.seed] for part in parts]  # in the order of the parts, not of the clock
        for came in cames:
            for (task, _), won in came.solved.items():
                before = self.rates.get(task, float(won))
                self.rates[task] = REMEMBERED * before + (1 - REMEMBERED) * won
        played = time.perf_counter() - began
        steps = self._learn(cames)
        self.elapsed += time.perf_counter() - began
        facts = {name: sum(came.facts[name] for came in cames) for name in cames[0].facts}
        attempted = sum(len(came.solved) for came in cames)
        metrics = {
            "round": self.round,
            "elapsed_s": round(self.elapsed, 2),
            "played_s": round(played, 2),
            "attempted": attempted,
            "success": facts["first_choice"] / attempted if attempted else 0.0,
            "rate_of_tasks": sum(self.rates.values()) / len(self.rates) if self.rates else 0.0,
            "loss": _mean([step.loss for step in steps]),
            "accuracy": _mean([step.accuracy for step in steps]),
            "decisions": sum(step.decisions for step in steps),
            **facts,
        }
        self._keep(metrics)
        self.round += 1
        return metrics

    def _learn(self, cames: list[Came]) -> list[Step]:
        """Learns once from what is new, and again from some of what is not."""
        told = self.practice
        rng = random.Random(f"{told.seed}/{self.round}/learn")
        torch.manual_seed(rng.getrandbits(60))
        fresh = []
        for place, came in enumerate(cames):
            if came.shard:
                fresh.append(f"shards/{self.round}-{place}.npz")
                self._shards[fresh[-1]] = came.shard
        drawn = lessons(self._shards, fresh, told.batch, told.reuse, rng)
        return [self.learning.learn(shard, batch, self.progress) for shard, batch in drawn]

    def _keep(self, metrics: dict[str, Any]) -> None:
        number = self.round
        old = [n for n in self._shards if round_of(n) <= number - self.practice.window]
        for name in old:
            del self._shards[name]
        self.run.finish_round(
            {
                "round": number,
                "elapsed_s": self.elapsed,
                "rates": self.rates,
                "shards": list(self._shards),
            },
            {
                **{n: s.to_bytes() for n, s in self._shards.items() if round_of(n) == number},
                f"checkpoints/{number}.safetensors": self.policy.to_bytes(),
                f"checkpoints/{number}.learner": self.learning.state(),
            },
            {"metrics.jsonl": [metrics]},
        )
        for name in old:
            self.run.drop(name)


def _network(model: str) -> NetworkPolicy:
    policy = finder.find(model)
    if not isinstance(policy, NetworkPolicy):
        raise UsageError(f"Only a trained network practises; {model} is none")
    return policy


def _mean(numbers: list[float]) -> float:
    return round(sum(numbers) / len(numbers), 5) if numbers else 0.0
