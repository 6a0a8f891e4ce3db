"""Tab: one page in Chromium, looked at and acted on.

How an action is done is in `hands.py`, when a page has come to rest in `settling.py`, and how its
tree is read in `computed.py`; here they are put together, with a deadline around them.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from palaestra.browser import dialogs, hands
from palaestra.browser.computed import read
from palaestra.browser.devtools import Call, DevToolsError, Told
from palaestra.browser.dialogs import Dialog
from palaestra.browser.eyes import Eyes
from palaestra.browser.frames import Element, Reading
from palaestra.browser.inside import script
from palaestra.browser.news import News
from palaestra.browser.settling import settle
from palaestra.browser.view import Box, View
from palaestra.errors import InvalidAction, PageLost, PalaestraError, TooLate
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from palaestra.browser.chromium import Chromium

__all__ = ["Box", "Dialog", "DialogOpened", "Tab", "View"]

PATIENCE = 60.0
"""Seconds that a page may keep silent where no deadline is given."""
LOOKS = 4
"""How often a page is looked at that changes to another one under the eye."""
WIDTH, HEIGHT = 1280, 800
SIZE: Told = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
STAYED = "net::ERR_ABORTED"
"""Nothing takes the page's place: a download came, or an empty answer."""
CERTIFICATE = ("net::ERR_CERT", "net::ERR_SSL")


class DialogOpened(PalaestraError):
    """A native dialog opened and holds the page up; whoever waits for the page looks at it."""


class Tab:
    """One page.

    Attributes:
        target: Chromium's id of it.
        session: The DevTools session of its top frame.
        lost: How the page was lost; "" while it lives.
        dialog: The native dialog that is open, or None.
        news: What happened around it.
        elements: What can be acted on, by ref, as of the last look.
        view: The last look, or None before the first.
    """

    def __init__(self, chromium: Chromium, target: str, session: str) -> None:
        self.chromium, self.target, self.session = chromium, target, session
        self.lost = ""
        self.dialog: Dialog | None = None
        self.news = News(self)
        self.elements: dict[str, Element] = {}
        self.view: View | None = None
        self._page_view: View | None = None
        self._eyes = Eyes(self)
        self._deadline: float | None = None
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """Returns Playwright's page of this tab, for whoever wants it."""
        if self._page is None:
            self._page = self.chromium.page(self.target)
        return self._page

    def goto(self, url: str, deadline: float | None = None) -> View:
        """Goes to an address.

        Args:
            url: Where to.
            deadline: When to give up, in seconds of `time.monotonic`.

        Raises:
            PageLost: If nothing is there.
            TooLate: If the deadline passes.
        """
        with self._until(deadline):
            try:
                came = self.call("Page.navigate", {"url": url})
            except DialogOpened:
                return self._observe("")
            except DevToolsError as failure:
                raise PageLost(f"{url} is no address ({failure})") from failure
            wrong = came.get("errorText", "")
            if wrong.startswith(CERTIFICATE):
                raise PageLost(
                    f"{url} has a certificate that is not valid ({wrong}); "
                    "ignore_certificates=True shows it all the same"
                )
            if wrong not in ("", STAYED):
                raise PageLost(f"{url} cannot be reached ({wrong})")
            return self._settled("")

    def look(self, deadline: float | None = None) -> View:
        """Lets the page come to rest, and looks at it.

        Raises:
            PageLost: If the page is gone.
            TooLate: If the deadline passes.
        """
        with self._until(deadline):
            return self._settled("")

    def act(self, action: Action, deadline: float | None = None) -> View:
        """Does an action, lets the page come to rest, and looks at it.

        What does not fit the screen is not done; the view's feedback says why.

        Raises:
            PageLost: If the page is gone.
            TooLate: If the deadline passes; the action may have been done.
        """
        with self._until(deadline):
            self.news.begin()
            try:
                feedback = hands.perform(self, action)
            except InvalidAction as invalid:
                feedback = str(invalid)
            except DialogOpened:
                feedback = ""
            return self._settled(feedback)

    def picture(self) -> bytes:
        """Returns what the page looks like, as PNG.

        Raises:
            DialogOpened: If a native dialog is open: there is no picture of it.
            PageLost: If the page is gone.
        """
        with self._until(None):
            taken = self.call("Page.captureScreenshot", {"format": "png"})
            return base64.b64decode(taken["data"])

    def close(self) -> None:
        """Closes the page, whatever it says to that."""
        with suppress(PalaestraError):
            self.chromium.call("Target.closeTarget", {"targetId": self.target})
            tabs = self.chromium.tabs
            with self._until(time.monotonic() + PATIENCE):
                self.wait(lambda: bool(self.lost) or self not in tabs)

    # For hands and settling

    def send(self, method: str, told: Told | None = None, session: str = "") -> Call:
        """Sends a call to the page (or to a frame's session) and does not wait for it.

        Raises:
            PageLost: If the page is gone.
        """
        if self.lost:
            raise PageLost(self.lost)
        return self.chromium.devtools.send(method, told, session or self.session)

    def results(self, *calls: Call) -> list[Told]:
        """Waits for calls, and returns what each was answered.

        Raises:
            DevToolsError: If one was answered with an error.
            DialogOpened: If a native dialog holds the page up.
            PageLost: If the page is gone.
            TooLate: If the deadline passes.
        """
        self.wait(lambda: all(call.done for call in calls))
        return [call.result() for call in calls]

    def call(self, method: str, told: Told | None = None, session: str = "") -> Told:
        """Sends a call and waits for it; raises what `results` raises."""
        return self.results(self.send(method, told, session))[0]

    def wait(self, ready: Callable[[], bool], until: float | None = None) -> bool:
        """Waits until something is so.

        Args:
            ready: A function that says whether it is; asked whenever the browser said something.
            until: When to stop waiting without an error, in seconds of `time.monotonic`.

        Returns:
            Whether it is so.

        Raises:
            DialogOpened: If a native dialog holds the page up.
            PageLost: If the page is gone.
            TooLate: If the deadline passes.
        """
        late = self._deadline if self._deadline is not None else time.monotonic() + PATIENCE
        stop = late if until is None else min(until, late)

        def enough() -> bool:
            if ready():
                return True
            if self.dialog:
                raise DialogOpened(self.dialog.message)
            if self.lost:
                raise PageLost(self.lost)
            return False

        try:
            self.chromium.devtools.wait(enough, stop)
        except TooLate:
            if self.chromium.devtools.hurried:
                raise
            if stop < late:
                return False
            if self._deadline is None:
                raise PageLost(f"The page has not answered for {PATIENCE:.0f} seconds") from None
            raise
        return True

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Waits as `wait` does, for so many seconds at most."""
        return ready() or self.wait(ready, time.monotonic() + seconds)

    def node(self, ref: str) -> Node | None:
        """Returns what has a ref on the screen as it was last looked at; None if nothing has."""
        if not ref or self.view is None or ref not in self.elements:
            return None
        return next((node for node in self.view.screen.walk() if node.ref == ref), None)

    @property
    def inner(self) -> list[str]:
        """Returns the sessions of frames that live in other processes."""
        return list(self._eyes.inner)

    def owner(self, session: str) -> tuple[str, int]:
        """Returns where the frame of such a session is shown: a session, and an element there.

        Raises:
            DevToolsError: If the frame is gone.
        """
        if session not in self._eyes.inner:
            raise DevToolsError("The frame is gone")
        parent, owner = self._eyes.inner[session]
        return parent, self.results(owner)[0]["backendNodeId"]

    # What Chromium tells

    def attached(self, parent: str, session: str, target: str) -> None:
        """Begins with a session: the page's own, or that of a frame in another process."""
        devtools = self.chromium.devtools
        devtools.send("Page.enable", {}, session)
        devtools.send("Page.addScriptToEvaluateOnNewDocument", script(), session)
        devtools.send("Page.setInterceptFileChooserDialog", {"enabled": True}, session)
        if session != self.session:
            self._eyes.open(parent, session, target)
        elif self.chromium.headless:
            devtools.send("Emulation.setDeviceMetricsOverride", SIZE, session)

    def detached(self, session: str) -> None:
        """Ends a session."""
        self._eyes.close(session)
        if session == self.session:
            self.lost = self.lost or "The page was closed"

    def heard(self, session: str, event: str, told: Told) -> None:
        """Takes in an event of the page."""
        self.news.heard(session, event, told)

    # Looking

    @contextmanager
    def _until(self, deadline: float | None) -> Iterator[None]:
        before, self._deadline = self._deadline, deadline
        try:
            yield
        finally:
            self._deadline = before

    def _settled(self, feedback: str) -> View:
        self.chromium.meet(self)
        for left in reversed(range(LOOKS)):
            try:
                rest = settle(self)
                self.news.come(rest)
                return self._observe(self.news.told(feedback, rest))
            except DialogOpened:
                continue
            except DevToolsError:
                if not left:
                    raise
        return self._observe(feedback)

    def _observe(self, feedback: str) -> View:
        if self.lost:
            raise PageLost(self.lost)
        if self.dialog:
            view = self._asked(self.dialog, feedback)
        else:
            top = self._eyes.read()
            reading = read(top)
            self.elements = reading.elements
            feedback = feedback or _said(reading, self._page_view) or self.news.doubt
            url, title = top.document.url, top.document.title
            view = View(reading.screen, feedback, reading.boxes, url, title, "")
            self._page_view = view
        self.view = view
        return view

    def _asked(self, dialog: Dialog, feedback: str) -> View:
        url, title = (self.view.url, self.view.title) if self.view else ("", "")
        return View(dialogs.screen(dialog, title), feedback, {}, url, title, dialog.message)


def _said(reading: Reading, before: View | None) -> str:
    """Returns what the page says in its notices; a foreign page's old ones are not said again."""
    said = [node.name for node in reading.screen.walk() if node.role in ("status", "alert")]
    if before and not reading.ours:
        old = {node.name for node in before.screen.walk() if node.role in ("status", "alert")}
        said = [name for name in said if name not in old]
    return " ".join(filter(None, said))
