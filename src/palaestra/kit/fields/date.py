"""Days of the calendar."""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import TYPE_CHECKING, Any

from palaestra.errors import Refused
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TEENS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
ORDINALS = (
    *_TEENS, *(f"twenty-{word}" for word in _TEENS[:9]), "thirtieth", "thirty-first",
)  # fmt: skip
"""The days of a month, in words."""
NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.? (?P<year>\d{4})", re.ASCII)
ORDINAL_FIRST = re.compile(
    r"(?:the )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)|(?P<word>[a-z]{5,11}(?:-[a-z]{5,7})?))(?: of)?"
    r" (?P<month>[A-Za-z]{3,9})\.? (?P<year>\d{4})",
    re.ASCII,
)
MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}), (?P<year>\d{4})", re.ASCII)


class Date(Field):
    """A day; typed as 2026-03-31, in words or as "today", shown in the first form.

    Attributes:
        past: How many days back a made-up date may lie.
        ahead: How many days ahead it may lie.
    """

    kind = "date"

    def __init__(self, past: int = 90, ahead: int = 0, **rest: Any) -> None:
        super().__init__(**rest)
        self.past, self.ahead = past, ahead

    def initial(self, store: Store) -> Value:
        return store.today if self.default == "today" else self.default

    def parse(self, text: str, store: Store) -> Value:
        near = NEAR.get(text.lower())
        value = parse_date(text) if near is None else store.clock.today + dt.timedelta(days=near)
        if value is None:
            raise Refused(f"{self.label} must be a date like 2026-03-31")
        return value

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return store.today + dt.timedelta(days=rng.randint(-self.past, self.ahead))


def parse_date(text: str) -> dt.date | None:
    """Reads "2026-03-31", "31 March 2026" ("31 Mar 2026"), "March 31, 2026" and ordinals.

    Ordinals are "the 31st of March 2026" and "the thirty-first of March 2026".

    Returns:
        The day; None for anything else, above all for what could mean two days ("3/4/2026").
    """
    try:
        match = DAY_FIRST.fullmatch(text) or MONTH_FIRST.fullmatch(text)
        if match := match or ORDINAL_FIRST.fullmatch(text):
            told = match["month"].lower()
            month = next((i for i, m in enumerate(MONTHS, 1) if m.lower().startswith(told)), 0)
            day = int(match["day"]) if match["day"] else 1 + ORDINALS.index(match["word"])
            return dt.date(int(match["year"]), month, day)
        return dt.date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def date(past: int = 90, ahead: int = 0, **rest: Any) -> Any:
    """Declares a `Date` field; bounds of made-up dates in days from today."""
    return Date(past, ahead, **rest)
