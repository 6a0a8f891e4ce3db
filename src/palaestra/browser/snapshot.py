"""One document of a DOMSnapshot: what the accessibility tree does not tell of an element.

That is its attributes, where it is, how it is displayed, and whether a click does anything to it.
Values of inputs are in a snapshot too, passwords included; they are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from palaestra.browser.view import Box

STYLES = ("display", "cursor", "overflow-y", "padding-left", "padding-top")
ASKED: dict[str, Any] = {"computedStyles": list(STYLES), "includeDOMRects": True}
"""What `DOMSnapshot.captureSnapshot` is asked for."""


class Document:
    """A document, its elements known by the numbers that DevTools have for them.

    Attributes:
        frame: Id of the frame that shows it.
        url: Its address.
        title: Its title.
        documents: Place of the document that is shown in a frame, by the frame's element.
    """

    def __init__(self, told: dict[str, Any], strings: Sequence[str]) -> None:
        """Takes one of the `documents` of a snapshot, and the snapshot's strings."""
        nodes, layout = told["nodes"], told["layout"]
        self._strings = strings
        self._numbers: list[int] = nodes["backendNodeId"]
        self._places = {number: place for place, number in enumerate(self._numbers)}
        self._parents: list[int] = nodes["parentIndex"]
        self._names: list[int] = nodes["nodeName"]
        self._attributes: list[list[int]] = nodes["attributes"]
        self._clickable = frozenset(nodes["isClickable"]["index"])
        self._drawn: dict[int, int] = {}
        for drawn, place in enumerate(layout["nodeIndex"]):
            self._drawn.setdefault(place, drawn)
        self._bounds: list[list[float]] = layout["bounds"]
        self._styles: list[list[int]] = layout["styles"]
        self._insides: list[list[float]] = layout["clientRects"]
        self._scrolled: list[list[float]] = layout["scrollRects"]
        self._left: float = told["scrollOffsetX"]
        self._top: float = told["scrollOffsetY"]
        self._bottom: float = told["contentHeight"]
        self._height: float = self._bounds[0][3] if self._bounds else self._bottom
        self.frame = self._text(told["frameId"])
        self.url, self.title = self._text(told["documentURL"]), self._text(told["title"])
        inner = nodes["contentDocumentIndex"]
        self.documents = {
            self._numbers[place]: document
            for place, document in zip(inner["index"], inner["value"], strict=True)
        }

        self._checked = frozenset(nodes["inputChecked"]["index"])
        self._hidden: list[int] | None = None

    def __contains__(self, number: int) -> bool:
        return number in self._places

    def _text(self, index: int) -> str:
        return self._strings[index] if index >= 0 else ""

    def attributes(self, number: int) -> dict[str, str]:
        """Returns the attributes of an element; of anything else, none."""
        place = self._places.get(number)
        if place is None:
            return {}
        flat = self._attributes[place]
        return {
            self._text(name): self._text(value)
            for name, value in zip(flat[::2], flat[1::2], strict=True)
        }

    def tag(self, number: int) -> str:
        """Returns the name of an element's tag in lower case; "" if it is not here."""
        place = self._places.get(number)
        return "" if place is None else self._text(self._names[place]).lower()

    def hidden_behind(self, number: int) -> int:
        """Returns the number of the input that a label is for, if it is not drawn itself, or 0."""
        if self._hidden is None:
            self._hidden = [
                place
                for place, name in enumerate(self._names)
                if self._text(name) == "INPUT" and place not in self._drawn
            ]
        wanted = self.attributes(number).get("for")
        for place in self._hidden:
            mine = self._numbers[place]
            if (
                wanted == self.attributes(mine).get("id")
                if wanted
                else number in self._above(place)
            ):
                return mine
        return 0

    def _above(self, place: int) -> Iterator[int]:
        while (place := self._parents[place]) >= 0:
            yield self._numbers[place]

    def is_checked(self, number: int) -> bool:
        """Says whether an input is ticked."""
        return self._places.get(number) in self._checked

    def listens(self, number: int) -> bool:
        """Says whether the element itself listens for clicks."""
        return self._places.get(number) in self._clickable

    def is_pointed_at(self, number: int) -> bool:
        """Says whether the mouse becomes a hand over the element, and not over its parent."""
        place = self._places.get(number)
        if place is None or self._style(place, 1) != "pointer":
            return False
        return self._style(self._parents[place], 1) != "pointer"

    def is_inline(self, number: int) -> bool:
        """Says whether the element stands in a line of text; so does what is not drawn at all."""
        place = self._places.get(number)
        if place is None:
            return True
        return self._style(place, 0) in ("", "inline", "contents")

    def _style(self, place: int, which: int) -> str:
        drawn = self._drawn.get(place)
        styles = self._styles[drawn] if drawn is not None else ()
        return self._text(styles[which]) if styles else ""

    def box(self, number: int) -> Box | None:
        """Returns where an element is in the document's viewport; None if it is not rendered."""
        drawn = self._drawn.get(self._places.get(number, -1))
        if drawn is None:
            return None
        x, y, width, height = self._bounds[drawn]
        return Box(x - self._left, y - self._top, width, height)

    def inside(self, number: int) -> tuple[float, float]:
        """Returns where in an element's box its content begins, borders and padding left out."""
        place = self._places.get(number, -1)
        drawn = self._drawn.get(place)
        rect = self._insides[drawn] if drawn is not None else ()
        if not rect:
            return (0.0, 0.0)
        left, top = (float(self._style(place, n).removesuffix("px") or 0) for n in (3, 4))
        return (rect[0] + left, rect[1] + top)

    def is_scrolled(self, number: int) -> bool:
        """Says whether an element is scrolled to see all that is in it, from top to bottom."""
        place = self._places.get(number, -1)
        drawn = self._drawn.get(place)
        if drawn is None or self._style(place, 2) not in ("auto", "scroll"):
            return False
        whole, seen = self._scrolled[drawn], self._insides[drawn]
        return len(whole) == len(seen) == 4 and whole[3] > seen[3] + 1

    @property
    def root(self) -> int:
        """Returns the number of the document's own element, or 0."""
        places = (place for place, parent in enumerate(self._parents) if parent == 0)
        return next((self._numbers[p] for p in places if self._text(self._names[p]) == "HTML"), 0)

    @property
    def is_long(self) -> bool:
        """Says whether there is more below what is seen of the document."""
        return self._bottom > self._top + self._height + 1
