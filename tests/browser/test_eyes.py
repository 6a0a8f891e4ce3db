"""Frames and shadows: what is shown inside of something else is read, placed and used too."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest

from palaestra.browser import Chromium, Tab, View
from palaestra.types import Action, Node

pytestmark = pytest.mark.browser
WHERE = "(r => [r.x, r.y])(document.querySelector('iframe').getBoundingClientRect())"
COUNTS = "<button onclick='this.textContent = +this.textContent + 1'>0</button>"
SHADOW = """<x-box>Slotted</x-box><script>
customElements.define("x-box", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({mode: "open"}).innerHTML = `<p>Shaded</p><slot></slot>COUNTS`;
  }
});</script>""".replace("COUNTS", COUNTS)


class Page(BaseHTTPRequestHandler):
    """Answers with what stands in the address."""

    def do_GET(self) -> None:
        body = unquote(self.path.partition("?")[2]).replace("PORT", str(self.server.server_port))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html>{body}".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def shown(chrome: Chromium, port: int, html: str) -> tuple[Tab, View]:
    tab = chrome.open(f"http://127.0.0.1:{port}/?{html}")
    assert tab.view
    return tab, tab.view


def names(view: View) -> list[str]:
    return [node.name for node in view.screen.walk() if node.name]


def named(view: View, name: str) -> Node:
    return next(node for node in view.screen.walk() if node.name == name)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])  # the second in another process
def test_frames_in_frames_are_read_placed_and_used(chrome: Chromium, port: int, host: str):
    inmost = "<p style='height:40px'>Inmost" + COUNTS
    inner = f"Inner<br><iframe style='margin:30px' src=\"http://{host}:PORT/?{inmost}\"></iframe>"
    framed = inner.replace("'", "&apos;").replace('"', "&quot;")
    frame = f"<iframe style='border:7px solid;padding:11px' height=300 src=\"http://{host}:PORT/?{framed}\">"
    tab, view = shown(chrome, port, f"<h1 style='height:50px'>Top</h1>{frame}")
    assert names(view) == ["Top", "Inner", "Inmost", "0"]
    button = named(view, "0")
    box = view.boxes[button.ref]
    told = tab.call("Runtime.evaluate", {"expression": WHERE, "returnByValue": True})
    left, top = told["result"]["value"]
    assert box.x > left + 7 + 11 + 30
    assert box.y > top + 7 + 11 + 30 + 40
    for n in range(1, 4):
        view = tab.act(Action("click", button.ref))
        assert named(view, str(n)).ref == button.ref, "the ref stays"
    tab.call("Runtime.evaluate", {"expression": "document.querySelector('iframe').remove()"})
    assert names(tab.look()) == ["Top"]
    tab.close()


def test_shadows_are_read_and_used(chrome: Chromium, port: int):
    tab, view = shown(chrome, port, SHADOW.replace("+", "%2B"))
    assert names(view) == ["Shaded", "Slotted", "0"]
    assert named(tab.act(Action("click", named(view, "0").ref)), "1").role == "button"
    tab.close()


def test_a_frame_that_is_not_shown_is_not_read(chrome: Chromium, port: int):
    hidden = "<iframe hidden srcdoc='<p>Hidden'></iframe><p>Seen"
    tab, view = shown(chrome, port, hidden)
    assert names(view) == ["Seen"]
    tab.close()


def test_a_page_deeper_than_pythons_stack_is_read(chrome: Chromium, port: int):
    tab, _ = shown(chrome, port, "<p>Top")
    nests = (
        "let at = document.body; for (let n = 0; n < 480; n++)"
        "at = at.appendChild(document.createElement('div'));"
    )
    tab.call("Runtime.evaluate", {"expression": nests + "at.textContent = 'Deep'"})
    assert named(tab.look(), "Deep").role == "paragraph"
    tab.close()
