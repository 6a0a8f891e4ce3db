"""A Toolbox as an MCP server, built on the official SDK: over stdio, and for the HTTP form.

What the application refuses is a result marked as an error, so that the model reads it; the
protocol's own errors are left to the SDK.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

import anyio
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Listed

from palaestra.faces.tools.catalog import Tool
from palaestra.faces.tools.toolbox import Toolbox


def build(box: Toolbox) -> Server[Any]:
    """Returns a server of one Toolbox's tools."""

    async def list_tools(ctx: Any, params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_listed(tool) for tool in box.tools.values()])

    async def call_tool(ctx: Any, params: CallToolRequestParams) -> CallToolResult:
        reply = box.call(params.name, params.arguments or {})
        text = TextContent(type="text", text=json.dumps(reply.data, ensure_ascii=False))
        return CallToolResult(content=[text], structured_content=reply.data, is_error=not reply.ok)

    return Server(
        box.session.app.name,
        version=version("palaestra"),
        title=box.session.app.title,
        instructions=instructions(box),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def instructions(box: Toolbox) -> str:
    """Returns what a client is told of the place before it calls anything."""
    app, user = box.session.app, box.session.store.user
    told = [f"The tools are those of {app.title}."]
    if user:
        told.append(f"You work here as {user}.")
    if "read_handbook" in box.tools:
        told.append("read_handbook has the rules of the house.")
    if box.task:
        told.append(f"Your task: {box.task.goal}\nEnd it with `done` or `answer`.")
    return " ".join(told)


def manager(box: Toolbox, most: int) -> StreamableHTTPSessionManager:
    """Returns what serves a Toolbox to streamable HTTP; requests have at most `most` bytes."""
    return StreamableHTTPSessionManager(
        build(box), json_response=True, stateless=True, max_request_body_size=most
    )


def serve(box: Toolbox) -> None:
    """Serves over standard input and output, until the client leaves."""

    async def talk() -> None:
        server = build(box)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(talk)


def _listed(tool: Tool) -> Listed:
    return Listed(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=ToolAnnotations(
            read_only_hint=not tool.changes,
            destructive_hint=tool.final,
            open_world_hint=False,
        ),
    )
