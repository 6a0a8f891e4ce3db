"""What happens around a page that its tree does not tell: where it goes, new tabs, downloads.

Chromium tells it in events; what an action brought about is told to the agent in words.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from palaestra.browser.devtools import Told
from palaestra.browser.dialogs import FOR_A_FILE, ON_LEAVING, Dialog
from palaestra.browser.frames import Element
from palaestra.browser.settling import Rest
from palaestra.errors import PageLost

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

UNSAFE = re.compile(r"[^\w .()+,=@-]")
LONGEST = 120
"""Characters of a file's name."""
OPENING = 3.0
"""Seconds that a new tab, or a file, may take to begin to come."""
EMPTY = ("", "about:blank")
DOWNLOADING = 10.0
"""Seconds that a download is waited for; a longer one is told as under way."""
STAY = "window[Symbol.for('palaestra.watch')]?.stay()"


@dataclass
class Download:
    """A file that the page sends.

    Attributes:
        guid: What Chromium calls it while it comes.
        name: What it is called.
        state: "inProgress", "completed" or "canceled".
    """

    guid: str
    name: str
    state: str = "inProgress"

    def keep(self, folder: Path) -> None:
        """Gives the file that came its own name, made safe, and one that no other file has."""
        bare = UNSAFE.sub("_", self.name)[-LONGEST:].strip("._ ") or "download"
        path = Path(bare)
        names = (f"{path.stem} ({n}){path.suffix}" for n in count(2))
        self.name = next(n for n in chain([bare], names) if not (folder / n).exists())
        with suppress(FileNotFoundError):
            (folder / self.guid).rename(folder / self.name)


class News:
    """What happened around one page.

    Attributes:
        leaving: Whether another document is on its way to take the page's place.
        moves: How often one did, or the page's own address changed.
        opened: The tabs that the last action opened.
        rest: How the page came to rest already in the course of the action, if it did.
        doubt: What may be wrong with the last action; told where the page itself says nothing.
    """

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.leaving = False
        self.moves = 0
        self.opened: list[Tab] = []
        self.rest: Rest | None = None
        self.doubt = ""
        self._expected: list[str] = []
        self._downloads: dict[str, Download] = {}
        self._signed_in = False
        self._moved_from = 0

    def begin(self) -> None:
        """Begins an action."""
        self.opened, self._expected, self._moved_from = [], [], self.moves
        self._downloads = {}
        self.rest, self.doubt = None, ""

    def has_rested(self) -> Rest | None:
        """Returns how the page came to rest, if that is known and it stayed where it was; once."""
        rest, self.rest = self.rest, None
        return None if self.leaving or self.moves != self._moved_from else rest

    def heard(self, session: str, event: str, told: Told) -> None:
        """Takes in an event of the page."""
        tab = self.tab
        is_top = told.get("frameId") == tab.target
        match event:
            case "Page.javascriptDialogOpening":
                message = told["message"]
                if told["type"] == "beforeunload":
                    message = message or ON_LEAVING
                tab.dialog = Dialog(told["type"], message, told.get("defaultPrompt", ""))
            case "Page.javascriptDialogClosed":
                tab.dialog = None
            case "Page.fileChooserOpened" if "backendNodeId" in told:
                several = {"multiple": ""} if told["mode"] == "selectMultiple" else {}
                asking = Element(session, told["backendNodeId"], 0, 0.0, 0.0, "input", several)
                tab.dialog = Dialog("file", FOR_A_FILE, asking=asking)
            case "Page.frameStartedLoading" if is_top:
                self.leaving = True
            case "Page.frameStartedNavigating" if is_top:
                self.leaving = "same" not in told["navigationType"].lower()
            case "Page.frameNavigated" if told["frame"]["id"] == tab.target:
                self.leaving = False
                self.moves += 1
            case "Page.navigatedWithinDocument" if is_top:
                self.leaving = False
                self.moves += 1
            case "Page.frameStoppedLoading" if is_top and self.leaving:
                self.leaving = False  # nothing came: a download, or an empty answer
                tab.send("Runtime.evaluate", {"expression": STAY})
            case "Page.windowOpen":
                self._expected.append(told["url"])
            case "Browser.downloadWillBegin":
                guid = told["guid"]
                self._downloads[guid] = Download(guid, told["suggestedFilename"])
            case "Browser.downloadProgress" if download := self._downloads.get(told["guid"]):
                download.state = told["state"]
                if download.state == "completed" and tab.chromium.downloads:
                    download.keep(tab.chromium.downloads)

    def add(self, tab: Tab) -> None:
        """Takes in a tab that the page opened."""
        self.opened.append(tab)

    def come(self, rest: Rest) -> None:
        """Waits for what is on its way: a tab that opens, a file that comes."""
        self.tab.wait_until(lambda: len(self._downloads) >= rest.downloads, OPENING)
        self.tab.wait_until(lambda: len(self.opened) >= len(self._expected), OPENING)
        going = [
            tab for tab, url in zip(self.opened, self._expected, strict=False) if url not in EMPTY
        ]
        self.tab.wait_until(lambda: all(tab.lost or tab.news.moves for tab in going), OPENING)
        self.tab.wait_until(lambda: not self._coming(), DOWNLOADING)

    def _coming(self) -> bool:
        return any(one.state == "inProgress" for one in list(self._downloads.values()))

    def told(self, feedback: str, rest: Rest) -> str:
        """Returns what there is to say after an action.

        Args:
            feedback: What hands said of it.
            rest: How the page came to rest.
        """
        said = [feedback, *(f"{box}: {words}" if box else words for box, words in rest.invalid)]
        for tab in self.opened:
            try:
                view = tab.look()
            except PageLost:
                continue
            said.append(f"A new tab opened: {view.title or view.url}")
        said += map(self._of, self._downloads.values())
        if rest.signs_in and not self._signed_in and self.moves != self._moved_from:
            said.append("The page now asks to sign in")
        self._signed_in = rest.signs_in
        return ". ".join(one.rstrip(".") for one in said if one)

    def _of(self, download: Download) -> str:
        match download.state:
            case "completed":
                return f"Downloaded {download.name}"
            case "inProgress":
                return f"The download of {download.name} is under way"
        if self.tab.chromium.downloads is None:
            return f"{download.name} was not downloaded: no folder was given for downloads"
        return f"{download.name} could not be downloaded"
