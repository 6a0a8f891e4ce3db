"""The line to a browser, with the other end of the pipe in the test's hands."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from palaestra.browser.devtools import DevTools, DevToolsError
from palaestra.errors import PageLost, TooLate


class Ends:
    """Both ends of a line."""

    def __init__(self) -> None:
        reading, self.into = os.pipe()
        self.out, writing = os.pipe()
        self.heard: list[tuple[str, str, Any]] = []
        self.line = DevTools(reading, writing, lambda *told: self.heard.append(told))
        self.ends = {reading, writing, self.into, self.out}

    def sent(self) -> list[dict[str, Any]]:
        return [json.loads(one) for one in os.read(self.out, 1 << 16).split(b"\0") if one]

    def say(self, *messages: dict[str, Any]) -> None:
        os.write(self.into, b"".join(json.dumps(one).encode() + b"\0" for one in messages))

    def shut(self) -> None:
        self.ends.discard(self.into)
        os.close(self.into)


@pytest.fixture
def ends() -> Iterator[Ends]:
    ends = Ends()
    yield ends
    if ends.into in ends.ends:
        ends.shut()
    ends.line.join()
    for end in ends.ends:
        os.close(end)


def soon() -> float:
    return time.monotonic() + 60


def test_calls_are_sent_together_and_answered_in_any_order(ends: Ends):
    one, two = ends.line.send("A.a", {"x": 1}), ends.line.send("B.b", session="s")
    assert ends.sent() == [
        {"id": 1, "method": "A.a", "params": {"x": 1}},
        {"id": 2, "method": "B.b", "params": {}, "sessionId": "s"},
    ]
    ends.say({"id": 2, "result": {"y": 2}}, {"id": 9, "result": {}}, {"id": 1, "result": {}})
    ends.line.wait(lambda: one.done and two.done, soon())
    assert (one.result(), two.result()) == ({}, {"y": 2})


def test_a_message_may_come_in_pieces_and_events_come_in_order(ends: Ends):
    call = ends.line.send("A.a")
    ends.say(
        {"method": "E.f", "params": {}}, {"method": "E.g", "params": {"n": 1}, "sessionId": "s"}
    )
    whole = json.dumps({"id": 1, "result": {"long": "x" * 5_000}}).encode() + b"\0"
    for piece in (whole[:3_000], whole[3_000:-1], whole[-1:]):
        assert not call.done
        os.write(ends.into, piece)
    ends.line.wait(lambda: call.done, soon())
    assert call.result() == {"long": "x" * 5_000}
    assert ends.heard == [("", "E.f", {}), ("s", "E.g", {"n": 1})]


def test_an_error_is_raised_where_the_answer_is_wanted(ends: Ends):
    call = ends.line.send("A.a")
    ends.say({"id": 1, "error": {"message": "No such thing"}})
    ends.line.wait(lambda: call.done, soon())
    with pytest.raises(DevToolsError, match=r"A\.a: No such thing"):
        call.result()


def test_what_does_not_come_in_time_is_too_late(ends: Ends):
    call = ends.line.send("A.a")
    with pytest.raises(TooLate):
        ends.line.wait(lambda: call.done, time.monotonic() + 0.01)


def test_nobody_waits_for_a_browser_that_is_gone(ends: Ends):
    call = ends.line.send("A.a")
    threading.Timer(0.05, ends.shut).start()
    with pytest.raises(PageLost, match="gone"):
        ends.line.wait(lambda: call.done, soon())
    with pytest.raises(PageLost, match="gone"):
        ends.line.send("A.a")


def test_nobody_waits_for_a_session_that_is_over(ends: Ends):
    call, other = ends.line.send("A.a", session="s"), ends.line.send("A.a", session="t")
    ends.line.drop("s")
    ends.line.wait(lambda: call.done, soon())
    assert not other.done
    with pytest.raises(DevToolsError, match="gone"):
        call.result()


def test_several_threads_wait_at_once(ends: Ends):
    calls = [ends.line.send("A.a") for _ in range(8)]
    found: list[int] = []

    def wait(number: int) -> None:
        ends.line.wait(lambda: calls[number].done, soon())
        found.append(calls[number].result()["n"])

    threads = [threading.Thread(target=wait, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for n in reversed(range(8)):
        ends.say({"id": n + 1, "result": {"n": n}})
    for thread in threads:
        thread.join(60)
    assert sorted(found) == list(range(8))
