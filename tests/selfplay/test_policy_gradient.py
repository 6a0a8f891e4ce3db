from __future__ import annotations

import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms.drawing import draw
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.batch import collate
from palaestra.policies.network.composing import COMPOSED
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.actor import contend
from palaestra.selfplay.imitation import Imitation, plan
from palaestra.selfplay.policy_gradient import HARM, advantages, loss, reward
from palaestra.selfplay.shard import Notebook, goals_of
from palaestra.tasks.splits import PRACTICE
from palaestra.types import Node, Observation, Verdict

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
    for number, task in enumerate(draw("accounting", PRACTICE, 4, 24, per_start=1)):
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
            reading = learning.raw(
                collate(goals_of(shard, range(len(shard.goals))), looks, shard.table)
            )
        return reading.scores.log_softmax(1)[range(len(shard)), shard.played[:, 1].tolist()]

    before = likely()
    for _ in range(80):
        for batch in plan(shard, 8, rng):
            learning.learn(shard, batch, 0.0)
    moved = (likely() - before) * torch.from_numpy(shard.gains[:, 0])
    assert (moved > 0).float().mean() > 0.7
    assert moved.mean() > 0


def test_what_was_composed_is_as_likely_as_when_it_was_drawn():
    torch.manual_seed(0)
    box = Node("textbox", "Total", "field:total", "1,000.00")
    seen = Observation("Raise total by 5%.", Node("document", children=(box,)), "", 9)
    net, notebook = Net(SMALL), Notebook()
    solver, chance = NetworkPolicy(net), torch.Generator().manual_seed(1)
    drawn = [solver.decide([seen], chance)[0] for _ in range(200)]
    composed = [one for one in drawn if one.span[0] == COMPOSED]
    assert {one.action.text for one in composed} == {"1,050.00", "950.00"}
    for decision in drawn:
        notebook.play(seen, decision, 1.0)
    shard = notebook.shard()
    looks = [shard.look(decision) for decision in range(len(shard))]
    with torch.no_grad():
        reading = net(collate(goals_of(shard, range(len(shard.goals))), looks, shard.table))
        played, gains = torch.from_numpy(shard.played), torch.from_numpy(shard.gains)
        assert loss(net, reading, played, gains).item() == pytest.approx(-len(drawn), rel=1e-3)
