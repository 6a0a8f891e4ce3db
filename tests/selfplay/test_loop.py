"""A training that was stopped goes on as if it had not been, weight for weight."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
import torch

from palaestra.errors import UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Size
from palaestra.selfplay import loop
from palaestra.selfplay.config import Config
from palaestra.selfplay.imitation import Diverged, Imitation, Step
from palaestra.selfplay.loop import Learner, train
from palaestra.selfplay.proposer import Outcome
from palaestra.selfplay.run import Run
from palaestra.selfplay.shard import Shard
from palaestra.tasks.task import KINDS

TINY = Config(
    gyms=("accounting", "procedural"),
    seed=3,
    rounds=4,
    goals=24,
    imitate_rounds=2,
    window=2,
    workers=1,
    batch=32,
    size=Size(width=16, heads=2, goal_layers=1, blocks=1, words=64),
)
BY_CLOCK = {"elapsed_s", "decisions_per_s", "waited_s", "propose_s", "practise_s"}


class Stopped(BaseException):
    """Stands for ctrl-C."""


def stop_after(rounds: int):
    def watch(metrics: dict[str, Any]) -> None:
        if metrics["round"] + 1 == rounds:
            raise Stopped

    return watch


def timeless(run: Run) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in line.items() if key not in BY_CLOCK}
        for line in run.lines("metrics.jsonl")
    ]


def test_stopped_and_resumed_is_the_same_as_not_stopped(tmp_path: Path):
    seen: list[int] = []
    whole = Run.begin(tmp_path / "whole", TINY)
    model = train(whole, TINY, lambda metrics: seen.append(metrics["round"]))
    assert seen == [0, 1, 2, 3]

    stopped = Run.begin(tmp_path / "stopped", TINY)
    with pytest.raises(Stopped):
        train(stopped, TINY, stop_after(2))
    # It was killed while the third round was being kept.
    stopped.write("shards/2-0.npz", b"half a shard")
    stopped.write("metrics.jsonl", (stopped.path / "metrics.jsonl").read_bytes() + b'{"round": 2}')
    run, config = Run.resume(stopped.path)
    again = train(run, config, seen.append)
    assert again.read_bytes() == model.read_bytes()
    assert timeless(stopped) == timeless(whole)
    assert stopped.lines("failures.jsonl") == whole.lines("failures.jsonl")
    assert {path.name for path in (whole.path / "shards").iterdir()} == {"2-0.npz", "3-0.npz"}

    policy = NetworkPolicy.load(model)
    assert policy.facts["seed"] == TINY.seed
    metrics = timeless(whole)
    assert metrics[1]["practice_success"] == {}
    assert set(metrics[3]["practice_success"]) == {"accounting", "procedural"}
    assert metrics[3]["loss"] < metrics[0]["loss"]
    assert all(line["proposals"] == TINY.goals for line in metrics)

    finished = Run.resume(whole.path)
    seen.clear()
    assert train(*finished, lambda metrics: seen.append(metrics["round"])).read_bytes()
    assert seen == []


def test_a_training_goes_on_from_a_model_and_says_so(tmp_path: Path):
    first = Learner(Run.begin(tmp_path / "first", TINY), TINY)
    first.policy.facts["parents"] = ["sha256:older"]
    parent = first.policy.to_bytes()
    told = replace(TINY, seed=4, parent="sha256:old", imitate_rounds=0, rounds=1)
    run = Run.begin(tmp_path / "run", told, parent)
    begun = Learner(run, told).policy
    for name, weights in first.policy.net.state_dict().items():
        assert torch.equal(weights, begun.net.state_dict()[name])
    policy = NetworkPolicy.load(train(run, told, lambda metrics: None))
    assert policy.facts["parents"] == ["sha256:older", "sha256:old"]
    assert policy.facts["seed"] == 4
    assert timeless(run)[0]["practice_success"]
    run.drop("parent.safetensors")
    with pytest.raises(UsageError, match=r"parent\.safetensors cannot be read"):
        Learner(*Run.resume(run.path))


def test_a_run_whose_files_are_of_something_else(tmp_path: Path):
    run = Run.begin(tmp_path / "run", TINY)
    run.write("state.json", b'{"round": 0, "elapsed_s": 1.0, "shards": ["shards/0-0.npz"]}')
    with pytest.raises(UsageError, match="cannot be read"):
        Learner(run, TINY)
    run.write("checkpoints/0.safetensors", b"foreign")
    with pytest.raises(UsageError, match="cannot be read as a model"):
        Learner(run, TINY)
    fresh = Learner(Run.begin(tmp_path / "fresh", TINY), TINY)
    run.write("checkpoints/0.safetensors", fresh.policy.to_bytes())
    run.write("checkpoints/0.learner", b"foreign")
    with pytest.raises(UsageError, match="no state of a training"):
        Learner(run, TINY)
    run.write("checkpoints/0.learner", fresh.learning.state())
    run.write("checkpoints/0.proposer", b"foreign")
    with pytest.raises(UsageError, match="nothing that a proposer has learnt"):
        Learner(run, TINY)
    run.write("checkpoints/0.proposer", fresh.proposer.to_bytes())
    run.write("shards/0-0.npz", b"foreign")
    with pytest.raises(UsageError, match="no decisions of a training"):
        Learner(run, TINY)


def test_what_is_ordered_is_decided_by_seed_and_round(tmp_path: Path):
    learner = Learner(Run.begin(tmp_path / "run", TINY), TINY)
    [first], [second] = learner.orders(0), learner.orders(1)
    assert first.assignment.seed != second.assignment.seed
    assert [first] == Learner(Run.begin(tmp_path / "twin", TINY), TINY).orders(0)
    assert dict(first.assignment.goals) == {"accounting": 12, "procedural": 12}
    assert not second.assignment.attempt


def test_progress_is_by_rounds_or_by_time(tmp_path: Path):
    learner = Learner(Run.begin(tmp_path / "rounds", TINY), TINY)
    learner.elapsed = 10**6
    assert learner.progress == 0.0
    learner.round = 3
    assert learner.progress == 0.75
    learner.round = 4
    assert learner.finished
    by_time = Config(budget_s=100.0, size=TINY.size)
    learner = Learner(Run.begin(tmp_path / "time", by_time), by_time)
    learner.round, learner.elapsed = 10**6, 25.0
    assert learner.progress == 0.25
    learner.elapsed = 101.0
    assert learner.finished


def met(learner: Learner, solved: list[bool]) -> Learner:
    """Teaches the proposer that a topic of each kind in accounting is solved, or not."""
    outcomes = [Outcome(("accounting", kind, "x"), one) for kind in KINDS for one in solved]
    learner.proposer.learn(outcomes)
    return learner


@pytest.mark.parametrize("switches", [{}, {"proposer": "random"}, {"curriculum": False}])
def test_a_gym_that_is_solved_gets_less_unless_that_is_switched_off(
    tmp_path: Path, switches: dict[str, Any]
):
    config = replace(TINY, goals=100, **switches)
    learner = met(Learner(Run.begin(tmp_path / "run", config), config), [True] * 200)
    [order] = learner.orders(1)
    goals = dict(order.assignment.goals)
    if switches:
        assert goals == {"accounting": 50, "procedural": 50}
    else:
        assert 25 <= goals["accounting"] < 45
    assert (order.assignment.worths is None) == (switches == {"proposer": "random"})


def test_how_much_is_dressed_and_disturbed_is_told_to_the_actors(tmp_path: Path):
    config = replace(TINY, skins=0.9, disturbed=0.6)
    [order] = Learner(Run.begin(tmp_path / "run", config), config).orders(1)
    split, rng = order.assignment.split, random.Random(0)
    assert split.name == "practice"
    dressed = [split.skin(rng) > 0 for _ in range(400)]
    disturbed = [split.disturbance(rng) > 0 for _ in range(400)]
    assert 0.85 < sum(dressed) / 400 < 0.95
    assert 0.52 < sum(disturbed) / 400 < 0.68


def test_an_earlier_self_attempts_some_goals(tmp_path: Path):
    config = replace(TINY, goals=100, past_selves=0.2, imitate_rounds=2)
    run = Run.begin(tmp_path / "run", config)
    learner = Learner(run, config)
    learner._weights.update({5: b"present"})
    for number in (2, 4):
        run.write(f"checkpoints/{number}.safetensors", b"self %d" % number)
    learner._weights[2] = b"no"
    assert len(learner.orders(4)) == 1, "there is no earlier self yet"
    solvers = set()
    for seed in range(12):
        learner.config = replace(config, seed=seed)
        present, past = learner.orders(7)
        assert (present.weights, present.past, past.past) == (b"present", False, True)
        assert sum(n for _, n in present.assignment.goals) == 80
        assert sum(n for _, n in past.assignment.goals) == 20
        solvers.add(past.weights)
    assert solvers == {b"self 2", b"self 4"}
    learner.config = replace(config, past_selves=0.0)
    assert len(learner.orders(7)) == 1


class Diverging(Imitation):
    """Loses its way at the given steps."""

    at: ClassVar[set[int]] = set()
    calls = 0

    def learn(self, shard: Shard, decisions: list[int], progress: float) -> Step:
        Diverging.calls += 1
        if Diverging.calls in self.at:
            with torch.no_grad():
                for weights in self.raw.parameters():
                    weights.fill_(float("nan"))
        return super().learn(shard, decisions, progress)


def test_a_loss_that_is_no_number_sends_learning_back_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loop, "Imitation", Diverging)
    Diverging.calls, Diverging.at = 0, {7}
    run = Run.begin(tmp_path / "run", TINY)
    policy = NetworkPolicy.load(train(run, TINY, lambda _: None))
    setbacks = [line["setbacks"] for line in run.lines("metrics.jsonl")]
    assert setbacks[-1] == 1
    assert setbacks == sorted(setbacks)
    assert all(bool(weights.isfinite().all()) for weights in policy.net.parameters())
    learner = Learner(*Run.resume(run.path))
    assert (learner.setbacks, learner.learning.rate) == (1, TINY.rate / 2)


def test_a_loss_that_is_no_number_again_ends_the_training_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loop, "Imitation", Diverging)
    Diverging.calls, Diverging.at = 0, {10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}
    run = Run.begin(tmp_path / "run", TINY)
    with pytest.raises(Diverged, match="lower rate"):
        train(run, TINY, lambda _: None)
    again, config = Run.resume(run.path)
    learner = Learner(again, config)
    assert learner.round == len(run.lines("metrics.jsonl"))
    assert all(bool(weights.isfinite().all()) for weights in learner.policy.net.parameters())


@pytest.mark.slow
def test_two_actors_and_an_earlier_self_make_a_training_that_can_be_resumed(tmp_path: Path):
    config = replace(TINY, workers=2, rounds=6, past_selves=0.25, imitate_rounds=1)
    whole = Run.begin(tmp_path / "whole", config)
    model = train(whole, config, lambda _: None)
    stopped = Run.begin(tmp_path / "stopped", config)
    with pytest.raises(Stopped):
        train(stopped, config, stop_after(5))
    again = train(*Run.resume(stopped.path), lambda _: None)
    assert again.read_bytes() == model.read_bytes()
    assert timeless(stopped) == timeless(whole)
    last = timeless(whole)[-1]
    assert last["proposals"] == config.goals
    assert "earlier_self_success" in last
    assert {path.name for path in (whole.path / "shards").glob("5-*")} == {
        *("5-0.npz", "5-1.npz", "5-2.npz")
    }
