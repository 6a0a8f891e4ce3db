"""The page face in a real Chromium: focus and caret, keyboard, lost connections, tasks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from palaestra.faces.page import Visit, Visits
from palaestra.faces.page.serving import running
from palaestra.tasks.answer import Answer
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import Start
from tests.apps import expenses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocketRoute

pytestmark = pytest.mark.browser
START = Start("expenses", 1)
GOAL = "What is <the> answer?"


class Opened:
    """A page, the visit it shows, and what went wrong on it."""

    def __init__(self, browser: Browser, visits: Visits, url: str) -> None:
        key = visits.open()
        found = visits.get(key)
        assert found
        self.visit: Visit = found
        self.url = f"{url}v/{key}"
        self.page: Page = browser.new_page()
        self.page.set_default_timeout(5_000)
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console", lambda said: self.wrong.append(said.text) if said.type == "error" else None
        )
        self.page.on(
            "request",
            lambda r: None if r.url.startswith((url, "data:")) else self.wrong.append(r.url),
        )

    def goto(self) -> Page:
        self.page.goto(self.url)
        self.page.wait_for_selector("html[data-live=yes]")
        return self.page

    def settle(self) -> None:
        self.page.wait_for_selector('html[data-waiting="0"]')

    def use(self, *refs: str) -> None:
        for ref in refs:
            self.page.click(f'[data-ref="{ref}"]')
            self.settle()

    def focused(self) -> str:
        told: str = self.page.evaluate(
            "document.activeElement.dataset.ref ?? document.activeElement.tagName"
        )
        return told


def opened(
    browser: Browser, tasks: Iterator[Task] | None = None, start: Start = START
) -> Iterator[Opened]:
    visits = Visits(start, lambda _: expenses, tasks)
    with running(visits) as url:
        here = Opened(browser, visits, url)
        yield here
        here.page.close()
        assert here.wrong == []


@pytest.fixture
def here(browser: Browser) -> Iterator[Opened]:
    yield from opened(browser)


@pytest.fixture
def tasked(browser: Browser) -> Iterator[Opened]:
    verifier = Verifier(answer=Answer("text", "42"))
    yield from opened(browser, repeat(Task(GOAL, START, verifier, "question", "", ())))


def test_typing_keeps_focus_and_caret_while_the_list_changes(here: Opened):
    page = here.goto()
    here.use("nav:claim", "search")
    page.keyboard.type("EXP-003")
    here.settle()
    assert "0 claims" in page.inner_text("main")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    here.settle()
    page.keyboard.type("0")
    here.settle()
    assert here.focused() == "search"
    assert page.evaluate("document.activeElement.selectionStart") == len("EXP-00")
    assert here.visit.session.listing("claim").query == "EXP-003"


def test_the_keyboard_is_enough(here: Opened):
    page = here.goto()
    page.focus('[data-ref="nav:employee"]')
    page.keyboard.press("Enter")
    here.settle()
    page.focus('[data-ref="new:employee"]')
    page.keyboard.press("Enter")
    here.settle()
    assert here.focused() == "field:name"
    page.keyboard.type("Ada Byron")
    page.keyboard.press("Enter")
    here.settle()
    assert page.inner_text("[role=alert].notice") == "Please correct the marked fields"
    page.focus('[data-ref="save"]')
    page.keyboard.press("Space")
    here.settle()
    assert here.focused() == "field:grade"
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    here.settle()
    assert here.focused() == "H1"
    assert "Ada Byron" in page.inner_text("h1")


def test_a_question_puts_the_focus_on_the_harmless_answer_and_escape_leaves(here: Opened):
    page = here.goto()
    here.use("nav:claim", "open:claim:1", "delete")
    assert here.focused() == "no"
    page.keyboard.press("Escape")
    here.settle()
    assert "EXP-0001" in page.inner_text("h1")
    assert not here.visit.session.commands


def test_the_browsers_back_goes_back_and_then_leaves(here: Opened):
    page = here.goto()
    here.use("nav:claim", "open:claim:1")
    page.go_back(wait_until="commit")
    here.settle()
    assert here.visit.session.route.screen == "list"
    assert page.inner_text("h1") == "Claims"
    page.click("#b-back")
    here.settle()
    assert page.inner_text("h1") == "Employees"
    assert page.is_disabled("#b-back")


def test_a_lost_connection_loses_nothing(here: Opened):
    lines: list[WebSocketRoute] = []
    down = False

    def line(route: WebSocketRoute) -> None:
        if down:
            route.close(code=1012)
        else:
            route.connect_to_server()
            lines.append(route)

    here.page.route_web_socket("**/live", line)
    page = here.goto()
    here.use("nav:claim", "new:claim")
    down = True
    lines[-1].close(code=1012)
    page.wait_for_selector("html:not([data-live])")
    page.fill('[data-ref="field:total"]', "12.50")
    page.check('[data-ref="field:receipt"]')
    page.select_option('[data-ref="field:kind"]', "Meals")
    assert here.visit.session.draft["total"] == ""
    down = False
    page.wait_for_selector("html[data-live=yes]")
    here.settle()
    draft = here.visit.session.draft
    assert (draft["total"], draft["receipt"], draft["kind"]) == ("12.50", "Yes", "Meals")
    assert page.input_value('[data-ref="field:total"]') == "12.50"
    assert page.is_checked('[data-ref="field:receipt"]')


def test_a_late_answer_does_not_overwrite_what_was_typed_since(here: Opened):
    late: list[str | bytes] = []
    slow = False

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda text: late.append(text) if slow else route.send(text))
        lines.append(route)

    lines: list[WebSocketRoute] = []
    here.page.route_web_socket("**/live", line)
    page = here.goto()
    here.use("nav:claim", "new:claim", "field:note")
    slow = True
    page.keyboard.type("a")
    while not late:
        page.wait_for_timeout(20)
    page.keyboard.type("b")
    slow = False
    lines[-1].send(late[0])
    here.settle()
    assert page.input_value('[data-ref="field:note"]') == "ab"
    assert here.visit.session.draft["note"] == "ab"


def test_a_reloaded_page_shows_what_was_there(here: Opened):
    page = here.goto()
    here.use("nav:claim", "new:claim")
    page.fill('[data-ref="field:total"]', "99")
    here.settle()
    page.reload()
    page.wait_for_selector("html[data-live=yes]")
    assert page.input_value('[data-ref="field:total"]') == "99"
    here.use("cancel")
    assert page.inner_text("h1") == "Claims"


def test_a_second_window_takes_over_and_can_be_taken_over(here: Opened, browser: Browser):
    page = here.goto()
    second = browser.new_page()
    second.goto(here.url)
    page.click("text=Go on here")
    page.wait_for_selector("html[data-live=yes]")
    second.wait_for_selector("text=Go on here")
    here.use("nav:claim")
    assert page.inner_text("h1") == "Claims"
    second.close()


def test_too_much_text_is_told_and_dropped(here: Opened):
    page = here.goto()
    here.use("nav:claim", "new:claim")
    for text, told in (("x" * 100_000, "too much text"), ("x" * 3_000, "longer than")):
        page.fill('[data-ref="field:note"]', text)
        page.wait_for_selector(f"#toast:has-text('{told}')")
        here.settle()
        assert page.input_value('[data-ref="field:note"]') == ""


def test_what_the_server_understands_replaces_what_was_typed(here: Opened):
    page = here.goto()
    here.use("nav:claim", "new:claim")
    page.fill('[data-ref="field:note"]', "—")
    here.settle()
    assert page.input_value('[data-ref="field:note"]') == here.visit.session.draft["note"] == ""


def test_a_task_is_done_from_the_bar(tasked: Opened):
    page = tasked.goto()
    assert GOAL in page.inner_text("#bar")
    page.fill("#b-answer", "41")
    tasked.use("nav:claim")
    assert page.input_value("#b-answer") == "41"
    page.click("#b-done")
    page.wait_for_selector("#bar .verdict.bad")
    page.click("#b-again")
    page.wait_for_selector("#b-answer")
    assert tasked.visit.session.route.record == "employee"
    page.fill("#b-answer", " 42 ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bar .verdict.good")
    tasked.use("nav:claim")
    assert "over" in page.inner_text("#toast")
    page.click("#b-next")
    page.wait_for_selector("#b-answer")
    assert page.input_value("#b-answer") == ""
