"""The wire: whether what a page sent was answered, so that nothing is sent twice by mistake.

After a crash or a deadline it matters whether a write may have been received. What was never sent
was not; what was answered was; what was sent and not answered is in doubt. A page that crashes may
take along that it sent something: silence says nothing then.
"""

from __future__ import annotations

from palaestra.browser import Tab
from palaestra.browser.devtools import Told

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
NEVER_LEFT = frozenset((
    "net::ERR_CONNECTION_REFUSED", "net::ERR_NAME_NOT_RESOLVED", "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_ADDRESS_UNREACHABLE", "net::ERR_BLOCKED_BY_CLIENT",
))  # fmt: skip


class Wire:
    """What a browser's tabs sent since the mark, as far as it may have written something."""

    def __init__(self) -> None:
        self.mark()

    def mark(self) -> None:
        """Begins to count anew."""
        self._open: set[str] = set()
        self._written = 0
        self._frames = 0

    def attached(self, tab: Tab, session: str) -> None:
        """Begins with a page or a frame of its own process."""
        tab.send("Network.enable", {}, session)

    def heard(self, tab: Tab, session: str, event: str, told: Told) -> None:
        """Takes in what went over the wire."""
        match event:
            case "Network.requestWillBeSent":
                if told["request"]["method"] not in SAFE:
                    self._open.add(told["requestId"])
                    self._written += 1
                else:
                    # A redirect to a page is the answer to what was sent before it.
                    self._open.discard(told["requestId"])
            case "Network.responseReceived" | "Network.loadingFinished":
                self._open.discard(told["requestId"])
            case "Network.loadingFailed":
                if told["requestId"] in self._open and told.get("errorText") in NEVER_LEFT:
                    self._open.discard(told["requestId"])
                    self._written -= 1
            case "Network.webSocketFrameSent":
                self._written += 1
                self._frames += 1
            case "Network.webSocketFrameReceived":
                self._frames = max(0, self._frames - 1)

    @property
    def wrote(self) -> bool:
        """Says whether anything was sent that may have written something."""
        return self._written > 0

    @property
    def in_doubt(self) -> bool:
        """Says whether something was sent and not answered."""
        return bool(self._open) or self._frames > 0
