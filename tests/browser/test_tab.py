"""A tab in real Chromium, on pages that go wrong in every way that pages do."""

from __future__ import annotations

import http.server
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from palaestra.browser import Chromium, Tab
from palaestra.browser.tab import DialogOpened
from palaestra.errors import PageLost, TooLate
from palaestra.types import Action, Node
from tests.browser.site import Site

pytestmark = pytest.mark.browser
HANGS = "<title>H</title><button onclick='for (;;);'>Hang</button>"
RESTLESS = "<p id=p>0</p><script>setInterval(() => p.textContent++, 5)</script>"


def of(html: str) -> str:
    return "data:text/html;charset=utf-8," + quote(f"<!doctype html>{html}")


def ref(tab: Tab, name: str) -> str:
    assert tab.view
    return next(node.ref for node in tab.view.screen.walk() if node.ref and node.name == name)


def click(tab: Tab, name: str, deadline: float | None = None) -> None:
    tab.act(Action("click", ref(tab, name)), deadline)


def test_what_is_not_there_is_told(tab: Tab):
    for url in ("http://127.0.0.1:1/", "http://nowhere.invalid/", "no address"):
        with pytest.raises(PageLost, match=url):
            tab.goto(url)
    assert tab.goto(of("<h1>Still here")).screen.children == (Node("heading", "Still here"),)


def test_a_tab_that_could_not_be_opened_is_closed(chrome: Chromium):
    before = chrome.tabs
    with pytest.raises(PageLost):
        chrome.open("http://127.0.0.1:1/")
    assert chrome.tabs == before


def test_a_page_that_crashes_is_lost_and_closes(chrome: Chromium):
    tab = chrome.open()
    with pytest.raises(PageLost, match="crashed"):
        tab.goto("chrome://crash")
    for again in (tab.look, tab.picture, lambda: tab.act(Action("back"))):
        with pytest.raises(PageLost, match="crashed"):
            again()
    tab.close()
    assert tab not in chrome.tabs


def test_a_page_that_closes_itself_is_lost(chrome: Chromium, tab: Tab):
    tab.goto(of("<button onclick=\"window.open('about:blank')\">New</button>"))
    before = list(chrome.tabs)
    click(tab, "New")
    (other,) = [one for one in chrome.tabs if one not in before]
    other.look()
    other.send("Runtime.evaluate", {"expression": "close()"})
    with pytest.raises(PageLost, match="closed"):
        other.wait(lambda: False)
    assert other not in chrome.tabs


def test_a_deadline_interrupts_in_the_middle_of_a_step(chrome: Chromium):
    tab = chrome.open(of(HANGS))
    began = time.monotonic()
    with pytest.raises(TooLate):
        click(tab, "Hang", began + 1)
    with pytest.raises(TooLate):
        tab.look(time.monotonic() + 0.2)
    with pytest.raises(TooLate):
        tab.look(time.monotonic() - 1)
    tab.close()
    assert tab not in chrome.tabs


def test_a_deadline_interrupts_an_answer_that_does_not_come(tab: Tab, site: Site):
    with pytest.raises(TooLate):
        tab.goto(site.url.replace("/page/", "/slow?ms=3000"), time.monotonic() + 0.3)


def test_a_page_that_never_rests_is_looked_at_as_it_is(tab: Tab):
    view = tab.goto(of(RESTLESS))
    assert view.screen.children[0].role == "paragraph"
    assert int(view.screen.children[0].name) >= 0


DIALOGS = """<title>D</title>
<button onclick="alert('Hey'); this.textContent = 'Gone'">Alert</button>
<button onclick="this.textContent = String(confirm('Sure?'))">Confirm</button>
<button onclick="this.textContent = String(prompt('Name?', 'Ann'))">Prompt</button>"""


def test_a_dialog_is_the_screen_until_it_is_answered(tab: Tab):
    tab.goto(of(DIALOGS))
    click(tab, "Alert")
    for _ in range(2):
        view = tab.look()
        assert view.dialog == "Hey"
        asked = Node("dialog", "Hey", "", "", ("modal",), (Node("button", "OK", "dialog:ok"),))
        assert view.screen == Node("document", "D", children=(asked,))
    with pytest.raises(DialogOpened):
        tab.picture()
    click(tab, "OK")
    assert ref(tab, "Gone")
    assert tab.picture().startswith(b"\x89PNG")


def test_a_page_that_asks_before_anything_else(tab: Tab):
    view = tab.goto(of("<title>A</title><script>alert('First')</script><p>Then"))
    assert view.dialog == "First"
    click(tab, "OK")
    assert tab.view
    assert tab.view.screen.children == (Node("paragraph", "Then"),)


def test_leaving_is_asked_and_decided(tab: Tab):
    asks = "<button>Touch</button><script>onbeforeunload = e => e.preventDefault()</script>"
    tab.goto(of(asks))
    click(tab, "Touch")
    assert "Changes that you made" in tab.goto("about:blank").dialog
    click(tab, "Cancel")
    assert ref(tab, "Touch")
    tab.goto("about:blank")
    click(tab, "OK")
    assert tab.view
    assert tab.view.url == "about:blank"


def test_a_tab_closes_whatever_its_page_says(chrome: Chromium):
    tab = chrome.open(of("<button>T</button><script>onbeforeunload = () => 'no'</script>"))
    click(tab, "T")
    tab.close()
    assert tab not in chrome.tabs
    tab = chrome.open(of("<script>alert('stay')</script>"))
    tab.close()
    assert tab not in chrome.tabs


def test_fresh_tabs_share_nothing(chrome: Chromium, site: Site):
    first, second = chrome.open(site.url + "second.html"), chrome.open(fresh=True)
    first.call("Runtime.evaluate", {"expression": "document.cookie = 'who=ann'"})
    second.goto(site.url + "second.html")
    told = second.call("Runtime.evaluate", {"expression": "document.cookie"})
    assert told["result"]["value"] == ""
    first.close()
    second.close()


def test_tabs_are_worked_on_side_by_side(chrome: Chromium):
    counts = "<button onclick='this.textContent++'>0</button>"
    tabs = [chrome.open(of(counts)) for _ in range(3)]

    def work(tab: Tab) -> None:
        for n in range(10):
            click(tab, str(n))

    threads = [threading.Thread(target=work, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [ref(tab, "10") != "" for tab in tabs] == [True] * 3
    for tab in tabs:
        tab.close()


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[str]:
    """A site whose certificate nobody vouches for."""
    pem = tmp_path / "site.pem"
    subject = ["-subj", "/CN=localhost", "-days", "2", "-nodes"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", *subject]
    command += ["-keyout", str(pem), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", pem)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Greeting)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


class Greeting(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Hello")

    def log_message(self, *_: object) -> None:
        pass


def test_a_wrong_certificate_is_named_and_ignored_only_when_asked(
    tab: Tab, secure: str, launch: Callable[..., Chromium]
):
    with pytest.raises(PageLost, match=r"certificate that is not valid .*ERR_CERT"):
        tab.goto(secure)
    view = launch(ignore_certificates=True).open(secure).look()
    assert view.screen.children == (Node("heading", "Hello"),)
