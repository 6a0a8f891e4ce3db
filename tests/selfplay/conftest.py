"""What the tests of learning share; networks this small are slower on many threads than on one."""

from __future__ import annotations

import random

import pytest
import torch

from palaestra import gyms
from palaestra.gyms.drawing import draw
from palaestra.selfplay.actor import demonstrate
from palaestra.selfplay.shard import Notebook, Shard
from palaestra.selfplay.teacher import Teacher
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import PRACTICE

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def shard() -> Shard:
    """Demonstrations of a few goals."""
    notebook, rng = Notebook(), random.Random(0)
    for task in draw("accounting", PRACTICE, 0, 16):
        demonstrate(task, Teacher(Episode(task, gyms.find(task.start.app))), notebook, rng)
    return notebook.shard()
