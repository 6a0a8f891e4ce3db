"""How fast the same actions go in Chromium and in this process, measured side by side.

In Chromium an action is Playwright's mouse or keyboard on the page face, and the observation is the
accessibility tree that Chromium computed, read as Nodes. In this process it is `Session.dispatch`
and `Session.screen`. Both are timed by the wall, for Chromium works in several processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from palaestra.browser.computed import tree_of
from palaestra.errors import UsageError
from palaestra.faces.page import Visits
from palaestra.faces.page.serving import running
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.testing.parity import PATIENCE_MS, perform, possible
from palaestra.types import Action, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page


@dataclass(frozen=True)
class Pace:
    """The same actions in both.

    Attributes:
        steps: How many.
        chromium_steps_per_second: Actions with the tree read after each, by the wall.
        session_steps_per_second: The same ones in this process, by the wall as well, on a start
            of which the page's own Session has drawn the screens before.
    """

    steps: int
    chromium_steps_per_second: float
    session_steps_per_second: float

    @property
    def ratio(self) -> float:
        """Returns how many times as fast this process is."""
        return self.session_steps_per_second / self.chromium_steps_per_second


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Runs a headless Chromium while the block runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def pace(
    app: App, plays: Sequence[tuple[Start, Sequence[Action]]], browser: Browser, seconds: float
) -> Pace:
    """Measures both.

    Args:
        app: The application.
        plays: What is done, from where; each on a page of its own.
        browser: A Chromium.
        seconds: Wall time for Chromium, new pages not counted; what was begun is finished.

    Raises:
        UsageError: If none of it can be done in a browser.
    """
    slow = fast = 0.0
    steps = 0
    for start, actions in plays:
        done, spent = _in_chromium(app, start, actions, browser)
        began = perf_counter()
        session = Session.at(app, start)
        for action in done:
            session.dispatch(action)
            session.screen()
        fast += perf_counter() - began
        slow, steps = slow + spent, steps + len(done)
        if slow >= seconds:
            break
    if not steps:
        raise UsageError("Nothing of what was to be timed can be done in a browser")
    return Pace(steps, steps / slow, steps / fast)


def _in_chromium(
    app: App, start: Start, actions: Sequence[Action], browser: Browser
) -> tuple[list[Action], float]:
    """Does what can be done of a play; returns it and the seconds it took."""
    session = Session.at(app, start)
    visits = Visits(start, lambda _: app)
    done, spent = [], 0.0
    with running(visits) as url:
        page = browser.new_page()
        try:
            page.set_default_timeout(PATIENCE_MS)
            page.goto(f"{url}v/{visits.open()}")
            page.wait_for_selector("html[data-live=yes]")
            devtools = page.context.new_cdp_session(page)
            for action in actions:
                if possible(session, action):
                    spent += _one(page, devtools, session, action)
                    session.dispatch(action)
                    done.append(action)
        finally:
            page.close()
    return done, spent


def _one(page: Page, devtools: CDPSession, session: Session, action: Action) -> float:
    began = perf_counter()
    perform(page, session.targets().get(action.ref), action)
    page.wait_for_selector('html[data-waiting="0"]', state="attached")
    tree_of(devtools)
    return perf_counter() - began
