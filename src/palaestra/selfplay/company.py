"""Actors in processes of their own, so that practice and learning each have their cores.

The learner asks for a round, one order or more for each actor, and fetches it later. Which actor
plays which order is fixed, and an order decides what comes of it, so nothing depends on timing. An
actor that dies is started again and given the same orders: nothing changes.
"""

from __future__ import annotations

import multiprocessing as mp
import pickle
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, Protocol, Self

import torch

from palaestra.errors import PalaestraError
from palaestra.policies.network import NetworkPolicy
from palaestra.selfplay.actor import Assignment, Round, practise

RESTARTS = 3


class Order(NamedTuple):
    """A part of a round to be played.

    Attributes:
        assignment: What to do.
        weights: The solver, as a model file's content.
        past: Whether the solver is an earlier self; then nothing follows for the present one.
    """

    assignment: Assignment
    weights: bytes
    past: bool = False


class Actors(Protocol):
    """Who plays: `Company` here, `RayCompany` on the machines of a cluster."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def ask(self, orders: Sequence[Order]) -> None:
        """Starts a round; the one before it must have been fetched."""

    def fetch(self) -> list[Round]:
        """Waits for the round asked for; its parts are in the order of the orders.

        Raises:
            PalaestraError: What went wrong in an actor, or that one died too often.
        """


class Company:
    """Actor processes on this machine; used as a context manager."""

    def __init__(self, workers: int = 1) -> None:
        """Prepares so many actors; each is started when it is first needed."""
        context = mp.get_context("spawn")
        self._workers = [_Worker(context) for _ in range(workers)]
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    def ask(self, orders: Sequence[Order]) -> None:
        """Starts a round; the one before it must have been fetched."""
        self._asked = len(orders)
        for place, worker in enumerate(self._workers):
            worker.ask(orders[place :: len(self._workers)])

    def fetch(self) -> list[Round]:
        """Waits for the round asked for; its parts are in the order of the orders.

        Raises:
            PalaestraError: What went wrong in an actor, or that one died too often.
        """
        found = [worker.fetch() for worker in self._workers]
        each = len(found)
        return [found[place % each][place // each] for place in range(self._asked)]


class _Worker:
    """One actor process and the pipe to it."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._orders: Sequence[Order] = ()
        self.process: Any = None
        self._pipe: Connection | None = None

    def ask(self, orders: Sequence[Order]) -> None:
        self._orders = orders
        if orders:
            self._send()

    def fetch(self) -> list[Round]:
        if not self._orders:
            return []
        for _ in range(RESTARTS):
            try:
                assert self._pipe is not None
                found = pickle.loads(self._pipe.recv_bytes())  # from our own process
            except (EOFError, OSError):
                self.stop()
                self._send()
                continue
            if isinstance(found, BaseException):
                raise found
            assert isinstance(found, list)
            return found
        raise PalaestraError(
            f"An actor died {RESTARTS} times in the same round; is there enough memory?"
        )

    def _send(self) -> None:
        if self.process is None or not self.process.is_alive():
            self.stop()
            self._pipe, theirs = self._context.Pipe()
            self.process = self._context.Process(target=_act, args=(theirs,), daemon=True)
            self.process.start()
            theirs.close()
        assert self._pipe is not None
        try:
            self._pipe.send_bytes(pickle.dumps(self._orders))
        except OSError:
            self.stop()

    def stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self.process is not None:
            self.process.terminate()
            self.process.join()
        self.process = None


def _act(pipe: Connection) -> None:
    """Plays rounds until the pipe is closed."""
    while True:
        try:
            orders: list[Order] = pickle.loads(pipe.recv_bytes())  # from our own process
        except (EOFError, OSError):
            return
        found: object
        try:
            found = play(orders)
        except PalaestraError as wrong:
            found = wrong
        pipe.send_bytes(pickle.dumps(found))


def play(orders: Sequence[Order]) -> list[Round]:
    """Plays orders one after the other.

    Raises:
        PalaestraError: Whatever went wrong; a bug comes with its traceback.
    """
    torch.set_num_threads(1)
    try:
        return [
            practise(order.assignment, NetworkPolicy.from_bytes(order.weights)) for order in orders
        ]
    except PalaestraError:
        raise
    except Exception as bug:
        raise PalaestraError(f"An actor failed:\n{traceback.format_exc()}") from bug
