"""Typed answers to questions: compared as values, never as substrings.

A reason is the one kind that leaves words free: whoever was refused says why, in the words of the
application or by the rule of the handbook that these name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from palaestra.errors import GymError
from palaestra.kit.fields import MONEY, parse_date, read_moment

COUNT = re.compile(r"(-?\d{1,15})(?: (\D*))?", re.ASCII)
AMOUNT = re.compile(rf"(?:([A-Z]{{3}}) )?({MONEY.pattern})(?: (?P<after>[A-Z]{{3}}))?", re.ASCII)
KINDS = ("text", "money", "number", "date", "moment", "reason")
RULE = re.compile(r"\br(\d{1,3})\b")
LONGEST_REASON = 300
"""Characters; who answers with all that is on the screen has given no reason."""


@dataclass(frozen=True)
class Answer:
    """The right answer to a question, or the reason why something was not done.

    Attributes:
        kind: How answers are read: "text", "money" and "number" (with currency or unit, or bare),
            "date", "moment" or "reason".
        text: The right answer as a screen would show it.
        also: Other words for it: for a text, what it is called where nothing is translated; for the
            reason that there is no such record, what that record is called.
    """

    kind: str
    text: str
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        told = all(isinstance(name, str) and name for name in self.also)
        if self.kind not in KINDS or not told or self._read(self.text) is None:
            raise GymError(f"{self.text!r} is no answer of kind {self.kind!r}")

    def accepts(self, given: str) -> bool:
        """Says whether an answer means the same value, or gives the same reason."""
        if self.kind == "reason":
            return self._explains(given)
        read = self._read(given)
        if self.kind == "moment" and isinstance(read, tuple):
            return self._is_then(read)
        right = (self._read(self.text), self._bare(), *map(self._read, self.also))
        return read is not None and read in right

    def _explains(self, given: str) -> bool:
        """Says whether a text gives the reason.

        Right are the application's own words, the rule that they name without any other rule, and
        (where a record is missing) the statement that there is no such record.
        """
        said = _folded(given)
        if said == _folded(self.text):
            return True
        if len(given) > LONGEST_REASON or "\n" in given.strip():
            return False
        names = "|".join(re.escape(_folded(name)) for name in self.also)
        if names:
            return bool(
                re.fullmatch(
                    rf"(?:there (?:is|was) )?no (?:such )?(?:{names})(?: here| on file)?"
                    rf"|(?:the )?(?:{names}) (?:does not exist|is not there|was not found|not found"
                    r"|cannot be found|could not be found|is missing|is not on file)",
                    said,
                )
            )
        rules = set(RULE.findall(_folded(self.text)))
        return bool(rules) and set(RULE.findall(said)) == rules

    def _is_then(self, read: tuple[object, ...]) -> bool:
        """Says whether a moment is the right one; an offset or zone counts where both tell it."""
        right = read_moment(self.text)
        pairs = zip(read, right or (None, "", ""), strict=True)
        return all(one == other or "" in (one, other) for one, other in pairs)

    def _bare(self) -> object:
        """Returns how the right value reads without its unit; None for other kinds."""
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
            case "reason":
                return _folded(text) or None
        return text.casefold() or None


def _folded(text: str) -> str:
    """Returns a text without case, needless white space and a final full stop."""
    return " ".join(text.casefold().split()).removesuffix(".")
