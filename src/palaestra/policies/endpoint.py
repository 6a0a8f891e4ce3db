"""A language model behind an OpenAI-compatible endpoint, as a policy.

The endpoint is asked for every action anew, with nothing but the observation (`prompt.py`), and for
several episodes at once. Where it is busy or silent it is asked again, later; where it talks
nonsense it is told so; where that does not help the episode breaks, and stays unscored. The key is
read from the environment and goes nowhere but into the request.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx2

from palaestra.errors import UsageError
from palaestra.policies import prompt
from palaestra.policies.policy import SomeBroke
from palaestra.types import Action, Observation, content_hash

PLACE = re.compile(r"openai:(?P<model>.+?)@(?P<url>https?://.+)", re.DOTALL)
KEY = "PALAESTRA_API_KEY"
BUSY = frozenset((408, 409, 425, 429))
SERVERS_FAULT = 500
MOST_BYTES = 1 << 20
MOST_TOLD = 200


class Unreachable(Exception):
    """The endpoint stayed busy or silent."""


class _Later(Exception):
    """The endpoint is busy or silent now; `wait` is what it said about when to come back."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True)
class Manners:
    """How an endpoint is asked.

    Attributes:
        together: How many episodes are asked for at a time.
        timeout_s: Seconds after which one request is given up.
        requests: How often one request is made before the endpoint counts as unreachable.
        pause_s: Seconds before it is made again; doubled each time.
        longest_pause_s: The longest wait, whatever the endpoint asks for.
        replies: How many replies may be nonsense, one after the other, before the episode breaks.
    """

    together: int = 8
    timeout_s: float = 120.0
    requests: int = 6
    pause_s: float = 1.0
    longest_pause_s: float = 60.0
    replies: int = 3


@dataclass
class Endpoint:
    """The policy.

    Attributes:
        name: What tables call it: the model's name.
        url: Where the endpoint is, as http://127.0.0.1:8000/v1.
        key: What it is opened with; "" for none.
        manners: How it is asked.
        counts: How often there was trouble: "asked again" and "nonsense".
        tokens: What the endpoint says that prompts and replies came to, all requests together.
    """

    name: str
    url: str
    key: str = field(default="", repr=False)
    manners: Manners = Manners()
    counts: Counter[str] = field(default_factory=Counter)
    tokens: int = 0
    _answered: bool = field(default=False, init=False)
    _counting: Lock = field(default_factory=Lock, init=False, repr=False)

    @classmethod
    def parse(cls, place: str) -> Endpoint:
        """Reads "openai:MODEL@URL".

        Raises:
            UsageError: If it is not that, or has a key in it.
        """
        model, url = _parts(place)
        key = os.environ.get(KEY, "").strip()
        if not (key.isascii() and key.isprintable()):
            raise UsageError(f"{KEY} does not hold what can be a key")
        return cls(model, url, key)

    def act(self, observations: Sequence[Observation]) -> list[Action]:
        """Returns one action for each observation.

        Raises:
            SomeBroke: If the endpoint stayed unreachable or talked nonsense for some.
            UsageError: If nobody is there, or the request itself is refused.
        """
        manners = self.manners
        limits = httpx2.Limits(max_connections=manners.together)
        timeout = httpx2.Timeout(manners.timeout_s)
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        with (
            httpx2.Client(headers=headers, limits=limits, timeout=timeout) as client,
            ThreadPoolExecutor(manners.together) as pool,
        ):
            # Who has never answered is asked for one before he is asked for all.
            alone = 0 if self._answered else 1
            moves = [self._act(client, seen) for seen in observations[:alone]]
            moves += pool.map(lambda seen: self._act(client, seen), observations[alone:])
        actions = [move for move in moves if isinstance(move, Action)]
        if len(actions) < len(moves):
            raise SomeBroke(moves)
        return actions

    def _act(self, client: httpx2.Client, seen: Observation) -> Action | Exception:
        """Returns the action for one observation, or what broke."""
        text, usable = prompt.told(seen)
        messages = [
            {"role": "system", "content": prompt.SYSTEM},
            {"role": "user", "content": text},
        ]
        told: Exception = prompt.Nonsense("there was no reply")
        for _ in range(self.manners.replies):
            try:
                reply = self._reply(client, messages)
            except Unreachable as broken:
                return broken
            try:
                return prompt.read(reply, usable)
            except prompt.Nonsense as nonsense:
                told = nonsense
                self._count("nonsense")
                messages = [
                    *messages[:2],
                    {"role": "assistant", "content": reply},
                    {"role": "user", "content": f"{nonsense}. Reply with one JSON object."},
                ]
        return told

    def _count(self, trouble: str) -> None:
        with self._counting:
            self.counts[trouble] += 1

    def _spend(self, told: Any) -> None:
        """Adds what one request came to, where the endpoint says so."""
        usage = told.get("usage") if isinstance(told, dict) else None
        spent = usage.get("total_tokens") if isinstance(usage, dict) else None
        if isinstance(spent, int) and spent > 0:
            with self._counting:
                self.tokens += spent

    def _reply(self, client: httpx2.Client, messages: list[dict[str, str]]) -> str:
        """Returns what the model says; "" where the endpoint sent something else.

        Raises:
            Unreachable: If it stayed busy or silent.
            UsageError: If nobody is there, or the request itself is refused.
        """
        manners = self.manners
        asked = {"model": self.name, "messages": messages, "temperature": 0}
        pause = manners.pause_s
        for again in range(manners.requests):
            try:
                data = self._post(client, asked)
            except _Later as later:
                why = later
                if again + 1 < manners.requests:
                    self._count("asked again")
                    time.sleep(min(max(pause, later.wait), manners.longest_pause_s))
                    pause *= 2
                continue
            try:
                told = json.loads(data)
                self._spend(told)
                content = told["choices"][0]["message"]["content"]
            except (ValueError, LookupError, TypeError, RecursionError):
                return ""
            return content if isinstance(content, str) else ""
        if not self._answered:
            raise UsageError(f"{self.url} does not answer ({why}); is it running?")
        raise Unreachable(str(why))

    def _post(self, client: httpx2.Client, asked: dict[str, Any]) -> bytes:
        """Makes one request; returns the body of the answer.

        Raises:
            _Later: If it may help to make it again.
            UsageError: If it is refused.
        """
        until = time.monotonic() + self.manners.timeout_s
        body = bytearray()
        try:
            with client.stream("POST", f"{self.url}/chat/completions", json=asked) as answer:
                for part in answer.iter_bytes():
                    body += part
                    if time.monotonic() > until:
                        raise _Later("it took too long")
                    if len(body) > MOST_BYTES:
                        raise _Later("it said too much")
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as wrong:
            raise UsageError(f"{self.url} is no address: {wrong}") from wrong
        except httpx2.HTTPError as failed:
            raise _Later(type(failed).__name__) from failed
        status = answer.status_code
        if status in BUSY or status >= SERVERS_FAULT:
            self._answered = True
            raise _Later(f"status {status}", _seconds(answer.headers.get("Retry-After", "")))
        if not answer.is_success:
            self._refused(status, bytes(body))
        self._answered = True
        return bytes(body)

    def _refused(self, status: int, body: bytes) -> NoReturn:
        said = body.decode(errors="replace")[:MOST_TOLD]
        if self.key:
            said = said.replace(self.key, "(the key)")
        hint = f"; its key is read from {KEY}" if status in (401, 403) else ""
        raise UsageError(f"{self.url} refuses {self.name} with status {status}{hint}: {said}")


def fingerprint(place: str) -> str:
    """Names what was asked, and how: nobody outside can hash the weights.

    Raises:
        UsageError: If it names no endpoint.
    """
    model, url = _parts(place)
    return f"openai:{model}@{url}#{content_hash(prompt.SYSTEM)}"


def _parts(place: str) -> tuple[str, str]:
    found = PLACE.fullmatch(place)
    if not found:
        raise UsageError("An endpoint is named openai:MODEL@URL, with a URL of http or https")
    try:
        parts = urlsplit(found["url"])
        bare = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, bare = urlsplit(""), False
    if not bare or parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            "The URL of an endpoint is scheme, host and path, as http://127.0.0.1:8000/v1; "
            f"a key does not belong there but into {KEY}"
        )
    return found["model"], found["url"].rstrip("/")


def _seconds(text: str) -> float:
    """Reads a Retry-After; a date in it is too far off to wait for."""
    return float(text) if text.isascii() and text.isdecimal() else 0.0
