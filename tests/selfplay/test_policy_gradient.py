from __future__ import annotations

import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms.drawing import draw
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.actor import contend
from palaestra.selfplay.imitation import Imitation, plan
from palaestra.selfplay.policy_gradient import HARM, advantages, reward
from palaestra.selfplay.shard import Notebook
from palaestra.tasks.splits import PRACTICE
from palaestra.types import Verdict

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)


def test_harm_is_worth_less_than_nothing():
    assert reward(Verdict(True, 1.0)) == 1.0
    assert reward(Verdict(False, 0.5)) == 0.0
    assert reward(Verdict(False, 1.0, ("claim deleted",))) == HARM < 0.0


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=6))
def test_advantages_are_over_the_others_and_add_up_to_nothing(rewards: list[float]):
    found = advantages(rewards)
    assert sum(found) == pytest.approx(0.0, abs=1e-9)
    assert sorted(found) == [found[i] for i in sorted(range(len(found)), key=rewards.__getitem__)]


def test_attempts_that_went_alike_teach_nothing():
    torch.manual_seed(0)
    notebook = Notebook()
    tasks = list(draw("accounting", PRACTICE, 3, 3))
    assert contend(tasks, NetworkPolicy(Net(SMALL)), 0, notebook) == 0
    assert len(notebook) == 0 or notebook.shard().gains[:, 0].any()


def test_what_went_better_becomes_likelier_and_what_went_worse_less_likely():
    torch.manual_seed(0)
    net = Net(SMALL)
    solver = NetworkPolicy(net)
    chance = torch.Generator().manual_seed(0)
    from palaestra import gyms
    from palaestra.tasks.episode import Episode

    notebook = Notebook()
    for number, task in enumerate(draw("accounting", PRACTICE, 4, 24)):
        seen = Episode(task, gyms.find(task.start.app)).observe()
        [decision] = solver.decide([seen], chance)
        notebook.play(seen, decision, 1.0 if number % 2 else -1.0)
    shard = notebook.shard()
    learning = Imitation(net, 3e-4, gradient=1.0)
    rng = random.Random(0)

    def likely() -> torch.Tensor:
        from palaestra.policies.network.batch import collate
        from palaestra.selfplay.shard import goals_of

        learning.raw.eval()
        looks = [shard.look(decision) for decision in range(len(shard))]
        with torch.no_grad():
            reading = learning.raw(collate(goals_of(shard), looks, shard.table))
        return reading.scores.log_softmax(1)[range(len(shard)), shard.played[:, 1].tolist()]

    before = likely()
    for _ in range(12):
        for batch in plan(shard, 8, rng):
            learning.learn(shard, batch, 0.0)
    moved = (likely() - before) * torch.from_numpy(shard.gains[:, 0])
    assert (moved > 0).float().mean() > 0.7
    assert moved.mean() > 0
