"""The same company of actors on Ray, which may lie on many machines (the extra `ray`).

Ray starts an actor that died again and repeats what it was doing; since an order decides what comes
of it, nothing changes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Self

from palaestra.errors import PalaestraError, UsageError
from palaestra.selfplay.actor import Round
from palaestra.selfplay.company import RESTARTS, Order, play


class RayCompany:
    """Actors on Ray; used as a context manager, which begins and ends a cluster if none runs."""

    def __init__(self, workers: int = 1) -> None:
        """Prepares so many actors.

        Raises:
            UsageError: If Ray is not installed.
        """
        try:
            import ray
        except ModuleNotFoundError as missing:
            raise UsageError("Actors on Ray need palaestra[ray]") from missing
        self._ray: Any = ray
        self._size = workers
        self.actors: list[Any] = []
        self._rounds: list[Any] = []
        self._asked = 0
        self._began = False

    def __enter__(self) -> Self:
        self._began = not self._ray.is_initialized()
        if self._began:
            self._ray.init(include_dashboard=False, log_to_driver=False, num_cpus=self._size)
        remote = self._ray.remote(num_cpus=1, max_restarts=RESTARTS, max_task_retries=RESTARTS)
        self.actors = [remote(_Actor).remote() for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        for actor in self.actors:
            self._ray.kill(actor)
        self.actors = []
        if self._began:
            self._ray.shutdown()

    def ask(self, orders: Sequence[Order]) -> None:
        """Starts a round; the one before it must have been fetched."""
        self._asked = len(orders)
        self._rounds = [
            actor.play.remote(list(orders[place :: self._size]))
            for place, actor in enumerate(self.actors)
        ]

    def fetch(self) -> list[Round]:
        """Waits for the round asked for; its parts are in the order of the orders.

        Raises:
            PalaestraError: What went wrong in an actor, or that one died too often.
        """
        try:
            found: list[list[Round]] = self._ray.get(self._rounds)
        except self._ray.exceptions.RayTaskError as wrong:
            if isinstance(wrong.cause, PalaestraError):
                raise wrong.cause from None
            raise PalaestraError(f"An actor failed:\n{wrong}") from wrong
        except self._ray.exceptions.RayActorError as wrong:
            raise PalaestraError(
                f"An actor died {RESTARTS + 1} times; is there enough memory?"
            ) from wrong
        return [found[place % self._size][place // self._size] for place in range(self._asked)]


class _Actor:
    """What lives in a process of Ray's."""

    def play(self, orders: list[Order]) -> list[Round]:
        return play(orders)

    def pid(self) -> int:
        return os.getpid()
