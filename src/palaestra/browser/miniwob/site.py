"""Serves MiniWoB++'s pages on this machine, as the package that carries them has them."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from palaestra.errors import UsageError

PAGES = "miniwob"
KEPT_S = 86_400
"""How long a browser may keep a file without asking again, in seconds."""


class _Files(SimpleHTTPRequestHandler):
    """Sends files, says nothing, and lets the browser keep them."""

    protocol_version = "HTTP/1.1"  # one connection for many files

    def end_headers(self) -> None:
        self.send_header("Cache-Control", f"max-age={KEPT_S}")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def folder() -> Path:
    """Returns where the pages are.

    Raises:
        UsageError: If the package is not installed.
    """
    found = importlib.util.find_spec(PAGES)
    if found is None or not found.origin:
        raise UsageError(
            "MiniWoB++ is not installed: pip install 'palaestra[miniwob]', or the pages alone: "
            "pip install --no-deps miniwob"
        )
    return Path(found.origin).parent / "html"


@contextmanager
def serving() -> Iterator[str]:
    """Serves in a thread while the block runs; gives the address of the pages.

    Raises:
        UsageError: If the package is not installed.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder())))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{PAGES}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
