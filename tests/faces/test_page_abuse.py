"""Whatever comes over the wire, a visit stays whole and shows where it is."""

from __future__ import annotations

import base64
import json
import socket
import struct
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from palaestra.faces.page import Visit, Visits
from palaestra.faces.page.server import MAX_MESSAGE, build, carried_out
from palaestra.faces.page.serving import running
from palaestra.testing.play_checks import malformed
from palaestra.types import OPS, Start
from tests.apps import expenses

HOST = "127.0.0.1:8420"
REFS = st.sampled_from((
    "nav:claim", "nav:employee", "new:claim", "open:claim:1", "edit", "save", "cancel", "delete",
    "yes", "no", "search", "field:total", "field:kind", "field:receipt", "sort:total", "page:1",
    "calm:news", "calm:sign_in", "calm:accept", "menu", "undo", "nowhere", "open:claim:999", "",
)) | st.text(st.characters(codec=None), max_size=6)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(("Enter", "Escape", "12.50", "Meals", "x" * 3_000, "\0", "\ud800", "—")),
    st.text(st.characters(codec=None), max_size=8),
)
ODD = st.one_of(
    st.none(), st.booleans(), st.floats(), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2), st.integers(),
)  # fmt: skip
NUMBERS = st.integers(-2, 3)
"""How far a message's number is from the right one, less one."""
FRAMES = st.one_of(
    st.tuples(NUMBERS | ODD, st.sampled_from((*OPS, "again", "next")), REFS, TEXTS),
    st.tuples(st.just(0), ODD | st.text(max_size=5), REFS | ODD, TEXTS | ODD),
)
RAW = st.sampled_from((
    "", "NaN", "Infinity", '{"n": NaN}', '{"n": 1e999, "op": "click"}', "{" * 2_000, "null", "\0",
    '{"n": 1, "n": 2, "op": "back"}', '"\\ud800"', '{"n": 1, "op": "\\ud800"}', "x" * MAX_MESSAGE,
    '{"n": ' + "9" * 5_000 + "}",
))  # fmt: skip


def written(frame: Any, visit: Visit) -> str:
    if isinstance(frame, str):
        return frame
    number, op, ref, text = frame
    if type(number) is int:
        number += visit.handled + 1
    return json.dumps({"n": number, "op": op, "ref": ref, "text": text})


@settings(max_examples=120)
@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.lists(FRAMES | RAW, min_size=1, max_size=25),
)
def test_any_messages_leave_a_visit_whole(
    seed: int, skin: int, trouble: int, frames: list[Any]
) -> None:
    visit = Visit(Visits(Start("expenses", seed, skin, trouble), lambda _: expenses))
    page = visit.page()
    for frame in frames:
        digest, commands = visit.session.digest(), visit.session.commands
        wrong = carried_out(visit, written(frame, visit))
        before, page = page, visit.page()
        assert len(wrong) < 300
        assert page["ack"] - before["ack"] in (0, 1)
        if page["ack"] == before["ack"]:
            assert page == before
        if visit.session.commands == commands:
            assert visit.session.digest() == digest
        json.dumps(page).encode()
        nodes = visit.session.screen().walk()
        assert not [n for n in nodes if malformed(n._replace(name=n.name and "typed"))]


NAMES = st.sampled_from(("127.0.0.1", "localhost", "evil.example", "[::1]", "0.0.0.0", "127.1", ""))
PORTS = st.sampled_from(("", ":8420", ":1", ":999999", ":x", "@127.0.0.1"))
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
HOSTS = st.one_of(st.tuples(NAMES, PORTS).map("".join), HEADER)
ORIGINS = st.one_of(
    st.tuples(st.sampled_from(("http://", "https://", "ws://", "")), HOSTS).map("".join),
    st.sampled_from(("null", "*", f"http://{HOST}/", f"HTTP://{HOST}", f" http://{HOST}")),
    HEADER,
)


@settings(max_examples=150)
@given(HOSTS, ORIGINS | st.none())
def test_only_own_pages_are_let_in(host: str, origin: str | None) -> None:
    visits = Visits(Start("expenses", 1), lambda _: expenses)
    client = TestClient(build(visits), base_url=f"http://{HOST}")
    name, _, port = host.partition(":")
    ours = name in ("127.0.0.1", "localhost") and (not port or port.isdecimal())
    ours = ours and len(port) <= 5 and not host.endswith(":")
    own = {"host": host} | ({"origin": origin} if origin is not None else {})
    let_in = ours and origin in (None, f"http://{host}")
    answer = client.get("/static/page.css", headers=own)
    assert answer.status_code == (200 if let_in else 403)
    if not (ours and origin == f"http://{host}"):
        path = f"ws://{HOST}/v/{visits.open()}/live"
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(path, headers=own):
            pass


def handshake(url: str, key: str) -> socket.socket:
    place = urlsplit(url)
    assert place.hostname
    assert place.port
    line = socket.create_connection((place.hostname, place.port), timeout=20)
    nonce = base64.b64encode(bytes(16)).decode()
    line.sendall(
        f"GET /v/{key}/live HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: http://{place.netloc}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {nonce}\r\n\r\n".encode()
    )
    assert b" 101 " in line.recv(4_096)
    return line


def frame(text: str) -> bytes:
    """Returns a client's message on the wire, masked with nothing."""
    data = text.encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
    return b"\x81" + size + bytes(4) + data


GO = frame('{"n": 1, "op": "click", "ref": "nav:claim"}')
HALF_WAYS = {
    "half a frame": GO[:9],
    "a message, and half of the next": GO + GO[:5],
    "no websocket at all": b"\xff" * 40,
    "more than there may be": b"\x81\xff" + struct.pack(">Q", 1 << 40) + bytes(4) + b"x" * 1_000,
    "nothing": b"",
}


@pytest.mark.parametrize("sent", HALF_WAYS.values(), ids=HALF_WAYS)
def test_a_client_that_leaves_half_way_keeps_its_session(sent: bytes) -> None:
    visits = Visits(Start("expenses", 1), lambda _: expenses)
    with running(visits) as url:
        key = visits.open()
        line = handshake(url, key)
        line.sendall(sent)
        # A reset instead of a farewell, as when a lid is closed or a process is killed.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        again = handshake(url, key)
        again.sendall(GO + frame('{"n": 2, "op": "click", "ref": "new:claim"}'))
        told = b""
        while b'"ack":2' not in told.replace(b" ", b""):
            part = again.recv(65_536)
            assert part
            told += part
        again.close()
        visit = visits.get(key)
        assert visit
        assert (visit.handled, visit.session.route.screen) == (2, "form")
