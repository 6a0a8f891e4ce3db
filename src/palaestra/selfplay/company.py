"""The actor in a process of its own, so that practice and learning each have a core.

The learner asks for a round and fetches it later. An actor that dies is started again and given the
same round; since a round is decided by its assignment and the weights, nothing changes.
"""

from __future__ import annotations

import multiprocessing as mp
import pickle
import traceback
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from palaestra.errors import PalaestraError
from palaestra.selfplay.actor import Assignment, Round

RESTARTS = 3


class Order(NamedTuple):
    """A round to be played.

    Attributes:
        assignment: What to do.
        weights: The solver, as a model file's content.
    """

    assignment: Assignment
    weights: bytes


class Company:
    """One actor process; used as a context manager."""

    def __init__(self) -> None:
        self._context = mp.get_context("spawn")
        self._order: Order | None = None
        self._process: Any = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Company:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def ask(self, order: Order) -> None:
        """Starts a round; the one before it must have been fetched."""
        self._order = order
        self._send()

    def fetch(self) -> Round:
        """Waits for the round asked for.

        Raises:
            PalaestraError: What went wrong in the actor, or that it died too often.
        """
        for _ in range(RESTARTS):
            try:
                assert self._pipe is not None
                found = pickle.loads(self._pipe.recv_bytes())  # from our own process
            except (EOFError, OSError):
                self._stop()
                self._send()
                continue
            if isinstance(found, BaseException):
                raise found
            assert isinstance(found, Round)
            return found
        raise PalaestraError(
            f"The actor died {RESTARTS} times in the same round; is there enough memory?"
        )

    def _send(self) -> None:
        if self._process is None or not self._process.is_alive():
            self._stop()
            self._pipe, theirs = self._context.Pipe()
            self._process = self._context.Process(target=_act, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        assert self._pipe is not None
        try:
            self._pipe.send_bytes(pickle.dumps(self._order))
        except OSError:
            self._stop()

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()
        self._process = None


def _act(pipe: Connection) -> None:
    """Plays rounds until the pipe is closed."""
    import torch

    from palaestra.policies.network import NetworkPolicy
    from palaestra.selfplay.actor import practise

    torch.set_num_threads(1)
    while True:
        try:
            order: Order = pickle.loads(pipe.recv_bytes())  # from our own process
        except (EOFError, OSError):
            return
        try:
            found: object = practise(order.assignment, NetworkPolicy.from_bytes(order.weights))
        except PalaestraError as wrong:
            found = wrong
        except Exception:
            found = PalaestraError(f"The actor failed:\n{traceback.format_exc()}")
        pipe.send_bytes(pickle.dumps(found))
