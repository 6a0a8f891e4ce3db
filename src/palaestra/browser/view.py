"""What one look at a page gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from palaestra.types import Node


class Box(NamedTuple):
    """Where an element is, in CSS pixels of the top window's viewport."""

    x: float
    y: float
    width: float
    height: float


class View(NamedTuple):
    """What one look at a page gives.

    Attributes:
        screen: The page as a Node tree; loose text is `paragraph`.
        feedback: What came of the action before; "" if nothing was said.
        boxes: Where things are, by ref; only what is rendered.
        url: The page's address.
        title: Its title.
        dialog: Message of an open native dialog, "" if none; while one is open, it is the screen.
    """

    screen: Node
    feedback: str
    boxes: Mapping[str, Box]
    url: str
    title: str
    dialog: str
