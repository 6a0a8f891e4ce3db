"""Running a web application on 127.0.0.1: for the command line, and in a thread for tests."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from palaestra.errors import PalaestraError, UsageError
from palaestra.faces.guard import Door

HOST = "127.0.0.1"
STARTING = 20.0
"""Seconds that a server may take to start or stop."""


def listen(port: int) -> socket.socket:
    """Takes a port of this machine.

    Args:
        port: The port; 0 for any free one.

    Raises:
        UsageError: If the port cannot be had.
    """
    if not 0 <= port <= 65_535:
        raise UsageError(f"A port is a number from 0 to 65535; got {port}")
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
        door.listen(128)
    except OSError as failure:
        door.close()
        taken = failure.errno == errno.EADDRINUSE
        why = "is taken" if taken else f"cannot be used ({failure.strerror})"
        raise UsageError(f"Port {port} {why}; choose another, or 0 for any") from failure
    return door


def address(door: socket.socket) -> str:
    """Returns the URL that leads to a port that was taken."""
    return f"http://{HOST}:{door.getsockname()[1]}/"


def serve(app: Door, door: socket.socket, **settings: Any) -> None:
    """Serves until interrupted; `settings` are uvicorn's."""
    _server(app, settings).run(sockets=[door])


@contextmanager
def running(app: Door, **settings: Any) -> Iterator[str]:
    """Serves in a thread on a free port while the block runs; gives the URL."""
    door = listen(0)
    server = _server(app, settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + STARTING
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                raise PalaestraError("The server did not start")
            time.sleep(0.01)
        yield address(door)
    finally:
        server.should_exit = True
        thread.join(STARTING)
        door.close()


def _server(app: Door, settings: dict[str, Any]) -> uvicorn.Server:
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=1, **settings
    )
    return uvicorn.Server(config)
