"""A policy that knows the oracle's way for each goal, for tests of what stands around a policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from palaestra.tasks.task import Task
from palaestra.types import Action, Observation


class Scripted:
    """Takes a goal's actions one after the other.

    Attributes:
        name: What tables call it.
        ways: The actions, by goal.
    """

    name = "scripted"

    def __init__(self, ways: Mapping[str, Sequence[Action]]) -> None:
        self.ways = dict(ways)

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Scripted:
        return cls({task.goal: task.oracle for task in tasks})

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        return [self.ways[seen.goal][len(seen.past)] for seen in observations]
