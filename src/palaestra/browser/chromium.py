"""Chromium: one browser process, and the tabs that are open in it.

It is closed with its process: nothing of it outlives this one (`process.py`).
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from palaestra.browser.devtools import Call, DevTools, Told
from palaestra.browser.finding import required_chromium
from palaestra.browser.guest import Guest
from palaestra.browser.process import Process
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost, PalaestraError, UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Page

STARTING = 60.0
CLOSING = 10.0
"""Seconds that Chromium may take to start, and a tab to open or close."""
SEEN = [{"type": "page"}, {"type": "iframe"}, {"exclude": True}]
"""The kinds of targets that are attached to; workers are not."""
ATTACHED: Told = {
    "autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True, "filter": SEEN,
}  # fmt: skip
MOUSE = "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
"""What a page is told of the pointer: that there is a mouse, as there is on a desk."""
HEADLESS = ("--headless", "--hide-scrollbars", f"--blink-settings={MOUSE}")


class Watcher(Protocol):
    """Watches over pages; it may send, but must not wait."""

    def attached(self, tab: Tab, session: str) -> None:
        """Is told of a page, or of a frame of another process, before that loads anything."""

    def heard(self, tab: Tab, session: str, event: str, told: Told) -> None:
        """Is told of an event, after the tab."""


class Chromium:
    """A running browser; a context manager.

    Attributes:
        uploads: The only folder that files are uploaded from; None where none may be.
        downloads: Where downloads go; None where they are refused.
        devtools: The line to it.
        watchers: Whoever is told of every page and of every event of one, by the thread that reads.
    """

    def __init__(
        self, process: Process, *, uploads: Path | None, downloads: Path | None, headless: bool
    ) -> None:
        self.uploads, self.downloads, self.headless = uploads, downloads, headless
        self._process = process
        self._tabs: dict[str, Tab] = {}
        self._sessions: dict[str, Tab] = {}
        self.watchers: list[Watcher] = []
        self._guest: Guest | None = None
        self.devtools = DevTools(process.reading, process.writing, self._heard)

    @classmethod
    def launch(
        cls,
        *,
        headless: bool = True,
        uploads: Path | None = None,
        downloads: Path | None = None,
        ignore_certificates: bool = False,
    ) -> Chromium:
        """Starts Chromium with a profile of its own.

        Args:
            headless: Whether it has no window.
            uploads: The only folder that files may be uploaded from.
            downloads: Where downloads go; without it they are refused.
            ignore_certificates: Whether sites with wrong certificates are shown all the same.

        Raises:
            UsageError: If there is no Chromium, or it does not start.
        """
        flags = (*(HEADLESS if headless else ()), "--no-startup-window")
        if ignore_certificates:
            flags = (*flags, "--ignore-certificate-errors")
        process = Process(required_chromium(), flags)
        chromium = cls(process, uploads=uploads, downloads=downloads, headless=headless)
        try:
            chromium.call("Browser.getVersion", deadline=time.monotonic() + STARTING)
            chromium.call("Target.setDiscoverTargets", {"discover": True})
            chromium.call("Target.setAutoAttach", ATTACHED)
            chromium._allow_downloads("")
        except PalaestraError as failure:
            said = process.said()
            chromium.close()
            raise UsageError(f"Chromium did not start ({failure}): {said}") from failure
        except BaseException:
            chromium.close()
            raise
        return chromium

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def tabs(self) -> list[Tab]:
        """Returns the tabs that are open, in the order in which they came."""
        return list(self._tabs.values())

    def open(self, url: str = "about:blank", *, fresh: bool = False) -> Tab:
        """Opens a tab.

        Args:
            url: What it shows.
            fresh: Whether it has cookies and storage of its own.

        Raises:
            PageLost: If the page cannot be reached.
        """
        where: Told = {"url": "about:blank"}
        if fresh:
            context = self.call("Target.createBrowserContext", {"disposeOnDetach": True})
            where["browserContextId"] = context["browserContextId"]
            self._allow_downloads(context["browserContextId"])
        target = self.call("Target.createTarget", where)["targetId"]
        self.devtools.wait(lambda: target in self._tabs, time.monotonic() + CLOSING)
        tab = self._tabs[target]
        self.meet(tab)
        if url != "about:blank":
            try:
                tab.goto(url)
            except BaseException:
                with suppress(PalaestraError):
                    tab.close()
                raise
        return tab

    def call(self, method: str, told: Told | None = None, deadline: float | None = None) -> Told:
        """Calls the browser, and waits for its answer.

        Raises:
            DevToolsError: If the answer is an error.
            PageLost: If the browser is gone.
            TooLate: If no answer comes in time.
        """
        call: Call = self.devtools.send(method, told)
        self.devtools.wait(lambda: call.done, deadline or time.monotonic() + CLOSING)
        return call.result()

    def page(self, target: str) -> Page:
        """Returns Playwright's page of a tab; the first call attaches Playwright.

        Raises:
            PageLost: If Playwright does not see it.
            UsageError: If a native dialog is open, behind which Playwright cannot look.
        """
        if any(tab.dialog for tab in self.tabs):
            raise UsageError("Playwright cannot attach while a dialog is open: answer it first")
        if self._guest is None:
            port = self._process.port()
            if port is None:
                raise PageLost("The browser has no port that Playwright could attach to")
            self._guest = Guest(port)
        return self._guest.page(target)

    def meet(self, tab: Tab) -> None:
        """Lets Playwright, where it is attached, take in a tab before anything is done there."""
        if self._guest and not tab.dialog:
            self._guest.meet(tab.target)

    def close(self) -> None:
        """Closes everything."""
        if self._guest:
            self._guest.leave()
            self._guest = None
        if not self.devtools.lost:
            with suppress(PalaestraError):
                self.call("Browser.close")
        self.devtools.close()
        self._tabs.clear()
        self._process.end()
        self.devtools.join()
        self._process.let_go()

    def _allow_downloads(self, context: str) -> None:
        told: Told = {"behavior": "deny", "eventsEnabled": True}
        if self.downloads:
            told |= {"behavior": "allowAndName", "downloadPath": str(self.downloads.resolve())}
        if context:
            told["browserContextId"] = context
        self.call("Browser.setDownloadBehavior", told)

    def _heard(self, session: str, event: str, told: Told) -> None:
        match event:
            case "Target.attachedToTarget":
                self._welcome(session, told["sessionId"], told["targetInfo"])
            case "Target.detachedFromTarget":
                self._part(told["sessionId"])
            case "Target.targetCrashed":
                if tab := self._tabs.get(told["targetId"]):
                    tab.lost = "The page crashed"
            case "Browser.downloadWillBegin" | "Browser.downloadProgress":
                for tab in self._senders(told.get("frameId", "")):
                    tab.heard(session, event, told)
            case _:
                if tab := self._sessions.get(session):
                    tab.heard(session, event, told)
                    for watcher in self.watchers:
                        watcher.heard(tab, session, event, told)

    def _welcome(self, parent: str, session: str, info: Told) -> None:
        target = info["targetId"]
        if info["type"] == "page":
            tab = self._tabs[target] = Tab(self, target, session)
            if opener := self._tabs.get(info.get("openerId", "")):
                opener.news.add(tab)
        else:
            tab = self._sessions[parent]
        self._sessions[session] = tab
        self.devtools.send("Target.setAutoAttach", ATTACHED, session)
        tab.attached(parent, session, target)
        for watcher in self.watchers:
            watcher.attached(tab, session)
        self.devtools.send("Runtime.runIfWaitingForDebugger", {}, session)

    def _senders(self, frame: str) -> list[Tab]:
        """Returns whose frame sends a file; all tabs where that is not to be told."""
        sender = self._tabs.get(frame)
        return [sender] if sender else self.tabs

    def _part(self, session: str) -> None:
        self.devtools.drop(session)
        tab = self._sessions.pop(session, None)
        if tab is None:
            return
        tab.detached(session)
        if tab.session == session:
            self._tabs.pop(tab.target, None)
