"""Frames: the documents that one page shows, each with the accessibility tree of its own.

Frames of another origin may live in another process, and then have a DevTools session of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from palaestra.browser.snapshot import Document
from palaestra.browser.view import Box
from palaestra.types import Node


@dataclass
class Frame:
    """A document as it was read.

    Attributes:
        number: 0 for the top one; the others in the order in which they were first seen.
        session: The DevTools session it is read in.
        document: What the snapshot tells of it.
        nodes: Chromium's accessibility tree, by id.
        frames: The frames in it, by the number of the element that shows them.
        x: Where its viewport begins in that of the top window, in CSS pixels.
        y: The same from above.
    """

    number: int
    session: str
    document: Document
    nodes: dict[str, dict[str, Any]]
    frames: dict[int, Frame] = field(default_factory=dict)
    x: float = 0.0
    y: float = 0.0

    def adopt(self, owner: int, frame: Frame) -> None:
        """Puts a frame where the element that shows it is."""
        self.frames[owner] = frame
        box, (left, top) = self.document.box(owner), self.document.inside(owner)
        if box:
            frame.x, frame.y = self.x + box.x + left, self.y + box.y + top

    def box(self, number: int) -> Box | None:
        """Returns where an element is in the top window's viewport; None if it is not rendered."""
        box = self.document.box(number)
        return box and box._replace(x=box.x + self.x, y=box.y + self.y)


class Element(NamedTuple):
    """An element that can be acted on.

    Attributes:
        session: The DevTools session of its document.
        number: What DevTools know it by there (its backend node id).
        frame: Number of its frame.
        x: Where its document's viewport begins in that of the top window, in CSS pixels.
        y: The same from above.
        tag: Its tag, in lower case.
        attributes: Its attributes as of the last look.
    """

    session: str
    number: int
    frame: int
    x: float
    y: float
    tag: str
    attributes: dict[str, str]


@dataclass
class Reading:
    """What was read of a page.

    Attributes:
        screen: Its tree.
        ours: Whether it is a page of ours.
        elements: What can be acted on, by ref.
        boxes: Where that is, by ref; only what is rendered.
    """

    screen: Node
    ours: bool
    elements: dict[str, Element] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)

    def note(self, ref: str, frame: Frame, number: int) -> None:
        """Writes down which element a ref stands for; the first of several is meant."""
        if ref in self.elements:
            return
        document = frame.document
        tag, attributes = document.tag(number), document.attributes(number)
        self.elements[ref] = Element(
            frame.session, number, frame.number, frame.x, frame.y, tag, attributes
        )
        if box := frame.box(number):
            self.boxes[ref] = box
