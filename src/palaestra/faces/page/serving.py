"""How the page's web application is run; `palaestra.faces.serving` runs it."""

from __future__ import annotations

import socket
from contextlib import AbstractContextManager
from typing import Any

from palaestra.faces import serving
from palaestra.faces.page.server import MAX_MESSAGE, build
from palaestra.faces.page.visit import Visits

SETTINGS: dict[str, Any] = {
    "lifespan": "off",
    "ws": "websockets-sansio",
    "ws_max_size": MAX_MESSAGE,
}


def serve(visits: Visits, door: socket.socket) -> None:
    """Serves until interrupted."""
    serving.serve(build(visits), door, **SETTINGS)


def running(visits: Visits) -> AbstractContextManager[str]:
    """Serves in a thread on a free port while the block runs; gives the URL."""
    return serving.running(build(visits), **SETTINGS)
