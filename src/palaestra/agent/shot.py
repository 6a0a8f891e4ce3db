"""A picture of the page for the trace: small, with a mark where something is done, without secrets.

Where a secret is on the screen, the picture is taken in pieces around it: what is hidden was never
photographed. Where nobody knows where on the screen it is, no picture is taken.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from palaestra.agent.slots import Slots
from palaestra.browser import Box, Tab, View
from palaestra.errors import PageLost, PalaestraError
from palaestra.types import Node

WIDTH, HEIGHT = 1280.0, 800.0
SCALE, QUALITY = 0.5, 55
PATIENCE = 15.0
"""Seconds that a page may take to be photographed; one that hangs is told of in words."""
MARGIN = 3.0
"""CSS pixels around a secret that are left out with it."""


class Piece(NamedTuple):
    """A part of a picture.

    Attributes:
        box: Which part of the viewport.
        data: JPEG, in base64.
    """

    box: Box
    data: str


class Shot(NamedTuple):
    """A picture of the viewport.

    Attributes:
        pieces: Its parts; none where there is no picture.
        mark: What is acted on; None where nothing is, or it is out of view.
        why_not: Why there is no picture; "" where there is one, or none was wanted.
    """

    pieces: tuple[Piece, ...] = ()
    mark: Box | None = None
    why_not: str = ""


def photograph(tab: Tab, slots: Slots, view: View, ref: str) -> Shot:
    """Takes a picture of a tab.

    Args:
        tab: The tab.
        slots: What must not be on it.
        view: The last look.
        ref: What is acted on; "" for nothing.
    """
    if view.dialog:
        return Shot(why_not=f"A dialog of the browser is open: {view.dialog}")
    hidden: list[Box] = []
    for node in _showing(view.screen, slots):
        box = view.boxes.get(node.ref)
        if box is None:
            return Shot(why_not="A secret is on the screen")
        hidden.append(box)
    try:
        pieces = tuple(Piece(box, _taken(tab, box)) for box in around(hidden))
    except PalaestraError as failed:
        return Shot(why_not=slots.hidden(str(failed)))
    return Shot(pieces, view.boxes.get(ref))


def _showing(screen: Node, slots: Slots) -> Iterator[Node]:
    """Yields the elements that show a secret, which stands there as its slot."""
    for node in screen.walk():
        if slots.named(node.name) or slots.named(node.value):
            yield node


def _taken(tab: Tab, box: Box) -> str:
    clip = {**box._asdict(), "scale": SCALE}
    told = {"format": "jpeg", "quality": QUALITY, "clip": clip}
    call = tab.send("Page.captureScreenshot", told)
    if not tab.wait(lambda: call.done, time.monotonic() + PATIENCE):
        raise PageLost("The page gave no picture of itself")
    return str(call.result()["data"])


def around(hidden: list[Box]) -> list[Box]:
    """Returns boxes that fill the viewport but for what is hidden, and do not overlap."""
    holes = [
        (
            max(0.0, box.x - MARGIN),
            max(0.0, box.y - MARGIN),
            min(WIDTH, box.x + box.width + MARGIN),
            min(HEIGHT, box.y + box.height + MARGIN),
        )
        for box in hidden
    ]
    holes = [hole for hole in holes if hole[0] < hole[2] and hole[1] < hole[3]]
    edges = sorted({0.0, HEIGHT, *(y for hole in holes for y in (hole[1], hole[3]))})
    boxes = []
    for top, bottom in pairwise(edges):
        left = 0.0
        for begin, end in sorted((h[0], h[2]) for h in holes if h[1] < bottom and h[3] > top):
            if begin > left:
                boxes.append(Box(left, top, begin - left, bottom - top))
            left = max(left, end)
        if left < WIDTH:
            boxes.append(Box(left, top, WIDTH - left, bottom - top))
    return boxes
