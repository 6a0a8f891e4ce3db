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
DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.? (?P<year>\d{4})", re.ASCII)
MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}), (?P<year>\d{4})", re.ASCII)


class Date(Field):
    """A day; typed as 2026-03-31 or 31 March 2026, shown in the first form.

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
        value = parse_date(text)
        if value is None:
            raise Refused(f"{self.label} must be a date like 2026-03-31")
        return value

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return store.today + dt.timedelta(days=rng.randint(-self.past, self.ahead))


def parse_date(text: str) -> dt.date | None:
    """Reads "2026-03-31", "31 March 2026" ("31 Mar 2026") or "March 31, 2026".

    Returns:
        The day; None for anything else, above all for what could mean two days ("3/4/2026").
    """
    try:
        if match := DAY_FIRST.fullmatch(text) or MONTH_FIRST.fullmatch(text):
            word = match["month"].lower()
            month = next((i for i, m in enumerate(MONTHS, 1) if m.lower().startswith(word)), 0)
            return dt.date(int(match["year"]), month, int(match["day"]))
        return dt.date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def date(past: int = 90, ahead: int = 0, **rest: Any) -> Any:
    """Declares a `Date` field; bounds of made-up dates in days from today."""
    return Date(past, ahead, **rest)
