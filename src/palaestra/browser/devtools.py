"""The DevTools protocol over Chromium's pipe: many calls under way at once, events as they come.

Playwright's synchronous calls wait for one another; here calls are sent together and waited for
together. A thread reads all the time, so that new pages are let in, and dialogs known, at once;
several threads may each drive a tab.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, RLock, Thread
from typing import Any

from palaestra.errors import PageLost, PalaestraError, TooLate

CHUNK = 1 << 20
LONGEST_WAIT = 3_600.0
Told = dict[str, Any]
Listener = Callable[[str, str, Told], None]


class DevToolsError(PalaestraError):
    """Chromium did not do what it was asked to; the message is its own."""


class Call:
    """A call under way.

    Attributes:
        method: What was called.
        session: The DevTools session it was sent in; "" for the browser's own.
        done: Whether the answer is there.
    """

    __slots__ = ("_answer", "done", "method", "session")

    def __init__(self, method: str, session: str) -> None:
        self.method, self.session, self.done = method, session, False
        self._answer: Told = {}

    def settle(self, answer: Told) -> None:
        """Takes the answer in."""
        self._answer, self.done = answer, True

    def result(self) -> Told:
        """Returns what was answered.

        Raises:
            DevToolsError: If it was an error.
        """
        if "error" in self._answer:
            raise DevToolsError(f"{self.method}: {self._answer['error'].get('message')}")
        result: Told = self._answer["result"]
        return result


class DevTools:
    """One end of the pipe.

    Attributes:
        lost: Why nothing comes any more; "" while the pipe is open.
        hurried: Whether all waiting is too late at once; see `hurry`.
    """

    def __init__(self, reading: int, writing: int, heard: Listener) -> None:
        """Takes both ends.

        Args:
            reading: Where messages come from.
            writing: Where they go.
            heard: Called with (session, event, what is told) for every event, in order, by the
                thread that reads; it may send, but must not wait.
        """
        self._reading, self._writing, self._heard = reading, writing, heard
        self._calls: dict[int, Call] = {}
        self._last = 0
        self._turn = Condition(RLock())
        self.lost, self.hurried = "", False
        self._reader = Thread(target=self._read, name="devtools", daemon=True)
        self._reader.start()

    def send(self, method: str, told: Told | None = None, session: str = "") -> Call:
        """Sends a call and does not wait.

        Raises:
            PageLost: If the browser is gone.
        """
        with self._turn:
            if self.lost:
                raise PageLost(self.lost)
            self._last += 1
            call = self._calls[self._last] = Call(method, session)
            message: Told = {"id": self._last, "method": method, "params": told or {}}
            if session:
                message["sessionId"] = session
            left = memoryview(json.dumps(message).encode() + b"\0")
            try:
                while left:
                    left = left[os.write(self._writing, left) :]
            except OSError as failure:
                self._lose()
                raise PageLost(self.lost) from failure
        return call

    def wait(self, ready: Callable[[], bool], deadline: float) -> None:
        """Waits until something is so.

        Args:
            ready: Says whether it is; asked after every message. What it raises is raised.
            deadline: When that is too late, in seconds of `time.monotonic`.

        Raises:
            PageLost: If the browser is gone.
            TooLate: If the deadline passes.
        """
        with self._turn:
            while not ready():
                if self.lost:
                    raise PageLost(self.lost)
                left = deadline - time.monotonic()
                if left <= 0 or self.hurried:
                    raise TooLate("The deadline passed while the browser was at work")
                self._turn.wait(min(left, LONGEST_WAIT))

    def hurry(self, now: bool) -> None:
        """Makes all waiting too late, whatever its deadline, or ends that; from any thread."""
        with self._turn:
            self.hurried = now
            self._turn.notify_all()

    def drop(self, session: str) -> None:
        """Settles the calls of a session that is over: nobody will answer them."""
        with self._turn:
            for number in [n for n, call in self._calls.items() if call.session == session]:
                self._calls.pop(number).settle({"error": {"message": "The page is gone"}})

    def close(self) -> None:
        """Lets nobody wait any longer, and sends nothing more."""
        with self._turn:
            self._lose("The browser was closed")

    def join(self) -> None:
        """Waits until all was read that the browser ever said."""
        self._reader.join()

    def _lose(self, why: str = "The browser is gone: it crashed or was closed") -> None:
        self.lost = self.lost or why
        self._turn.notify_all()

    def _read(self) -> None:
        buffer = bytearray()
        while True:
            try:
                read = os.read(self._reading, CHUNK)
            except OSError:
                read = b""
            if not read:
                with self._turn:
                    self._lose()
                return
            buffer += read
            if b"\0" in read:
                *whole, buffer = buffer.split(b"\0")
                messages = [json.loads(one) for one in whole]
                with self._turn:
                    for message in messages:
                        self._take(message)
                    self._turn.notify_all()

    def _take(self, message: Told) -> None:
        number = message.get("id")
        if number is not None:
            if call := self._calls.pop(number, None):
                call.settle(message)
            return
        with suppress(PageLost):  # nobody is left to answer to
            self._heard(message.get("sessionId", ""), message["method"], message["params"])
