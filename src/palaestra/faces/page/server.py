"""The web application of the page face: its addresses, and the live connection of a visit.

`/` begins a visit, `/v/SECRET` is it, `/v/SECRET/live` its websocket: messages come in, and after
each one the whole screen goes out (a few kB; the browser morphs it into place).
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from palaestra.faces.guard import Guard
from palaestra.faces.page.message import Malformed, read
from palaestra.faces.page.visit import Visit, Visits

STATIC = Path(__file__).parent / "static"
MAX_MESSAGE = 65_536
TAKEN_OVER, UNKNOWN, TOO_BIG = 4001, 4004, 1009
PAGE = """<!doctype html>
<html lang="en" data-place="{place}" data-ack="{ack}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/page.css">
<script src="/static/idiomorph.js" defer></script>
<script src="/static/page.js" defer></script>
<body>
{bar}
{html}
<div id="toast" role="alert"></div>
</body>
</html>
"""
GONE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Palaestra</title>
<link rel="stylesheet" href="/static/page.css">
<body class="gone"><h1>This visit is over</h1><p><a href="/">Begin a new one</a></p></body></html>
"""


def build(visits: Visits) -> Starlette:
    """Returns the web application for these visits."""

    async def begin(request: Request) -> Response:
        return RedirectResponse(f"/v/{visits.open()}", status_code=303)

    async def show(request: Request) -> Response:
        visit = visits.get(request.path_params["key"])
        if visit is None:
            return HTMLResponse(GONE, status_code=404)
        page = visit.page()
        title, place = escape(page["title"]), escape(page["place"])
        return HTMLResponse(PAGE.format_map({**page, "title": title, "place": place}))

    async def live(socket: WebSocket) -> None:
        visit = visits.get(socket.path_params["key"])
        await socket.accept()
        if visit is None:
            await socket.close(UNKNOWN, "This visit is over")
            return
        before, visit.line = visit.line, socket
        if before is not None:
            await _leave(before)
        try:
            await _talk(socket, visit)
        finally:
            if visit.line is socket:
                visit.line = None

    routes = [
        Route("/", begin),
        Route("/v/{key}", show),
        WebSocketRoute("/v/{key}/live", live),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard)])


async def _talk(socket: WebSocket, visit: Visit) -> None:
    """Answers every message with the screen, until one side leaves."""
    try:
        await socket.send_json(visit.page())
        while True:
            frame = await socket.receive()
            if frame["type"] == "websocket.disconnect" or visit.line is not socket:
                return
            text = frame.get("text")
            if text is None:
                wrong = "A message is text"
            elif len(text) > MAX_MESSAGE or len(text.encode(errors="replace")) > MAX_MESSAGE:
                await socket.close(TOO_BIG, f"A message has at most {MAX_MESSAGE} bytes")
                return
            else:
                wrong = carried_out(visit, text)
            await socket.send_json({**visit.page(), "wrong": wrong})
    except WebSocketDisconnect:
        return


def carried_out(visit: Visit, text: str) -> str:
    """Reads a message and carries it out; returns what was wrong with it, "" if nothing was."""
    try:
        return visit.handle(read(text))
    except Malformed as malformed:
        if malformed.number == visit.handled + 1:
            visit.handled = malformed.number
        return str(malformed)


async def _leave(socket: WebSocket) -> None:
    """Tells a connection that another one has the visit now; it may be long dead."""
    try:
        await socket.close(TAKEN_OVER, "This visit was opened elsewhere")
    except (RuntimeError, WebSocketDisconnect):
        return
