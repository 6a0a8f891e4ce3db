"""A hundred kills of a workflow at counted points: no effect is lost and none is repeated.

The kills are SIGKILL, at calls drawn by a seed; the effects are counted by a server of this test.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from palaestra.agent.journal import Journal
from tests.agent import killed

KILLS = 100
SEED = 5


class Handler(BaseHTTPRequestHandler):
    """POST /NAME has the effect NAME; GET /NAME tells its value, or null."""

    done: Counter[str]

    def do_POST(self) -> None:
        if self.rfile.read(int(self.headers["Content-Length"])) == b".":
            self.done[self.path[1:]] += 1
            self.tell()

    def do_GET(self) -> None:
        self.tell()

    def tell(self) -> None:
        name = self.path[1:]
        body = json.dumps(f"{len(name)}.5" if self.done[name] else None).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(HTTPServer):
    """One request after the other, in the order of arrival; who has died gets no answer."""

    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        assert isinstance(sys.exc_info()[1], ConnectionError)


@contextmanager
def effects() -> Iterator[tuple[str, Counter[str]]]:
    done = Counter[str]()
    handler = type("Here", (Handler,), {"done": done})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", done
        finally:
            server.shutdown()
            thread.join()


def lives(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, killed.__file__, url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def where(folder: Path, done: Counter[str]) -> str:
    """Says at what point of a step a life ended."""
    opened = Journal(folder)
    opened.close()
    last = opened.entries[-1] if opened.entries else {"event": "nothing"}
    if last["event"] != "begun":
        return str(last["event"])
    effect = f"{folder.name}-{last['name'].split()[-1]}-"
    return "after" if any(name.startswith(effect) for name in done) else "before"


@pytest.mark.slow
def test_a_hundred_kills_lose_and_repeat_nothing(tmp_path: Path):
    rng, kills, points = random.Random(SEED), 0, Counter[str]()
    with effects() as (url, done), lives(url) as process:

        def life(folder: Path, kill_at: int) -> str:
            assert process.stdin
            assert process.stdout
            print(folder, kill_at, file=process.stdin, flush=True)
            return process.stdout.readline().strip()

        calls = int(life(tmp_path / "whole", 0))
        assert len(done) == killed.STEPS
        while kills < KILLS:
            done.clear()
            folder = tmp_path / f"after{kills:03}"
            while (ended := life(folder, rng.randint(1, calls // 2))) == "killed":
                kills += 1
                points[where(folder, done)] += 1
            assert ended.isdecimal(), ended
            assert set(done.values()) == {1}, f"{folder}: an effect was repeated: {done}"
            assert len(done) == killed.STEPS, f"{folder}: an effect was lost: {done}"
    assert points.keys() >= {"before", "after", "ended"}, "kills came on both sides of effects"
