"""The MCP form, driven by the official client: in memory, over stdio, and over HTTP."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from palaestra import gyms
from palaestra.faces.serving import running
from palaestra.faces.tools import Toolbox, mcp_server
from palaestra.faces.tools.http import build
from palaestra.gyms.drawing import draw
from palaestra.tasks import splits
from palaestra.testing.tool_parity import as_call, clicked
from palaestra.types import Start
from tests.apps import expenses

MODES = ("auto", "legacy")


def drive(client: Client, do: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with client:
            return await do(client)

    return anyio.run(run)


async def work(client: Client) -> None:
    """Lists, looks, enters, and is refused."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert tools["create_employee"].input_schema["required"] == ["name", "grade"]
    assert tools["list_claims"].annotations.read_only_hint
    assert tools["pay_claim"].annotations.destructive_hint
    listed = await client.call_tool("list_claims", {"limit": 3})
    assert not listed.is_error
    assert len(listed.structured_content["records"]) == 3
    assert json.loads(listed.content[0].text) == listed.structured_content
    made = await client.call_tool("create_employee", {"name": "Ann Other", "grade": 3})
    assert made.structured_content["record"]["key"] == "Ann Other"
    wrong = await client.call_tool("create_employee", {"name": "Bo", "grade": 99})
    assert wrong.is_error
    assert wrong.structured_content["error"]["arguments"].keys() == {"grade"}
    key = listed.structured_content["records"][0]["key"]
    refused = await client.call_tool("pay_claim", {"key": key})
    assert refused.is_error
    assert "Pay is not possible" in refused.content[0].text
    unknown = await client.call_tool("reset", {})
    assert unknown.is_error


@pytest.mark.parametrize("mode", MODES)
def test_a_client_works_in_memory(mode: str):
    box = Toolbox(expenses, Start("expenses", 1))
    drive(Client(mcp_server.build(box), mode=mode), work)
    assert [command.verb for command in box.session.commands] == ["create"]


@pytest.mark.parametrize("gym", ["accounting", "crm", "procedural"])
def test_oracles_end_in_the_same_digest_through_a_client(gym: str):
    async def work(client: Client) -> None:
        for command, time in zip(session.commands, times, strict=True):
            box.session.store.clock = time.after(-1)
            result = await client.call_tool(*as_call(command, box.session))
            assert not result.is_error

    for task in draw(gym, splits.find("practice"), 1, 8):
        app = gyms.find(task.start.app)
        session, times = clicked(task, app)
        box = Toolbox(app, task.start, task)
        drive(Client(mcp_server.build(box)), work)
        assert box.session.digest() == session.digest()


@pytest.mark.parametrize("mode", MODES)
def test_a_client_works_over_http(mode: str):
    boxes = {name: Toolbox(expenses, Start("expenses", 1)) for name in ("one", "other")}

    async def run(url: str, secret: str) -> None:
        headers = {"authorization": f"Bearer {secret}"}
        async with httpx2.AsyncClient(headers=headers) as http:
            transport = streamable_http_client(f"{url}mcp", http_client=http)
            async with Client(transport, mode=mode) as client:
                await work(client)

    with running(build(boxes), lifespan="on") as url:
        anyio.run(run, url, "one")
        with pytest.raises((MCPError, ExceptionGroup, httpx2.HTTPError)):
            anyio.run(run, url, "two")
    assert len(boxes["one"].session.commands) == 1
    assert boxes["other"].session.commands == ()


def test_a_client_does_a_task_over_stdio(tmp_path: Path):
    app = gyms.find("accounting")
    number, task = next(
        (seed, task)
        for seed in range(50)
        if (task := next(draw("accounting", splits.find("practice"), seed, 1))).kind == "create"
    )
    [command] = clicked(task, app)[0].commands
    name, given = as_call(command, Toolbox(app, task.start).session)
    words = ["-m", "palaestra", "tools", "accounting", "--serve", "mcp", "--task", str(number)]
    terminal = tmp_path / "terminal"
    server = StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ))

    async def run() -> None:
        from mcp.client.stdio import stdio_client

        with terminal.open("w") as errors:
            async with Client(stdio_client(server, errlog=errors)) as client:
                assert task.goal in client.instructions
                told = await client.call_tool("read_task", {})
                assert told.structured_content == {"goal": task.goal}
                assert not (await client.call_tool(name, given)).is_error
                assert not (await client.call_tool("done", {})).is_error

    anyio.run(run)
    assert terminal.read_text() == "session 1: solved\n"
