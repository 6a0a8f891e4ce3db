"""Practice in the browser: whole rounds are kept, and a killed practice goes on after them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from palaestra.browser.miniwob.catalogue import PRACTICE, exam_seeds
from palaestra.errors import UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.miniwob.config import Practice
from palaestra.selfplay.miniwob.loop import Learner, drill
from palaestra.selfplay.run import Run


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    untaught = tmp_path / "untaught.safetensors"
    untaught.write_bytes(NetworkPolicy(Net(Size())).to_bytes())
    return Practice(
        str(untaught), ("click-test", "click-test-2"), rounds=2, workers=1, problems=4, steps=2,
        group=2, tries=4,
    )  # fmt: skip


def test_no_seed_that_is_practised_is_examined(tmp_path: Path, practice: Practice):
    learner = Learner(Run.begin(tmp_path / "run", practice), practice)
    seeds = set()
    for _ in range(3):
        seeds |= {seed for part in learner.parts("") for _, seed in part.problems}
        learner.round += 1
    assert len(seeds) == 12  # every round has problems of its own
    assert not seeds & set(exam_seeds(PRACTICE))


def test_what_is_not_solved_comes_oftener(tmp_path: Path, practice: Practice):
    learner = Learner(Run.begin(tmp_path / "run", practice), practice)
    learner.rates = {"click-test": 1.0, "click-test-2": 0.0}
    names = []
    for learner.round in range(25):
        names += [name for part in learner.parts("") for name, _ in part.problems]
    assert 0 < names.count("click-test") < 25


def test_only_a_network_practises(tmp_path: Path):
    practice = Practice("lexical", ("click-test",))
    with pytest.raises(UsageError, match="Only a trained network"):
        Learner(Run(tmp_path / "run"), practice)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not importlib.util.find_spec("miniwob"), reason="the extra miniwob is missing")
def test_a_practice_that_is_killed_goes_on_after_its_last_whole_round(
    tmp_path: Path, practice: Practice
):
    class Killed(Exception):
        pass

    def kill(metrics: dict[str, Any]) -> None:
        raise Killed

    run = Run.begin(tmp_path / "run", practice)
    with pytest.raises(Killed):
        drill(run, practice, kill)
    assert run.state()["round"] == 0
    seen: list[dict[str, Any]] = []
    model = drill(run, Practice.from_json(run.told()), seen.append)
    assert [one["round"] for one in run.lines("metrics.jsonl")] == [0, 1]
    assert [one["round"] for one in seen] == [1]
    assert seen[0]["attempted"] == 4
    assert seen[0]["noted"] > 0
    taught = NetworkPolicy.load(model)
    assert taught.facts["practised"]["suite"] == "miniwob"
    assert taught.to_bytes() != Path(practice.model).read_bytes()
