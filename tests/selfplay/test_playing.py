from __future__ import annotations

import pytest
import torch

from palaestra.errors import GymError
from palaestra.gyms.drawing import draw
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.playing import play
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import PRACTICE
from palaestra.types import Action

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)


def test_every_task_is_attempted_to_its_end_and_every_decision_kept():
    torch.manual_seed(0)
    policy = NetworkPolicy(Net(SMALL))
    tasks = list(draw("accounting", PRACTICE, 3, 5))
    played = play(policy, tasks)
    assert [one and one[0].task for one in played] == tasks
    for episode, decided in filter(None, played):
        assert episode.ended
        assert tuple(decision.action for _, decision in decided) == episode.actions
        assert all(seen.goal == episode.task.goal for seen, _ in decided)


def test_where_the_gym_fails_there_is_no_attempt(monkeypatch: pytest.MonkeyPatch):
    torch.manual_seed(0)
    policy, tasks = NetworkPolicy(Net(SMALL)), list(draw("accounting", PRACTICE, 3, 5))
    whole, sound = play(policy, tasks), Episode.step

    def fails(episode: Episode, action: Action) -> None:
        if episode.task is tasks[2] and len(episode.actions) == 1:
            raise GymError("no bill")
        sound(episode, action)

    monkeypatch.setattr(Episode, "step", fails)
    played = play(policy, tasks)
    assert played[2] is None
    assert [one and one[0].actions for one in played if one] == [
        one[0].actions for one in whole if one and one[0].task is not tasks[2]
    ]


def test_the_same_chance_plays_the_same_and_no_chance_the_likeliest():
    torch.manual_seed(0)
    policy = NetworkPolicy(Net(SMALL))
    tasks = list(draw("accounting", PRACTICE, 4, 3))
    drawn = [
        [one and one[0].actions for one in play(policy, tasks, torch.Generator().manual_seed(7))]
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0] != [one and one[0].actions for one in play(policy, tasks)]
