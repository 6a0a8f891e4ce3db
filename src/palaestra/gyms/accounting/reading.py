"""Bills as documents: written in one of several layouts, and read back line by line.

The layouts are templates in `documents.toml`. Reading knows the same templates and nothing else:
it takes a value from the line that its slot stands in, so no other line of a document, whatever it
says or asks for, can change what is read.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any, NamedTuple

from palaestra.gyms.accounting.office import told
from palaestra.kit.fields import MONTHS, parse_date

LAYOUTS: dict[str, dict[str, Any]] = told("documents")
READ = ("vendor", "invoice", "dated", "due")
SLOT = re.compile(r"\{(\w+)[^}]*\}")


class Facts(NamedTuple):
    """What a bill document says of its bill.

    Attributes:
        vendor: Who sent it.
        invoice: The vendor's number for it.
        dated: The bill's date.
        due: The amount of this bill alone, after its discount, in cents.
    """

    vendor: str
    invoice: str
    dated: dt.date
    due: int


def write(
    layout: str, facts: Facts, items: list[tuple[str, int]], *, discount: int = 0, earlier: int = 0
) -> str:
    """Writes a bill document.

    Args:
        layout: One of `LAYOUTS`.
        facts: What it has to say; `due` is the sum of the items less the discount.
        items: What is charged, with cents.
        discount: Cents taken off, in layouts that show a discount.
        earlier: Cents of an earlier balance, in layouts that mention one.
    """
    form = LAYOUTS[layout]
    lines = [form["line"].format(item=item, amount=_money(cents)) for item, cents in items]
    slots = {
        "vendor": facts.vendor,
        "invoice": facts.invoice,
        "dated": _date(facts.dated, form["date"]),
        "due": _money(facts.due),
        "gross": _money(facts.due + discount),
        "discount": _money(discount),
        "earlier": _money(earlier),
        "everything": _money(facts.due + earlier),
        "lines": "\n".join(lines),
    }
    return str(form["body"]).strip("\n").format(**slots)


@lru_cache(maxsize=4096)
def read(body: str) -> Facts | None:
    """Reads a bill document; None if it follows none of the layouts."""
    for patterns in _patterns().values():
        found = {slot: pattern.search(body) for slot, pattern in patterns.items()}
        values = {slot: match[slot].strip() for slot, match in found.items() if match}
        if len(values) < len(READ):
            continue
        day = parse_date(values["dated"])
        if day:
            cents = int(re.sub(r"[,.]", "", values["due"]))
            return Facts(values["vendor"], values["invoice"], day, cents)
    return None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    """Returns, for each layout, how the line of each value looks."""
    return {
        name: {
            slot: re.compile(_pattern(line), re.MULTILINE)
            for line in form["body"].splitlines()
            for slot in SLOT.findall(line)
            if slot in READ
        }
        for name, form in LAYOUTS.items()
    }


def _pattern(line: str) -> str:
    """Turns a template's line into the pattern of what `write` makes of it."""
    kinds = {"due": r"[\d,]+\.\d\d", "vendor": r"\S.*?", "invoice": r"\S+"}
    places = SLOT.split(line)
    parts = [
        rf" *(?P<{part}>{kinds.get(part, '.+?')}) *" if place % 2 else re.escape(part)
        for place, part in enumerate(places)
    ]
    return f"^{''.join(parts)}$"


def _money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


def _date(day: dt.date, form: str) -> str:
    if form == "iso":
        return day.isoformat()
    month = MONTHS[day.month - 1]
    return f"{day.day} {month if form == 'long' else month[:3]} {day.year}"
