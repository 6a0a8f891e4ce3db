from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from palaestra.errors import UsageError
from palaestra.exams.exam import examine
from palaestra.policies import finder
from palaestra.policies.endpoint import KEY, MOST_BYTES, Endpoint, Manners, Unreachable
from palaestra.policies.policy import SomeBroke
from palaestra.policies.prompt import Nonsense
from palaestra.types import Action, Node, Observation
from tests.exams.conftest import find, tasks  # noqa: F401

QUICK = Manners(together=4, timeout_s=20.0, requests=4, pause_s=0.001, replies=3)
DONE = '{"op": "done"}'
Answer = tuple[int, dict[str, str], bytes]


def says(text: Any, status: int = 200, **headers: str) -> Answer:
    body = {"choices": [{"message": {"role": "assistant", "content": text}}]}
    return status, headers, json.dumps(body).encode()


class Fake(ThreadingHTTPServer):
    """An endpoint on this machine: `answer` says what comes of a request."""

    daemon_threads = True
    answer: Callable[[dict[str, Any]], Answer]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.now = self.most = 0
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def policy(self, manners: Manners = QUICK, key: str = "") -> Endpoint:
        return Endpoint("tiny", self.url, key, manners)


class Handler(BaseHTTPRequestHandler):
    server: Fake

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            assert self.path == "/v1/chat/completions"
            self.server.asked.append(asked)
            self.server.headers.append(dict(self.headers))
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        status, headers, body = self.server.answer(asked)
        with self.server.lock:
            self.server.now -= 1
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv(KEY, raising=False)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with Fake() as server:
        server.answer = lambda _: says(DONE)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def seen(goal: str = "Save it.") -> Observation:
    save = Node("button", "Save", "save")
    return Observation(goal, Node("document", children=(save,)), "", 9)


def in_turn(*answers: Answer) -> Callable[[dict[str, Any]], Answer]:
    left = list(answers)
    return lambda _: left.pop(0)


def goal_of(asked: dict[str, Any]) -> str:
    return str(asked["messages"][1]["content"]).partition("\n")[0].removeprefix("goal: ")


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [({"total_tokens": 70}, 140), ({"total_tokens": "70"}, 0), ({}, 0), (None, 0), ([7], 0)],
)
def test_what_the_endpoint_counted_is_added_up(fake: Fake, usage: Any, tokens: int):
    status, headers, body = says(DONE)
    counted = json.dumps(json.loads(body) | {"usage": usage}).encode()
    fake.answer = lambda _: (status, headers, counted)
    policy = fake.policy()
    assert policy.act([seen(), seen()]) == [Action("done")] * 2
    assert policy.tokens == tokens


def test_each_episode_gets_its_own_action_and_several_are_asked_for_at_once(fake: Fake):
    together = threading.Barrier(QUICK.together, timeout=20)

    def answer(asked: dict[str, Any]) -> Answer:
        if goal_of(asked) != "goal 0":
            together.wait()
        return says(json.dumps({"op": "answer", "text": goal_of(asked)}))

    fake.answer = answer
    goals = [f"goal {i}" for i in range(1 + 2 * QUICK.together)]
    actions = fake.policy().act([seen(goal) for goal in goals])
    assert actions == [Action("answer", text=goal) for goal in goals]
    assert fake.most == QUICK.together
    assert fake.policy().act([]) == []


def test_the_request_is_what_such_endpoints_take(fake: Fake):
    fake.answer = lambda _: says('{"op": "click", "element": 0}')
    assert fake.policy(key="hush").act([seen()]) == [Action("click", "save")]
    [asked] = fake.asked
    assert (asked["model"], asked["temperature"]) == ("tiny", 0)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert "[0] button Save" in asked["messages"][1]["content"]
    assert fake.headers[0]["Authorization"] == "Bearer hush"
    fake.policy().act([seen()])
    assert "Authorization" not in fake.headers[1]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_who_is_busy_is_asked_again(status: int, fake: Fake):
    fake.answer = in_turn(says("", status, Retry_After="0"), says("", status), says(DONE))
    policy = fake.policy()
    assert policy.act([seen()]) == [Action("done")]
    assert policy.counts == Counter({"asked again": 2})
    assert fake.asked[0] == fake.asked[2]


def test_the_endpoint_says_how_long_to_wait(fake: Fake, monkeypatch: pytest.MonkeyPatch):
    slept: list[float] = []
    monkeypatch.setattr("palaestra.policies.endpoint.time.sleep", slept.append)
    busy = (says("", 429, Retry_After=after) for after in ("7", "never", "999999"))
    fake.answer = in_turn(*busy, says(DONE))
    manners = Manners(pause_s=2.0, longest_pause_s=60.0)
    assert fake.policy(manners).act([seen()]) == [Action("done")]
    assert slept == [7.0, 4.0, 60.0]


def test_who_stays_busy_breaks_the_episode_and_no_other(fake: Fake):
    fake.answer = lambda asked: says("", 503) if "bad" in goal_of(asked) else says(DONE)
    policy = fake.policy()
    with pytest.raises(SomeBroke) as broke:
        policy.act([seen(), seen("bad"), seen()])
    first, second, third = broke.value.moves
    assert (first, third) == (Action("done"), Action("done"))
    assert isinstance(second, Unreachable)
    assert len(fake.asked) == 2 + QUICK.requests
    assert policy.counts["asked again"] == QUICK.requests - 1


def test_who_is_silent_or_endless_is_given_up(fake: Fake):
    def sleepy(_: dict[str, Any]) -> Answer:
        time.sleep(0.3)
        return says(DONE)

    fake.answer = sleepy
    hasty = Manners(timeout_s=0.05, requests=2, pause_s=0.001)
    with pytest.raises(UsageError, match="does not answer"):
        fake.policy(hasty).act([seen()])
    fake.answer = lambda _: (200, {}, b" " * (MOST_BYTES + 1))
    with pytest.raises(UsageError, match="it said too much"):
        fake.policy().act([seen()])


def test_nobody_there_is_a_clear_error(fake: Fake):
    with pytest.raises(UsageError, match="is it running"):
        Endpoint("tiny", "http://127.0.0.1:9/v1", manners=QUICK).act([seen()] * 9)


def test_nonsense_is_answered_and_then_breaks_the_episode(fake: Fake):
    fake.answer = in_turn(says("I would save it."), says(None), says(f"```json\n{DONE}\n```"))
    policy = fake.policy()
    assert policy.act([seen()]) == [Action("done")]
    assert policy.counts == Counter({"nonsense": 2})
    again = fake.asked[1]["messages"]
    assert [message["role"] for message in again] == ["system", "user", "assistant", "user"]
    assert again[2]["content"] == "I would save it."
    assert "not one JSON object" in again[3]["content"]
    fake.answer = lambda _: (200, {}, b"<html>")
    with pytest.raises(SomeBroke) as broke:
        policy.act([seen()])
    assert isinstance(broke.value.moves[0], Nonsense)
    assert policy.counts == Counter({"nonsense": 2 + QUICK.replies})


def test_a_refused_request_stops_everything_and_tells_no_key(fake: Fake):
    fake.answer = lambda _: (401, {}, b"no model for hush-hush")
    policy = fake.policy(key="hush-hush")
    with pytest.raises(UsageError) as refused:
        policy.act([seen()] * 20)
    assert "status 401" in str(refused.value)
    assert KEY in str(refused.value)
    assert "hush" not in f"{refused.value} {policy!r}"
    assert len(fake.asked) == 1


def test_an_exam_counts_what_broke_as_unscored(fake: Fake, tasks):  # noqa: F811
    def answer(asked: dict[str, Any]) -> Answer:
        if "milk" in goal_of(asked):
            return says("no")
        return says("", 500) if "Ada" in goal_of(asked) else says(DONE)

    fake.answer = answer
    policy = fake.policy()
    policy.act([seen()])
    exam = examine(policy, tasks, find)
    ended = [one.ended for one in exam.trajectories]
    assert ended == ["Nonsense", "Unreachable", "done", "done", "done"]
    assert [one.verdict is None for one in exam.trajectories] == [True, True, False, False, False]
    assert len(fake.asked) == 1 + QUICK.replies + QUICK.requests + 3


def test_it_is_found_by_its_place_and_named_without_its_key(fake: Fake, monkeypatch):
    monkeypatch.setenv(KEY, "hush\n")
    place = f"openai:org/tiny:8b@{fake.url}/"
    policy = finder.find(place)
    assert (policy.name, policy.act([seen()])) == ("org/tiny:8b", [Action("done")])
    assert fake.headers[0]["Authorization"] == "Bearer hush"
    named = finder.fingerprint(place)
    assert named.startswith(f"openai:org/tiny:8b@{fake.url}#")
    assert "hush" not in named
    monkeypatch.setenv(KEY, "hush\nX-Evil: 1")
    with pytest.raises(UsageError, match="can be a key"):
        finder.find(place)


@pytest.mark.parametrize(
    "url",
    [
        "https://me:secret@host/v1",
        "https://secret@host/v1",
        "https://host/v1?key=secret",
        "https://host/v1#secret",
        "https://host:secret/v1",
        "https:///secret",
        "ftp://secret",
        "secret",
    ],
)
def test_a_place_that_is_none_or_has_a_key_in_it(url: str):
    with pytest.raises(UsageError) as wrong:
        finder.find(f"openai:tiny@{url}")
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize("place", ["openai:http://127.0.0.1:9/v1", "openai:tiny", "openai:"])
def test_a_place_without_a_model_or_a_url_is_told_how_one_looks(place: str):
    with pytest.raises(UsageError, match="named openai:MODEL@URL"):
        finder.find(place)
