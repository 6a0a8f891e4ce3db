"""The border: no page of an origin that was not allowed is ever loaded in one of the agent's tabs.

Chromium holds every document that a tab is about to load, and asks; that goes for links, forms,
scripts, redirects and new tabs alike. What may not be is cancelled, and the page before stays.
Frames inside a page may come from anywhere, as advertisements and payment forms do.
"""

from __future__ import annotations

from palaestra.agent.origins import Origins, origin
from palaestra.browser import Tab
from palaestra.browser.devtools import Told

PATTERNS = [{"urlPattern": "*", "resourceType": "Document", "requestStage": "Request"}]


class Border:
    """Watches over a browser's tabs.

    Attributes:
        origins: Where the agent may be.
        turned_back: Where it was about to go and may not, since `look_back`.
    """

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.turned_back: list[str] = []

    def attached(self, tab: Tab, session: str) -> None:
        """Begins with a page before it may load anything."""
        if session == tab.session:
            tab.send("Fetch.enable", {"patterns": PATTERNS}, session)

    def heard(self, tab: Tab, session: str, event: str, told: Told) -> None:
        """Lets a document through, or not."""
        if event != "Fetch.requestPaused":
            return
        request, url = {"requestId": told["requestId"]}, told["request"]["url"]
        if told.get("frameId") != tab.target or self.origins.allows(url):
            tab.send("Fetch.continueRequest", request, session)
            return
        self.turned_back.append(origin(url) or url[:80])
        tab.send("Fetch.failRequest", request | {"errorReason": "Aborted"}, session)

    def permit(self, url: str) -> None:
        """Allows one origin more."""
        self.origins = Origins(tuple(dict.fromkeys((*self.origins.allowed, origin(url)))))

    def look_back(self) -> str:
        """Says where the page wanted to go and may not; "" if nowhere. Asked once, it is told."""
        wanted, self.turned_back = self.turned_back, []
        return f"Going to {wanted[-1]} is not allowed" if wanted else ""
