"""Typed answers to questions: compared as values, never as substrings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from palaestra.errors import GymError
from palaestra.kit.fields import MONEY, parse_date, read_moment

COUNT = re.compile(r"(-?\d{1,15})(?: (\D*))?", re.ASCII)
AMOUNT = re.compile(rf"(?:([A-Z]{{3}}) )?({MONEY.pattern})(?: (?P<after>[A-Z]{{3}}))?", re.ASCII)
KINDS = ("text", "money", "number", "date", "moment")


@dataclass(frozen=True)
class Answer:
    """The right answer to a question.

    Attributes:
        kind: How answers are read: "text", "money" and "number" (with currency or unit, or bare),
            "date" or "moment".
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
        """Returns how the right value reads without its unit or zone; None for other kinds."""
        if self.kind == "moment" and (told := read_moment(self.text)):
            return told[0], "", ""
        return self._read(self.text.split()[0]) if self.kind in ("number", "money") else None

    def _read(self, text: str) -> object:
        text = text.strip()
        match self.kind:
            case "money":
                found = AMOUNT.fullmatch(text)
                if found is None or (found[1] and found["after"]):
                    return None
                return Decimal(found[2].replace(",", "")), found[1] or found["after"] or ""
            case "number":
                found = COUNT.fullmatch(text)
                return (int(found[1]), (found[2] or "").casefold()) if found else None
            case "date":
                return parse_date(text)
            case "moment":
                return read_moment(text)
        return text.casefold() or None
