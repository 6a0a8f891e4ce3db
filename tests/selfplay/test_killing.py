"""A training that is killed again and again at random instants ends as one that never was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from palaestra.selfplay.loop import train
from palaestra.selfplay.run import Run
from tests.selfplay.test_loop import TINY, timeless

KILLS = 3
ROUNDS = 7
RESUME = "import sys; from palaestra.cli import main; main(sys.argv[1:])"


def resumed(out: Path) -> subprocess.Popen[str]:
    words = ["train", "--resume", "--json", "--exam", "0", "--out", str(out)]
    command = [sys.executable, "-c", RESUME, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_a_training_killed_at_random_instants_agrees_with_one_left_alone(tmp_path: Path):
    config = replace(TINY, rounds=ROUNDS, goals=16, imitate_rounds=1, past_selves=0.25)
    whole = Run.begin(tmp_path / "whole", config)
    began = time.perf_counter()
    model = train(whole, config, lambda _: None)
    a_round = (time.perf_counter() - began) / ROUNDS

    killed = Run.begin(tmp_path / "killed", config)
    rng = random.Random(os.urandom(8))
    survived = []
    for _ in range(KILLS):
        child = resumed(killed.path)
        assert child.stdout
        line = child.stdout.readline()  # a round is over; the next ones are under way
        time.sleep(rng.random() * a_round if line else 0)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        if not line:
            break  # on a machine that has become faster all rounds may be over
        survived.append(json.loads(line)["round"])
    assert len(survived) > 1
    child = resumed(killed.path)
    child.communicate()
    assert child.returncode == 0
    assert survived == sorted(set(survived)), "every life gets a round further"
    assert (killed.path / "model.safetensors").read_bytes() == model.read_bytes()
    assert timeless(killed) == timeless(whole)
    for name in (
        "failures.jsonl",
        f"checkpoints/{ROUNDS - 1}.learner",
        f"checkpoints/{ROUNDS - 1}.proposer",
    ):
        assert killed.read(name) == whole.read(name), name
