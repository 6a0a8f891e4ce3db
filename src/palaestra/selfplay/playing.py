"""Lets a network attempt tasks side by side, and keeps what it saw and decided on the way."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from palaestra.errors import GymError
from palaestra.gyms import find
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.policy import Decision
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.types import Action, Observation

Played = tuple[Episode, list[tuple[Observation, Decision]]]


def play(
    policy: NetworkPolicy, tasks: Sequence[Task], chance: torch.Generator | None = None
) -> list[Played | None]:
    """Attempts each task once, to its end.

    Args:
        policy: Who attempts them.
        tasks: What is to be done.
        chance: Draws from what is likely; None for the likeliest.

    Returns:
        The finished episodes, each with what was seen and decided before every action; None where
        the gym failed, for then nothing can be said of the attempt.
    """
    played: list[Played | None] = [(Episode(task, find(task.start.app)), []) for task in tasks]
    live = [(place, *one) for place, one in enumerate(played) if one]
    while live:
        seen = [episode.observe() for _, episode, _ in live]
        decisions = policy.decide(seen, chance)
        going = []
        for one, observation, decision in zip(live, seen, decisions, strict=True):
            place, episode, told = one
            told.append((observation, decision))
            try:
                if goes_on(episode, decision.action):
                    going.append(one)
            except GymError:
                played[place] = None
        live = going
    return played


def goes_on(episode: Episode, action: Action) -> bool:
    """Takes an action, and says whether there is a screen to go on from; draws it, if there is.

    Raises:
        GymError: If the application's own code fails, in the action or in drawing.
    """
    episode.step(action)
    if not episode.ended:
        episode.session.screen()
    return not episode.ended
