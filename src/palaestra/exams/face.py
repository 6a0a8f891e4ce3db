"""How a policy that is examined reaches an application: directly, or as whatever else is drawn."""

from __future__ import annotations

from typing import Protocol

from palaestra.kit.app import App
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task

TREE, PAGE = "tree", "page"


class Face(Protocol):
    """Where episodes are held.

    Attributes:
        most: Episodes that may be open at a time.
    """

    most: int

    def begin(self, task: Task, app: App) -> Episode:
        """Begins an attempt."""
        ...

    def leave(self, episode: Episode) -> None:
        """Lets go of what a finished attempt needed."""
        ...


class Tree:
    """The Session itself, in this process.

    Attributes:
        most: Episodes that may be open at a time: any number.
    """

    most = 1 << 30

    def begin(self, task: Task, app: App) -> Episode:
        """Begins an attempt."""
        return Episode(task, app)

    def leave(self, episode: Episode) -> None:
        """Does nothing: nothing is held."""
