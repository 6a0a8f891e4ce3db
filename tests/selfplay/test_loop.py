"""A training that was stopped goes on as if it had not been, weight for weight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from palaestra.errors import UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Size
from palaestra.selfplay.config import Config
from palaestra.selfplay.loop import Learner, train
from palaestra.selfplay.run import Run

TINY = Config(
    gyms=("accounting", "procedural"),
    seed=3,
    rounds=4,
    goals=24,
    imitate_rounds=2,
    window=2,
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
    stopped.write("shards/2.npz", b"half a shard")
    stopped.write("metrics.jsonl", (stopped.path / "metrics.jsonl").read_bytes() + b'{"round": 2}')
    run, config = Run.resume(stopped.path)
    again = train(run, config, seen.append)
    assert again.read_bytes() == model.read_bytes()
    assert timeless(stopped) == timeless(whole)
    assert stopped.lines("failures.jsonl") == whole.lines("failures.jsonl")
    assert {path.name for path in (whole.path / "shards").iterdir()} == {"2.npz", "3.npz"}

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


def test_a_run_whose_files_are_of_something_else(tmp_path: Path):
    run = Run.begin(tmp_path / "run", TINY)
    run.write("state.json", b'{"round": 0, "elapsed_s": 1.0}')
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
    run.write("shards/0.npz", b"foreign")
    with pytest.raises(UsageError, match="no decisions of a training"):
        Learner(run, TINY)


def test_what_is_ordered_is_decided_by_seed_and_round(tmp_path: Path):
    learner = Learner(Run.begin(tmp_path / "run", TINY), TINY)
    first, second = learner.order(0), learner.order(1)
    assert first.assignment.seed != second.assignment.seed
    assert first == Learner(Run.begin(tmp_path / "twin", TINY), TINY).order(0)
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
