"""Whether what was sent was answered."""

from __future__ import annotations

from typing import Any

from palaestra.agent.wire import Wire


def heard(wire: Wire, event: str, **told: Any) -> None:
    wire.heard(None, "s", f"Network.{event}", {"requestId": "1", **told})  # type: ignore[arg-type]


def sent(method: str) -> Wire:
    wire = Wire()
    heard(wire, "requestWillBeSent", request={"method": method})
    return wire


def test_what_only_reads_is_never_in_doubt():
    assert not sent("GET").in_doubt
    assert not sent("GET").wrote


def test_a_write_is_in_doubt_until_it_is_answered():
    wire = sent("POST")
    assert wire.wrote
    assert wire.in_doubt
    heard(wire, "responseReceived")
    assert wire.wrote
    assert not wire.in_doubt


def test_a_redirect_is_an_answer():
    wire = sent("POST")
    heard(wire, "requestWillBeSent", request={"method": "GET"})
    assert not wire.in_doubt


def test_a_write_that_broke_on_the_way_is_in_doubt_and_one_that_never_left_is_not():
    wire = sent("POST")
    heard(wire, "loadingFailed", errorText="net::ERR_EMPTY_RESPONSE")
    assert wire.in_doubt
    wire = sent("POST")
    heard(wire, "loadingFailed", errorText="net::ERR_CONNECTION_REFUSED")
    assert not wire.in_doubt
    assert not wire.wrote


def test_messages_of_a_socket_count():
    wire = Wire()
    heard(wire, "webSocketFrameSent")
    assert wire.in_doubt
    heard(wire, "webSocketFrameReceived")
    assert not wire.in_doubt
    assert wire.wrote
    wire.mark()
    assert not wire.wrote
