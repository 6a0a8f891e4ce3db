"""A new value told by the old one: 250.00 more, two weeks later, the Friday after.

The proposer now and then enters such a value, and the describer words it so; whoever follows the
goal has to look at what the field holds and reckon. Only amounts, numbers and days are told so, and
one at a time.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

from palaestra.kit.days import WEEKDAYS, month_end, months_later, weekday_after
from palaestra.kit.fields import Date, Field, Money, Quantity
from palaestra.types import Value

AMOUNTS = (10, 20, 25, 50, 100, 200, 250, 500, 1_000)
NUMBERS = (2, 3, 5, 10, 20)
PERCENTS = (5, 10, 20, 25, 50)
DAYS = (1, 2, 3, 4, 5, 10)
WEEKS = (1, 2, 3)
MONTHS = (1, 2, 3)
IN_WORDS = ("one", "two", "three", "four", "five")

GROUPS = ("raise", "lower", "later", "earlier", "moved", "multiplied")
"""The kinds of shape that tell it."""


class Relation(NamedTuple):
    """How a new value follows from an old one.

    Attributes:
        group: The group of shapes that tell it.
        by: The words for how far, or to where.
        value: The new value.
    """

    group: str
    by: str
    value: Value


def relations(one: Field, old: Value) -> list[Relation]:
    """Returns the values that can be told by an old one, whether the field takes them or not."""
    if isinstance(one, Money | Quantity) and isinstance(old, int):
        return _amounts(one, old)
    if isinstance(one, Date) and isinstance(old, dt.date):
        return _days(old)
    return []


def _amounts(one: Field, old: int) -> list[Relation]:
    money = isinstance(one, Money)
    told = [
        (f"{n:,}.00" if money else str(n), n * 100 if money else n)
        for n in (AMOUNTS if money else NUMBERS)
    ]
    told += [
        (by, old * percent // 100)
        for percent in PERCENTS
        for by in (f"{percent} percent", f"{percent}%")
        if old * percent % 100 == 0 and old
    ]
    found = [
        Relation(group, by, old + sign * more)
        for by, more in told
        for group, sign in (("raise", 1), ("lower", -1))
    ]
    found += [Relation("multiplied", "double", old * 2), Relation("multiplied", "triple", old * 3)]
    return [*found, Relation("multiplied", "halve", old // 2)] if old % 2 == 0 else found


def _days(old: dt.date) -> list[Relation]:
    found = []
    for group, sign in (("later", 1), ("earlier", -1)):
        for unit, numbers in (("day", DAYS), ("week", WEEKS), ("month", MONTHS)):
            for n in numbers:
                days = dt.timedelta(days=sign * n * (7 if unit == "week" else 1))
                new = months_later(old, sign * n) if unit == "month" else old + days
                for number in (str(n), *IN_WORDS[n - 1 : n]):
                    found.append(Relation(group, f"{number} {unit}{'s' * (n > 1)}", new))
    for weekday, name in enumerate(WEEKDAYS):
        for by in (f"the {name} after", f"the {name} after that", f"the following {name}"):
            found.append(Relation("moved", by, weekday_after(old, weekday)))
    for by in ("the end of that month", "the end of the same month"):
        found.append(Relation("moved", by, month_end(old)))
    return found


def told_by(one: Field, old: Value, new: Value, rng: random.Random) -> Relation | None:
    """Draws a way to tell a new value by the old one; None if there is none."""
    fitting = [told for told in relations(one, old) if told.value == new != old]
    return rng.choice(fitting) if fitting else None


def nudged(one: Field, old: Value, rng: random.Random) -> Value:
    """Draws a value that can be told by the old one, evenly over the groups; None for none."""
    found = [told for told in relations(one, old) if told.value != old and _takes(one, told.value)]
    groups = sorted({told.group for told in found})
    group = rng.choice(groups) if groups else ""
    values = [told.value for told in found if told.group == group]
    return rng.choice(values) if values else None


def _takes(one: Field, value: Value) -> bool:
    if isinstance(one, Money | Quantity) and isinstance(value, int):
        return one.low <= value <= one.high
    return True
