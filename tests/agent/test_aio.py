"""The asyncio twin: the same results, side by side; cancelling is a deadline that passes now."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from palaestra.agent.aio import AsyncAgent
from palaestra.errors import PageLost, UsageError
from palaestra.types import Action, Observation

PATIENCE = 60.0
PAGE = """<!doctype html><title>{name}</title><h1>{name}</h1><a href="/hang">Hang</a>
<form method="post"><button>Count</button></form><p>Counted {count}</p>"""


class ByName:
    """Clicks what the goal names, once, and is done; answers "read" with the heading."""

    name = "by name"

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        return [self._move(seen) for seen in observations]

    def _move(self, seen: Observation) -> Action:
        nodes = list(seen.screen.walk())
        if seen.goal == "read":
            return Action("answer", text=next(n.name for n in nodes if n.role == "heading"))
        if seen.past:
            return Action("done")
        return Action("click", next(n.ref for n in nodes if n.ref and n.name == seen.goal))


class Site:
    """Pages that count, and one that never answers."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.hanging, self.over = threading.Event(), threading.Event()


@contextmanager
def serving() -> Iterator[tuple[str, Site]]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/hang":
                site.hanging.set()
                site.over.wait(PATIENCE)
            name = self.path.strip("/")
            body = PAGE.format(name=name, count=site.counts.get(name, 0)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            name = self.path.strip("/")
            site.counts[name] = site.counts.get(name, 0) + 1
            self.send_response(303)
            self.send_header("Location", self.path)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()


@pytest.mark.browser
def test_agents_work_side_by_side_and_one_is_cancelled_in_the_middle_of_a_step(tmp_path: Path):
    async def one(url: str, name: str) -> tuple[str, str]:
        async with AsyncAgent(f"{url}{name}", model=ByName(), trace_dir=None) as agent:
            result, title = await asyncio.gather(agent.act("Count"), agent.ask("read"))
            assert await agent.do(lambda inner: inner.page.title()) == name
            assert result.cost.steps == 2
            return result.outcome, title

    async def cancelled(url: str, site: Site) -> None:
        async with AsyncAgent(f"{url}slow", model=ByName(), trace_dir=tmp_path) as agent:
            acting = asyncio.create_task(agent.act("Hang"))
            waiting = asyncio.create_task(agent.act("Count"))
            assert await asyncio.to_thread(site.hanging.wait, PATIENCE)
            waiting.cancel()  # has not begun: it never does
            acting.cancel()
            for task in (waiting, acting):
                with pytest.raises(asyncio.CancelledError):
                    await task
            await agent.do(lambda inner: inner.tab.goto(f"{url}slow"))
            assert await agent.ask("read") == "slow"

    async def all_of_it(url: str, site: Site) -> list[tuple[str, str] | None]:
        return await asyncio.wait_for(
            asyncio.gather(one(url, "left"), one(url, "right"), cancelled(url, site)), 3 * PATIENCE
        )

    with serving() as (url, site):
        left, right, _ = asyncio.run(all_of_it(url, site))
    assert left == ("unverified", "left")
    assert right == ("unverified", "right")
    assert site.counts == {"left": 1, "right": 1}, "what was cancelled before it began was not done"
    (trace, *_) = [json.loads(f.read_text()) for f in sorted(tmp_path.rglob("*.json"))]
    assert "deadline" in json.dumps(trace)


@pytest.mark.browser
def test_what_cannot_be_opened_raises_and_leaves_nothing_open():
    async def lost() -> None:
        async with AsyncAgent("http://127.0.0.1:9/", model=ByName(), trace_dir=None):
            raise AssertionError("it was opened")

    with pytest.raises(PageLost):
        asyncio.run(lost())


def test_bad_orders_are_said_at_once():
    with pytest.raises(UsageError, match="max_steps="):
        AsyncAgent("http://127.0.0.1/", max_steps=0)
    with pytest.raises(UsageError):
        AsyncAgent.gym("no-such-gym")
