"""Typed answers to questions: compared as values, never as substrings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from palaestra.errors import GymError
from palaestra.kit.fields import MONEY, parse_date

COUNT = re.compile(r"(-?\d{1,15})(?: (\D*))?", re.ASCII)
KINDS = ("text", "money", "number", "date")


@dataclass(frozen=True)
class Answer:
    """The right answer to a question.

    Attributes:
        kind: How answers are read: "text", "money", "number" (with its unit, or bare) or "date".
        text: The right answer as a screen would show it.
    """

    kind: str
    text: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self._read(self.text) is None:
            raise GymError(f"{self.text!r} is no answer of kind {self.kind!r}")

    def accepts(self, given: str) -> bool:
        """Says whether an answer means the same value."""
        read = self._read(given)
        return read is not None and read in (self._read(self.text), self._bare())

    def _bare(self) -> object:
        """Returns the right number as it reads without its unit; None for other kinds."""
        return self._read(self.text.split()[0]) if self.kind == "number" else None

    def _read(self, text: str) -> object:
        text = text.strip()
        match self.kind:
            case "money":
                return Decimal(text.replace(",", "")) if MONEY.fullmatch(text) else None
            case "number":
                found = COUNT.fullmatch(text)
                return (int(found[1]), (found[2] or "").casefold()) if found else None
            case "date":
                return parse_date(text)
        return text.casefold() or None
