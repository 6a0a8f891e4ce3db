"""Playwright as a guest in a browser that this room runs, for whoever asks for its page.

It is attached when it is first asked for, which takes a while, and then sees every tab. A dialog
that nobody listens for it would answer itself; here somebody listens, and leaves it open.
"""

from __future__ import annotations

import time
from contextlib import suppress
from threading import get_ident
from typing import TYPE_CHECKING

from palaestra.errors import PageLost, UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

MEETING = 20.0
"""Seconds that Playwright may take to know a new tab."""


class Guest:
    """Playwright, attached; usable by the thread that attached it, as Playwright is."""

    def __init__(self, port: int) -> None:
        """Attaches Playwright to the browser that listens on a port of this machine.

        Raises:
            UsageError: If Playwright, or an asyncio loop, runs in this thread already.
        """
        from playwright.sync_api import Error, sync_playwright

        self._thread = get_ident()
        self._pages: dict[str, Page] = {}
        try:
            self._playwright = sync_playwright().start()
        except Error as failure:
            raise UsageError(
                "Playwright or an asyncio loop runs in this thread already, and there can be only "
                "one: ask for the page in another thread"
            ) from failure
        try:
            self._browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        except BaseException:
            self._playwright.stop()
            raise
        self._line = self._browser.new_browser_cdp_session()
        for context in self._browser.contexts:
            context.on("dialog", _leave_open)

    def page(self, target: str) -> Page:
        """Returns Playwright's page of a tab.

        Raises:
            PageLost: If Playwright does not see it.
        """
        late = time.monotonic() + MEETING
        while target not in self._pages:
            if time.monotonic() > late:
                raise PageLost("Playwright does not see this page")
            self._line.send("Browser.getVersion")  # Playwright takes news in while it is asked
            self._take()
        return self._pages[target]

    def meet(self, target: str) -> None:
        """Waits until Playwright knows a new tab.

        Chromium crashes where a page is worked on before all who are attached have taken it in.
        """
        if get_ident() == self._thread:
            with suppress(PageLost):
                self.page(target)

    def leave(self) -> None:
        """Detaches Playwright; the browser goes on."""
        with suppress(Exception):
            self._playwright.stop()

    def _take(self) -> None:
        """Writes down the pages that are new."""
        known = set(self._pages.values())
        for context in self._browser.contexts:
            for page in context.pages:
                if page not in known:
                    devtools = context.new_cdp_session(page)
                    told = devtools.send("Target.getTargetInfo")
                    devtools.detach()
                    self._pages[told["targetInfo"]["targetId"]] = page


def _leave_open(_: Dialog) -> None:
    """Does nothing with a dialog, which keeps it open."""
