"""Plays a task's oracle, whole or up to its end, so that checks and cheats can start from there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from palaestra.errors import InvalidAction
from palaestra.kit.app import App
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.types import Action


def play(episode: Episode, actions: Sequence[Action]) -> Episode:
    """Takes actions until there are no more or the episode is over; returns the same episode."""
    for action in actions:
        with suppress(InvalidAction):
            episode.step(action)
    return episode


def finished(task: Task, app: App) -> Episode:
    """Returns an episode in which the oracle did all it does."""
    return play(Episode(task, app), task.oracle)


def before_the_end(task: Task, app: App) -> Episode:
    """Returns an episode in which the oracle did all but say that it is done, or answer."""
    return play(Episode(task, app), task.oracle[:-1])


def end(episode: Episode) -> Episode:
    """Ends an episode the way its oracle does; returns the same episode."""
    return play(episode, episode.task.oracle[-1:])
