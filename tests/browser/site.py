"""A small web site with everything that makes a page hard to work in; for tests only."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import parse_qs, urlparse

PAGES = Path(__file__).parent / "pages"
CITIES = ("Berlin", "Bern", "Bergen", "Paris")
LOGIN = (
    "<!doctype html><title>Sign in</title><h1>Sign in</h1><p>Your session has ended.</p>"
    "<label>User <input></label><label>Password <input type=password></label><button>Go</button>"
)


class Site(ThreadingHTTPServer):
    """Serves the pages; keeps what was sent to it.

    Attributes:
        orders: The amounts that were ordered, in order.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.orders: list[str] = []
        self.lock = Lock()

    @property
    def url(self) -> str:
        """Returns where the pages are, with a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}/page/"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Site

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """Serves a page, or answers slowly, with a file, with a login page, with nothing."""
        address = urlparse(self.path)
        asked = {key: values[0] for key, values in parse_qs(address.query).items()}
        match address.path.split("/")[1]:
            case "page":
                page = PAGES / Path(address.path).name
                if not page.is_file():
                    return self.answer("no such page", status=404)
                self.answer(page.read_text(encoding="utf-8"))
            case "slow":
                self.rest(asked)
                self.answer("<title>Slow</title><h1>after a while</h1>")
            case "events":
                self.rest(asked)
                self.answer("data: now\n\n", kind="text/event-stream")
            case "cities":
                found = [c for c in CITIES if asked.get("q") and c.startswith(asked["q"])]
                self.answer(json.dumps(found), kind="application/json")
            case "login-wall":
                self.answer("", status=302, Location="/login")
            case "login":
                self.answer(LOGIN)
            case "download":
                told = 'attachment; filename="../../report.txt"'
                self.answer("the report", kind="text/plain", Content_Disposition=told)
            case "empty":
                self.answer("", status=204)
            case _:
                self.answer("not found", status=404)

    def do_POST(self) -> None:
        """Takes an order, slowly, and sends the browser on to what came of it."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.server.lock:
            self.server.orders.append(parse_qs(body)["amount"][0])
        time.sleep(0.4)
        self.answer(f"<title>Ordered</title><h1>Ordered {len(self.server.orders)}</h1>")

    def rest(self, asked: dict[str, str]) -> None:
        """Takes its time."""
        time.sleep(int(asked.get("ms", "0")) / 1000)

    def answer(
        self, text: str, *, status: int = 200, kind: str = "text/html", **headers: str
    ) -> None:
        """Answers."""
        body = text.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the page has gone elsewhere


@contextmanager
def serving() -> Iterator[Site]:
    """Serves the site while the context lasts."""
    site = Site()
    thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()
