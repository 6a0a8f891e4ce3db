"""The HTTP form: who is let in, what is answered, and that nothing sent breaks a session."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from palaestra.faces.tools import Toolbox
from palaestra.faces.tools.http import MAX_BODY, build
from palaestra.types import Start
from tests.apps import expenses

HOST = "127.0.0.1:8421"
OWN = {"authorization": "Bearer one"}


@pytest.fixture
def boxes() -> dict[str, Toolbox]:
    return {name: Toolbox(expenses, Start("expenses", 1)) for name in ("one", "other")}


@pytest.fixture
def client(boxes: dict[str, Toolbox]) -> Iterator[TestClient]:
    with TestClient(build(boxes), base_url=f"http://{HOST}", headers=OWN) as client:
        yield client


def test_a_call_is_answered_with_what_the_tool_gives(client: TestClient, boxes):
    answer = client.post("/tools/create_employee", json={"name": "Ann Other", "grade": 3})
    assert answer.status_code == 200
    assert answer.json()["record"]["key"] == "Ann Other"
    assert client.post("/tools/get_employee", json={"key": "Ann Other"}).status_code == 200
    there = {"headers": {"authorization": "bearer other"}, "json": {"key": "Ann Other"}}
    assert client.post("/tools/get_employee", **there).status_code == 422
    assert len(boxes["one"].session.commands) == 1
    assert boxes["other"].session.commands == ()


@pytest.mark.parametrize(
    ("name", "given", "status", "kind"),
    [
        ("no_such_tool", {}, 404, "unknown tool"),
        ("create_employee", {"name": 7}, 422, "wrong arguments"),
        ("create_employee", [], 422, "wrong arguments"),
        ("pay_claim", {"key": "EXP-0001"}, 409, "refused"),
    ],
)
def test_each_kind_of_error_has_its_status(client: TestClient, name, given, status, kind):
    answer = client.post(f"/tools/{name}", json=given)
    assert (answer.status_code, answer.json()["error"]["kind"]) == (status, kind)


@pytest.mark.parametrize("name", ["reset", "verify", "snapshot", "fork", "verdict", "restore"])
def test_what_is_no_work_is_no_tool(client: TestClient, name: str):
    assert client.post(f"/tools/{name}", json={}).status_code == 404
    assert client.post(f"/{name}", json={}).status_code == 404


@pytest.mark.parametrize("secret", ["", "Bearer", "Bearer two", "Basic one", "one", "Bearer öne"])
@pytest.mark.parametrize("path", ["/tools/read_handbook", "/mcp"])
def test_without_its_secret_there_is_no_session(client: TestClient, secret: str, path: str):
    headers = {"authorization": secret.encode()}
    assert client.post(path, json={}, headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/tools/read_handbook", "/openapi.json", "/mcp"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:8421"},
    ],
)
def test_foreign_pages_are_refused(client: TestClient, path: str, headers: dict[str, str]):
    assert client.post(path, json={}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"no json", 400),
        (b'{"limit": NaN}', 400),
        (b'{"limit": Infinity}', 400),
        (b'{"limit": 1e999}', 422),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"limit": ' + b"9" * 5_000 + b"}", 400),
        (b'{"query": "\\ud800"}', 422),
        (b'{"query": "' + b"x" * 1_000_000 + b'"}', 413),
        (b"x" * (MAX_BODY + 1), 413),
    ],
)
def test_a_bad_body_is_told_and_changes_nothing(client: TestClient, boxes, body, status: int):
    before = boxes["one"].session.digest()
    json_type = {"content-type": "application/json; charset=utf-8"}
    answer = client.post("/tools/list_claims", content=body, headers=json_type)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert boxes["one"].session.digest() == before
    assert client.post("/tools/list_claims", json={}).status_code == 200


def test_what_a_form_of_a_page_can_send_is_no_call(client: TestClient):
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = client.post("/tools/list_claims", content=b"{}", headers={"content-type": kind})
        assert answer.status_code == 415


def test_an_endless_body_is_cut_off(client: TestClient):
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 50 * MAX_BODY:
            sent += 65_536
            yield b" " * 65_536

    headers = {"content-type": "application/json"}
    answer = client.post("/tools/list_claims", content=endless(), headers=headers)
    assert answer.status_code == 413


def test_the_document_needs_no_secret(boxes: dict[str, Toolbox]):
    client = TestClient(build(boxes), base_url=f"http://{HOST}")
    document = client.get("/openapi.json").json()
    assert document["info"]["title"] == "Expense claims"
    assert "/tools/pay_claim" in document["paths"]
    assert "EXP-0001" not in json.dumps(document)
