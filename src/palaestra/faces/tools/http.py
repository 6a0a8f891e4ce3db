"""The HTTP form of the tools: POST /tools/NAME with JSON, described by GET /openapi.json.

A caller proves by a bearer secret which Toolbox is its own. Secrets are made where the server is
started, so that nobody can take a fresh Session over the wire. `/mcp` is the same for MCP clients.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from palaestra.faces.guard import Door, Guard, Receive, Scope, Send
from palaestra.faces.tools import mcp_server
from palaestra.faces.tools.openapi import OTHERS, STATUS, describe
from palaestra.faces.tools.toolbox import Toolbox

MAX_BODY = 262_144


class TooBig(Exception):
    """A body has more than `MAX_BODY` bytes."""


class Mcp:
    """The MCP form: passes a request on to the server of the Toolbox that it has the secret of."""

    def __init__(self, boxes: Mapping[str, Toolbox]) -> None:
        self.managers = {secret: mcp_server.manager(box, MAX_BODY) for secret, box in boxes.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        manager = self.managers.get(_secret(Request(scope)))
        answer: Door = manager.handle_request if manager else _wrong(401)
        await answer(scope, receive, send)


def build(boxes: Mapping[str, Toolbox]) -> Starlette:
    """Returns the web application.

    Args:
        boxes: The toolboxes by secret, at least one; all of one application and task.
    """
    some = next(iter(boxes.values()))
    document = describe(some.session.app.title, some.tools.values())
    mcp = Mcp(boxes)

    async def call(request: Request) -> Response:
        box = boxes.get(_secret(request))
        if box is None:
            return _wrong(401)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _wrong(415)
        try:
            given = json.loads(await _body(request), parse_constant=_refuse)
        except TooBig:
            return _wrong(413)
        except (ValueError, RecursionError):
            return _wrong(400)
        reply = box.call(request.path_params["name"], given)
        status = 200 if reply.ok else STATUS[reply.data["error"]["kind"]]
        return JSONResponse(reply.data, status)

    async def openapi(request: Request) -> Response:
        return JSONResponse(document)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for manager in mcp.managers.values():
                await stack.enter_async_context(manager.run())
            yield

    routes = [
        Route("/tools/{name}", call, methods=["POST"]),
        Route("/openapi.json", openapi),
        Route("/mcp", mcp),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard)], lifespan=lifespan)


def _secret(request: Request) -> str:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise TooBig
    return bytes(body)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _wrong(status: int) -> JSONResponse:
    told = {"kind": "wrong request", "message": OTHERS[status], "arguments": {}}
    return JSONResponse({"error": told}, status)
