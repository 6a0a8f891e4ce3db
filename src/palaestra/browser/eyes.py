"""Eyes: they read all frames of a page in one go, and put each where it is shown.

Two calls a document are sent together: the accessibility tree that Chromium computes, and a
snapshot for what the tree does not tell. Only where a frame is new is there a second round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.browser.devtools import Call, DevToolsError, Told
from palaestra.browser.frames import Frame
from palaestra.browser.snapshot import ASKED, Document

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

Trees = dict[tuple[str, str], Call]
"""Calls for trees, by session and frame; the frame that the session begins with is ""."""


class Eyes:
    """What is known of a page's frames from one look to the next.

    Attributes:
        tab: The page.
        inner: Sessions of frames in other processes: the session that each is shown in, and the
            call for the element that shows it.
    """

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.inner: dict[str, tuple[str, Call]] = {}
        self._frames: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    def open(self, parent: str, session: str, target: str) -> None:
        """Takes in a frame that came into another process."""
        devtools = self.tab.chromium.devtools
        owner = devtools.send("DOM.getFrameOwner", {"frameId": target}, parent)
        self.inner[session] = (parent, owner)

    def close(self, session: str) -> None:
        """Forgets a session."""
        self.inner.pop(session, None)
        self._frames.pop(session, None)

    def read(self) -> Frame:
        """Returns the top frame, with all others in it.

        Raises:
            DevToolsError: If another document is taking the page's place.
            DialogOpened: If a native dialog holds the page up.
            PageLost: If the page is gone.
            TooLate: If the tab's deadline passes.
        """
        tab = self.tab
        sessions = [tab.session, *self.inner]
        shots = {s: tab.send("DOMSnapshot.captureSnapshot", ASKED, s) for s in sessions}
        trees = {(s, f): self._tree(s, f) for s in sessions for f in ("", *self._frames.get(s, ()))}
        tab.wait(lambda: all(call.done for call in (*shots.values(), *trees.values())))
        documents: dict[str, list[Document]] = {}
        for session, shot in shots.items():
            if session == tab.session or session in self.inner:
                told = _result(shot, needed=session == tab.session)
                strings = told.get("strings", ())
                documents[session] = [Document(one, strings) for one in told.get("documents", ())]
                self._frames[session] = [one.frame for one in documents[session][1:]]
        shown = [(s, f) for s in documents for f in self._frames[s]]
        new = {key: self._tree(*key) for key in shown if key not in trees}
        if new:
            tab.wait(lambda: all(call.done for call in new.values()))
        return self._joined(documents, trees | new)

    def _tree(self, session: str, frame: str) -> Call:
        told = {"frameId": frame} if frame else {}
        return self.tab.send("Accessibility.getFullAXTree", told, session)

    def _joined(self, documents: dict[str, list[Document]], trees: Trees) -> Frame:
        """Puts every frame where the element is that shows it."""
        frames = {
            session: [
                self._frame(session, document, trees[session, document.frame if place else ""])
                for place, document in enumerate(shown)
            ]
            for session, shown in documents.items()
        }
        for session, inside in frames.items():
            if session in self.inner and inside:
                parent, found = self.inner[session]
                owner = _result(found, needed=False).get("backendNodeId", 0) if found.done else 0
                for frame in frames.get(parent, ()):
                    if owner in frame.document:
                        frame.adopt(owner, inside[0])
            for frame in inside:
                for owner, place in frame.document.documents.items():
                    frame.adopt(owner, inside[place])
        return frames[self.tab.session][0]

    def _frame(self, session: str, document: Document, tree: Call) -> Frame:
        is_top = document.frame == self.tab.target
        told = _result(tree, needed=is_top)
        nodes = {node["nodeId"]: node for node in told.get("nodes", ())}
        number = 0 if is_top else self._numbers.setdefault(document.frame, 1 + len(self._numbers))
        return Frame(number, session, document, nodes)


def _result(call: Call, *, needed: bool) -> Told:
    """Returns an answer; nothing where it was an error and the page can be read without."""
    try:
        return call.result()
    except DevToolsError:
        if needed:
            raise
        return {}
