"""The forms that people write values in: only such as the field itself reads as the same value."""

from __future__ import annotations

import datetime as dt
import random

from palaestra.errors import Refused
from palaestra.kit.fields import MONTHS, ORDINALS, Date, Field, Moment, Money, YesNo, parse_date
from palaestra.kit.store import Store
from palaestra.types import Value

AS_SHOWN = 0.4


def written(one: Field, value: Value, store: Store, rng: random.Random) -> str:
    """Writes a value in one of the forms that can be typed into its field.

    Args:
        one: The field.
        value: What is to stand in it; not None.
        store: Where references are named, and what day it is.
        rng: Decides.
    """
    shown = one.edit_form(value, store)
    others = [form for form in _forms(one, value, shown, store) if _reads(one, form, value, store)]
    if not others or rng.random() < AS_SHOWN:
        return shown
    return rng.choice(others)


def _forms(one: Field, value: Value, shown: str, store: Store) -> list[str]:
    """Returns other forms of a value, whether its field reads them or not."""
    if isinstance(one, YesNo):
        return []
    if isinstance(one, Money):
        bare = shown.replace(",", "")
        forms = [shown, bare, *([shown[:-3], bare[:-3]] if shown.endswith(".00") else [])]
        if not one.currency:
            return forms
        return [
            told for form in forms for told in (f"{one.currency} {form}", f"{form} {one.currency}")
        ]
    if isinstance(one, Date) and isinstance(value, dt.date):
        near = {0: "today", -1: "yesterday", 1: "tomorrow"}
        told = near.get((value - store.clock.today).days)
        return [*_days(value), *([told] * 3 if told else [])]
    if isinstance(one, Moment) and (day := parse_date(shown[:10])):
        clock = shown[10:].strip()
        return [form for day in _days(day) for form in (f"{day} {clock}", f"{day} at {clock}")]
    return []


def _days(value: dt.date) -> list[str]:
    """Returns the forms of a day in words."""
    day, year, month = value.day, value.year, MONTHS[value.month - 1]
    short, ordinal = month[:3], f"{value.day}{_ending(value.day)}"
    return [
        f"{day} {month} {year}", f"{day} {short} {year}",
        f"{month} {day}, {year}", f"{short} {day}, {year}",
        f"{ordinal} {month} {year}", f"the {ordinal} of {month} {year}",
        f"the {ORDINALS[day - 1]} of {month} {year}",
    ]  # fmt: skip


def _reads(one: Field, form: str, value: Value, store: Store) -> bool:
    """Says whether a field reads a form as the value."""
    try:
        return one.parse(form, store) == value
    except Refused:
        return False


def _ending(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
