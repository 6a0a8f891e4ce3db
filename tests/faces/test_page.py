"""The page face without a browser: who is let in, what is believed, and what a visit keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from palaestra.faces.page import Visit, Visits
from palaestra.faces.page.message import ACTIONS, Malformed, read
from palaestra.faces.page.server import MAX_MESSAGE, build
from palaestra.faces.page.visit import MAX_VISITS
from palaestra.kit import App, Record, action, derived, text
from palaestra.tasks.answer import Answer
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import Action, Start
from tests.apps import expenses

HOST = "127.0.0.1:8420"
OWN = {"origin": f"http://{HOST}"}
START = Start("expenses", 1)


def visits_of(app: App = expenses, tasks: Iterator[Task] | None = None) -> Visits:
    return Visits(Start(app.name, 1), lambda _: app, tasks)


@pytest.fixture
def visits() -> Visits:
    return visits_of()


@pytest.fixture
def client(visits: Visits) -> TestClient:
    return TestClient(build(visits), base_url=f"http://{HOST}")


def connect(client: TestClient, key: str, **headers: str) -> WebSocketTestSession:
    return client.websocket_connect(f"ws://{HOST}/v/{key}/live", headers={**OWN, **headers})


def said(socket: WebSocketTestSession, data: Any) -> dict[str, Any]:
    """Sends a message and returns the answer."""
    socket.send_text(data if isinstance(data, str) else json.dumps(data))
    answer: dict[str, Any] = socket.receive_json()
    return answer


def test_everybody_gets_a_visit_of_their_own(client: TestClient):
    one, other = (client.get("/", follow_redirects=False).headers["location"] for _ in range(2))
    assert one != other
    with connect(client, one[3:]) as socket:
        socket.receive_json()
        drawn = said(socket, {"n": 1, "op": "click", "ref": "nav:claim"})
    assert "EXP-0001" in drawn["html"]
    assert "EXP-0001" in client.get(one).text
    assert "EXP-0001" not in client.get(other).text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://" + HOST]
)
def test_foreign_origins_are_refused(client: TestClient, visits: Visits, origin: str):
    assert client.get("/", headers={"origin": origin}).status_code == 403
    with pytest.raises(WebSocketDisconnect), connect(client, visits.open(), origin=origin):
        pass


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8420", "127.0.0.1.evil.example", "[::1]", ""]
)
def test_other_hosts_are_refused(client: TestClient, host: str):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert client.get("/static/page.js", headers={"host": host}).status_code == 403


def test_a_connection_without_an_origin_is_refused(client: TestClient, visits: Visits):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(f"ws://{HOST}/v/{visits.open()}/live"),
    ):
        pass


def test_own_pages_are_let_in_and_told_what_they_may_do(client: TestClient):
    answer = client.get("/", headers=OWN)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/static/page.js").status_code == 200


def test_unknown_visits_are_told_apart(client: TestClient):
    assert client.get("/v/nobody").status_code == 404
    with connect(client, "nobody") as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == 4004


FORGED = [
    ("no json", "not JSON"),
    ("[" * 50_000, "not JSON"),
    ("[]", "object"),
    ({"op": "click", "ref": "nav:claim"}, "number"),
    ({"n": True, "op": "click", "ref": "nav:claim"}, "number"),
    ({"n": 1e300, "op": "click"}, "number"),
    ({"n": 1, "op": ["click"], "ref": "nav:claim"}, "texts"),
    ({"n": 1, "op": "click", "ref": 7}, "texts"),
    ({"n": 1, "op": "click", "ref": "\ud800"}, "texts"),
    ({"n": 1, "op": "click", "ref": "nav:claim", "admin": True}, "admin"),
    ({"n": 1, "op": "explode"}, "explode"),
    ({"n": 1}, "no operation"),
    ({"n": 1, "op": "scroll", "ref": "nav:claim"}, "scroll"),
    ({"n": 1, "op": "click", "ref": "nowhere"}, "nowhere"),
    ({"n": 1, "op": "fill", "ref": "nav:claim", "text": "x"}, "Cannot fill a link"),
    ({"n": 1, "op": "fill", "ref": "search", "text": "x" * 3000}, "longer than"),
    ({"n": 1, "op": "fill", "ref": "search", "text": "\0"}, "type"),
    ({"n": 1, "op": "press", "ref": "search", "text": "Hyper"}, "keys"),
    ({"n": 1, "op": "back"}, "no earlier screen"),
    ({"n": 1, "op": "done"}, "no task"),
    ({"n": 5, "op": "click", "ref": "nav:claim"}, "missing"),
]


@pytest.mark.parametrize(("forged", "complaint"), FORGED)
def test_a_forged_message_is_answered_and_changes_nothing(
    client: TestClient, visits: Visits, forged: Any, complaint: str
):
    key = visits.open()
    visit = visits.get(key)
    assert visit
    with connect(client, key) as socket:
        before = socket.receive_json()
        after = said(socket, forged)
        assert complaint in after["wrong"]
        assert after["html"] == before["html"]
        assert not visit.session.commands
        # The next message is carried out as if nothing had been.
        used = said(socket, {"n": after["ack"] + 1, "op": "click", "ref": "nav:claim"})
        assert used["wrong"] == ""
        assert "EXP-0001" in used["html"]


@pytest.mark.parametrize("big", ["x" * (MAX_MESSAGE + 1), "€" * (MAX_MESSAGE // 2)])
def test_a_message_too_big_closes_the_connection_and_keeps_the_visit(
    client: TestClient, visits: Visits, big: str
):
    key = visits.open()
    with connect(client, key) as socket:
        socket.receive_json()
        with pytest.raises(WebSocketDisconnect) as closed:
            said(socket, big)
    assert closed.value.code == 1009
    with connect(client, key) as socket:
        assert socket.receive_json()["ack"] == 0


def test_bytes_are_no_message(client: TestClient, visits: Visits):
    with connect(client, visits.open()) as socket:
        socket.receive_json()
        socket.send_bytes(b'{"n": 1, "op": "click", "ref": "nav:claim"}')
        assert socket.receive_json()["wrong"] == "A message is text"


def test_a_lost_connection_loses_nothing_and_repeats_nothing(client: TestClient, visits: Visits):
    key = visits.open()
    messages = [
        {"n": 1, "op": "click", "ref": "nav:claim"},
        {"n": 2, "op": "click", "ref": "new:claim"},
        {"n": 3, "op": "check", "ref": "field:receipt"},
    ]
    with connect(client, key) as socket:
        socket.receive_json()
        for message in messages:
            said(socket, message)
    with connect(client, key) as socket:
        assert socket.receive_json()["ack"] == 3
        again = said(socket, messages[2])
    assert (again["wrong"], again["ack"]) == ("", 3)
    visit = visits.get(key)
    assert visit
    assert "checked" in visit.session.targets()["field:receipt"].states
    assert visit.line is None


def test_the_newest_connection_has_the_visit(client: TestClient, visits: Visits):
    key = visits.open()
    with connect(client, key) as old:
        old.receive_json()
        with connect(client, key) as new:
            new.receive_json()
            with pytest.raises(WebSocketDisconnect) as closed:
                old.receive_json()
            assert closed.value.code == 4001
            assert said(new, {"n": 1, "op": "click", "ref": "nav:claim"})["wrong"] == ""


def shown(thing: Any) -> str:
    raise RuntimeError("a bug")


@pytest.mark.parametrize("ref", ["do:smash", "open:thing:1"])
def test_a_bug_of_the_application_leaves_the_session_as_it_was(
    caplog: pytest.LogCaptureFixture, ref: str
):
    app = App("broken", title="Broken")

    @app.record(key="name", seeds=(1, 1))
    class Thing(Record):
        name: str = text()
        if ref == "open:thing:1":
            size = derived(shown, shown_as=text(), listed=False)

        @action("Break")
        def smash(self) -> None:
            self.name = "half done"
            raise RuntimeError("a bug")

    visit = Visit(visits_of(app))
    if ref == "do:smash":
        visit.handle(read('{"n": 1, "op": "click", "ref": "open:thing:1"}'))
    digest, drawn = visit.session.digest(), visit.page()["html"]
    number = visit.handled + 1
    wrong = visit.handle(read(json.dumps({"n": number, "op": "click", "ref": ref})))
    assert "nothing was changed" in wrong
    assert visit.session.digest() == digest
    assert visit.page()["html"] == drawn
    assert "a bug" in caplog.text
    assert (
        visit.handle(read(json.dumps({"n": number + 1, "op": "click", "ref": "nav:thing"}))) == ""
    )


def question(right: str) -> Task:
    verifier = Verifier(answer=Answer("text", right))
    return Task("Who?", START, verifier, "question", "", (Action("answer", "", right),))


def test_a_task_is_judged_once_and_can_be_tried_again(visits: Visits):
    visit = Visit(visits_of(tasks=iter([question("Ann"), question("Bob")])))
    assert visit.task
    assert visit.handle(read('{"n": 1, "op": "answer", "text": "Bob"}')) == ""
    assert visit.verdict
    assert not visit.verdict.success
    assert "Not solved" in visit.page()["bar"]
    assert "over" in visit.handle(read('{"n": 2, "op": "answer", "text": "Ann"}'))
    assert visit.handle(read('{"n": 3, "op": "again"}')) == ""
    assert visit.verdict is None
    visit.handle(read('{"n": 4, "op": "answer", "text": "Ann"}'))
    assert visit.verdict
    assert "Solved" in visit.page()["bar"]
    visit.handle(read('{"n": 5, "op": "next"}'))
    assert visit.task == question("Bob")
    assert visit.verdict is None


def test_done_is_judged_from_the_store():
    visit = Visit(visits_of(tasks=repeat(question("Ann"))))
    visit.handle(read('{"n": 1, "op": "done"}'))
    assert visit.verdict
    assert not visit.verdict.success


def test_old_visits_make_room(visits: Visits):
    first, second = visits.open(), visits.open()
    visits.get(first)
    for _ in range(MAX_VISITS - 1):
        visits.open()
    assert visits.get(first)
    assert visits.get(second) is None


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(ACTIONS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries({}, optional={k: VALUES for k in ("n", "op", "ref", "text", "more")})
    | VALUES
)
def test_whatever_is_sent_is_a_message_or_malformed(data: Any):
    try:
        message = read(json.dumps(data))
    except Malformed:
        return
    assert message.number > 0
    assert message.action is None or isinstance(message.action.ref, str)
