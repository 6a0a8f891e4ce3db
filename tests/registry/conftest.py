"""A shelf of one's own, and a finished training with an untrained network to put on it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from palaestra.exams.archive import write_exam
from palaestra.exams.certificate import Certificate
from palaestra.exams.exam import examine
from palaestra.gyms import find
from palaestra.gyms.drawing import draw
from palaestra.policies import finder
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.policies.noop import Noop
from palaestra.registry import shelf
from palaestra.selfplay.config import Config
from palaestra.selfplay.run import Run
from palaestra.tasks.splits import EXAM, GOALS

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
FINISHED_AT = 1_795_348_800  # 2026-11-22

Make = Callable[..., Path]


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty shelf."""
    monkeypatch.setattr(finder, "SHELF", tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def training(tmp_path: Path) -> Make:
    """Makes finished trainings."""

    def make(name: str = "run", *, seed: int = 0, examined: bool = True, **facts: object) -> Path:
        config = Config(gyms=("accounting", "procedural"), seed=seed, size=SMALL)
        run = Run.begin(tmp_path / name, config)
        torch.manual_seed(seed)
        run.write("model.safetensors", NetworkPolicy(Net(SMALL), facts=facts).to_bytes())
        run.finish_round({"round": 7, "elapsed_s": 61.24}, {}, {})
        os.utime(run.path / "model.safetensors", (FINISHED_AT, FINISHED_AT))
        if examined:
            own = shelf.digest(run.path / "model.safetensors")
            exams = (("accounting", EXAM, own), ("accounting", GOALS, own), ("crm", EXAM, "other"))
            for gym, split, model in exams:
                exam = examine(Noop(), draw(gym, split, 0, 2), find)
                stated = Certificate.issue(exam, model=model, gym=gym, split=split.name, seed=0)
                write_exam(run.path / "exams", stated, exam)
        return run.path

    return make
