"""A small web site on this machine, and a policy that follows a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from palaestra.types import Action, Node, Observation

Move = tuple[str, ...]
"""(op,), (op, name of the element), or (op, name, text)"""
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">'


class Script:
    """A policy that does one move after the other, and keeps what it saw."""

    name = "script"

    def __init__(self, *moves: Move, sure: float | None = None) -> None:
        self.moves, self.seen = list(moves), list[Observation]()
        if sure is not None:
            self.judge = lambda seen: [sure] * len(seen)

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        (seen,) = observations
        self.seen.append(seen)
        op, *rest = self.moves.pop(0) if self.moves else ("done",)
        if op in ("done", "ask", "back"):
            return [Action(op)]  # type: ignore[arg-type]
        if op == "answer":
            return [Action("answer", text=rest[0])]
        return [Action(op, ref(seen.screen, rest[0]), *rest[1:])]  # type: ignore[arg-type]


def ref(screen: Node, name: str) -> str:
    found = [n.ref for n in screen.walk() if n.name == name and n.ref]
    return found[0] if found else f"no {name}"


class Site:
    """Pages by path, and what was posted."""

    def __init__(self) -> None:
        self.pages: dict[str, str | Callable[[Any], None]] = {}
        self.posted: list[tuple[str, str]] = []
        self.got: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.got.append(self.path)
                self._answer()

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                site.posted.append((self.path, self.rfile.read(length).decode()))
                self._answer()

            def _answer(self) -> None:
                page = site.pages.get(self.path.partition("?")[0])
                if callable(page):
                    page(self)
                    return
                text = page or "<h1>Not found</h1>"
                body = (text if text.startswith("<!doctype") else HEAD + text).encode()
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def redirect(to: str) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.send_response(303)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def hang_up(handler: Any) -> None:
    """Takes a request and never answers it."""
    handler.close_connection = True
    handler.connection.close()


@pytest.fixture
def site() -> Iterator[Site]:
    it = Site()
    yield it
    it.close()


@pytest.fixture
def other() -> Iterator[Site]:
    it = Site()
    yield it
    it.close()
