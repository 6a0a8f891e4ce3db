from __future__ import annotations

import torch

from palaestra.gyms.drawing import draw
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.playing import play
from palaestra.tasks.splits import PRACTICE

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)


def test_every_task_is_attempted_to_its_end_and_every_decision_kept():
    torch.manual_seed(0)
    policy = NetworkPolicy(Net(SMALL))
    tasks = list(draw("accounting", PRACTICE, 3, 5))
    played = play(policy, tasks)
    assert [episode.task for episode, _ in played] == tasks
    for episode, decided in played:
        assert episode.ended
        assert tuple(decision.action for _, decision in decided) == episode.actions
        assert all(seen.goal == episode.task.goal for seen, _ in decided)


def test_the_same_chance_plays_the_same_and_no_chance_the_likeliest():
    torch.manual_seed(0)
    policy = NetworkPolicy(Net(SMALL))
    tasks = list(draw("accounting", PRACTICE, 4, 3))
    drawn = [
        [episode.actions for episode, _ in play(policy, tasks, torch.Generator().manual_seed(7))]
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0] != [episode.actions for episode, _ in play(policy, tasks)]
