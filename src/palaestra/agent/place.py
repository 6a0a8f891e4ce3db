"""The place an agent works in: a browser, the tab it is on, and what it may see of it.

Nothing leaves here with a secret in it, no tab goes where the border does not let it, and what is
typed gets its secrets at the last moment.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from palaestra.agent.border import Border
from palaestra.agent.slots import Slots
from palaestra.agent.wire import Wire
from palaestra.browser import Chromium, Tab, View
from palaestra.errors import PageLost, PalaestraError, UsageError
from palaestra.types import Action

PAUSES = (0.2, 0.5, 1.0, 2.0)
"""Seconds before a page that was lost is asked for again."""
NOT_THERE = "chrome-error:"
UNFINISHED = (".crdownload", ".tmp")
ADDRESS = "function () { return this.ownerDocument.location.href }"


class Place:
    """A browser and the tab in it.

    Attributes:
        tab: The page that the agent is on.
        border: Where it may be.
        slots: The secrets.
        wire: What was sent.
    """

    tab: Tab

    def __init__(self, border: Border, slots: Slots, **browser: Any) -> None:
        """Takes what it is made of; nothing is opened yet.

        Args:
            border: Where it may be.
            slots: The secrets.
            **browser: As for `Chromium.launch`.
        """
        self.border, self.slots, self.wire = border, slots, Wire()
        self._browser = browser
        self._chromium: Chromium | None = None
        self._arrived: list[tuple[str, str]] = []
        self._downloaded: set[str] = set()

    def look(self, deadline: float | None = None) -> View:
        """Lets the page come to rest, and looks at it; secrets are slots on what comes back.

        Raises:
            PageLost: If the page is gone.
            TooLate: If the deadline passes.
        """
        return self._seen(self.tab.look(deadline))

    def do(self, action: Action, deadline: float | None) -> View:
        """Does an action, secrets filled in, and follows to whatever tab it opens.

        Raises:
            PageLost: If the page is gone; what was done may have been received.
            TooLate: If the deadline passes.
        """
        assert self._chromium
        tabs = self._chromium.tabs
        try:
            view = self.tab.act(self.slots.filled(action), deadline)
        except PageLost:
            there = self._chromium.tabs
            if self.tab in there or not there:
                raise
            self._turn_to(there[-1])  # the page closed itself, and another one is there
            return self.look(deadline)
        for tab in self._chromium.tabs:
            if tab in tabs or tab.lost:
                continue
            new = self._seen(tab.look(deadline))
            if self.border.turned_back:
                tab.close()
                continue
            self._turn_to(tab)
            self._arrived.append(("tab", new.url))
            return new
        return self._seen(view)

    def reopened(self, url: str, deadline: float | None) -> View:
        """Opens a page that was lost again, and looks at it; nothing is sent anew but its address.

        Raises:
            PageLost: If it cannot be reached any more.
            TooLate: If the deadline passes.
        """
        assert self._chromium
        if self._chromium.devtools.lost:
            self._shut()
            self._launch()
        else:
            self.tab.close()
            self._turn_to(self._chromium.open())
        for pause in PAUSES:
            try:
                return self._seen(self.tab.goto(url, deadline))
            except PageLost:
                if deadline is not None and time.monotonic() + pause > deadline:
                    raise
                time.sleep(pause)
        return self._seen(self.tab.goto(url, deadline))

    def arrived(self) -> list[tuple[str, str]]:
        """Returns the tabs and downloads that came since this was asked last."""
        folder: Path | None = self._browser["downloads"]
        if folder and folder.is_dir():
            there = {f.name for f in folder.iterdir() if not f.name.endswith(UNFINISHED)}
            self._arrived += [("download", name) for name in sorted(there - self._downloaded)]
            self._downloaded = there
        arrived, self._arrived = self._arrived, []
        return arrived

    def attributes(self, ref: str) -> Mapping[str, str]:
        """Returns an element's attributes as the page writes them; none where nobody knows."""
        element = self.tab.elements.get(ref)
        return element.attributes if element else {}

    def at(self, ref: str) -> str:
        """Returns the address of the document that an element stands in; "" if that is not told."""
        element = self.tab.elements.get(ref)
        if element is None:
            return ""
        told = {"backendNodeId": element.number}
        try:
            found = self.tab.call("DOM.resolveNode", told, element.session)["object"]["objectId"]
            asked = {"objectId": found, "functionDeclaration": ADDRESS, "returnByValue": True}
            came = self.tab.call("Runtime.callFunctionOn", asked, element.session)
        except PalaestraError:
            return ""
        return str(came["result"].get("value", ""))

    def _language(self) -> str:
        """Returns what the page says that it speaks, as "de"; "" where it does not say."""
        asked = {"expression": "document.documentElement.lang", "returnByValue": True}
        try:
            return str(self.tab.call("Runtime.evaluate", asked)["result"].get("value", ""))
        except PalaestraError:
            return ""

    def evaluates(self, function: str, argument: str) -> bool:
        """Says whether a function of the page returns something true for a text.

        Raises:
            UsageError: If it fails, as for a selector that is none.
        """
        told = {"expression": f"({function})({json.dumps(argument)})", "returnByValue": True}
        came = self.tab.call("Runtime.evaluate", told)
        if "exceptionDetails" in came:
            raise UsageError(f"The page cannot tell whether {argument!r} is there")
        return bool(came["result"].get("value"))

    def _seen(self, view: View) -> View:
        """Returns a view without secrets.

        Raises:
            PageLost: If it is of the page that Chromium shows in place of one that did not come.
        """
        if view.url.startswith(NOT_THERE):
            raise PageLost("The page did not come")
        hidden = self.slots.hidden
        return view._replace(
            screen=self.slots.cleaned(view.screen),
            feedback=hidden(view.feedback),
            url=hidden(view.url),
            title=hidden(view.title),
            dialog=hidden(view.dialog),
        )

    def _launch(self) -> None:
        self._chromium = Chromium.launch(**self._browser)
        self._chromium.watchers += [self.border, self.wire]
        self._turn_to(self._chromium.open())

    def _shut(self) -> None:
        if self._chromium:
            self._chromium.close()
        self._chromium = None

    def _turn_to(self, tab: Tab) -> None:
        self.tab = tab

    @property
    def page(self) -> Any:
        """Returns Playwright's Page of the tab, for whoever wants to do something by hand."""
        return self.tab.page
