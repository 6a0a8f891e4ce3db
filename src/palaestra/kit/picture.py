"""Whole screens as they were drawn, kept while nothing that they show has changed.

A screen follows from what the Session says of itself (`Session.looks`) and from what drawing it
reads in the store. The first is the key, the second is watched by a `Column`: so a screen that
comes again, in this Session or in another one of the same start, is not drawn again.

Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from palaestra.kit.column import Column
from palaestra.kit.outline import numbered
from palaestra.types import Node

if TYPE_CHECKING:
    from palaestra.kit.store import Store

KEPT = 256
"""How many screens are kept for one start in one skin."""
NO_KIND = -1


class Picture:
    """One screen, and what follows from it.

    Attributes:
        screen: Its Nodes.
    """

    __slots__ = ("_numbered", "_targets", "screen")

    def __init__(self, screen: Node) -> None:
        self.screen = screen
        self._targets: dict[str, Node] | None = None
        self._numbered: tuple[str, list[Node]] | None = None

    def targets(self) -> dict[str, Node]:
        """Returns what can be used on the screen, by ref."""
        if self._targets is None:
            self._targets = {}
            _collect(self.screen, self._targets)
        return self._targets

    def numbered(self) -> tuple[str, list[Node]]:
        """Returns the screen as text, and its elements by their number in it (`outline`)."""
        if self._numbered is None:
            self._numbered = numbered(self.screen)
        return self._numbered


class Pictures:
    """The last screens that were drawn of one start in one skin; the oldest makes room."""

    __slots__ = ("_column", "_places")

    def __init__(self, store: Store) -> None:
        self._column: Column[Picture] = Column(store, NO_KIND)
        self._places: dict[Hashable, int] = {}

    def get(self, store: Store, key: Hashable, draw: Callable[[], Node]) -> Picture:
        """Returns the picture of a screen.

        Args:
            store: What it has to be true of.
            key: Everything that decides what is drawn, but for the store.
            draw: Draws the screen.
        """
        place = self._places.get(key)
        if place is None:
            place = self._taken(key)
        return self._column.get(store, place, lambda: Picture(draw()))

    def _taken(self, key: Hashable) -> int:
        place = len(self._places)
        if place == KEPT:
            place = self._places.pop(next(iter(self._places)))
            self._column.drop(place)
        self._places[key] = place
        return place


def _collect(node: Node, found: dict[str, Node]) -> None:
    for child in node.children:
        if child.ref:
            found[child.ref] = child
        if child.children:
            _collect(child, found)
