"""Lets a network attempt tasks side by side, and keeps what it saw and decided on the way."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from palaestra.gyms import find
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.policy import Decision
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.types import Observation

Played = tuple[Episode, list[tuple[Observation, Decision]]]


def play(
    policy: NetworkPolicy, tasks: Sequence[Task], chance: torch.Generator | None = None
) -> list[Played]:
    """Attempts each task once, to its end.

    Args:
        policy: Who attempts them.
        tasks: What is to be done.
        chance: Draws from what is likely; None for the likeliest.

    Returns:
        The finished episodes, each with what was seen and decided before every action.
    """
    played: list[Played] = [(Episode(task, find(task.start.app)), []) for task in tasks]
    live = played
    while live:
        seen = [episode.observe() for episode, _ in live]
        for (episode, told), observation, decision in zip(
            live, seen, policy.decide(seen, chance), strict=True
        ):
            told.append((observation, decision))
            episode.step(decision.action)
        live = [one for one in live if not one[0].ended]
    return played
