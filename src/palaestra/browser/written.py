"""What a goal writes, as an input takes it; and whether what a box shows means what was entered.

A goal says "3 March 2026" or "1,250.00"; a date input wants 2026-03-03, a number input 1250.00.
What could mean two days ("3/4/2026") is not guessed. Nothing here touches a page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from palaestra.kit.fields import MONTHS, parse_date

FORMS = {
    "date": "a day, like 2026-03-31",
    "time": "a time of day, like 14:30",
    "datetime-local": "a day and a time, like 2026-03-31 14:30",
    "month": "a month, like 2026-03",
    "week": "a week, like 2026-W10",
    "number": "a number, like 1250.00",
    "range": "a number, like 50",
}
"""What an input of each kind takes, in words."""
LONGEST = 80
"""Characters of the longest text that is read as a day, a time or a number."""
NUMBERED = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})", re.ASCII)
WORDED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.I)
TIME = re.compile(
    r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:\.0+)?)?)? ?(?:([ap])\.?m\.?)?", re.ASCII | re.I
)
JOINED = re.compile(r"(?<=[\d ])T(?=\d)|,? at |, (?=\d{1,2}[:. ]?\d*)| ", re.ASCII)
AMOUNT = re.compile(r"([-+]?)(\d[\d,.'\u00a0\u202f ]*|[.,]\d+)", re.ASCII)
AROUND = re.compile(r"^(?:[A-Z]{3}|[$€£¥₹])? ?|(?: ?(?:[A-Z]{3}|[$€£¥₹%]))?$")
"""What stands around an amount: a currency, a sign of percent."""
LEADING = re.compile(r"0\d", re.ASCII)
"""How a number begins that is a code, of which no digit may be lost."""
MARKS = re.compile(r"[\s().\-/+]")
"""What a mask puts between digits."""


def typed_into(kind: str, text: str, *, month_first: bool | None = None) -> str | None:
    """Returns what an input takes for a text.

    Args:
        kind: The input's `type`.
        text: What a goal says.
        month_first: How "3/4/2026" is to be read; None where it is not to be read at all.

    Returns:
        The value in the form that HTML gives the kind; the text itself for kinds without a form;
        None if the text cannot be read that way. "" empties any input.
    """
    text = " ".join(text.split()) if kind in FORMS else text
    if not text or kind not in FORMS:
        return text
    if len(text) > LONGEST:
        return None
    match kind:
        case "date":
            day = read_day(text, month_first=month_first)
            return day.isoformat() if day else None
        case "time":
            return read_time(text)
        case "datetime-local":
            return _moment(text, month_first)
        case "month":
            return _month(text)
        case "week":
            found = re.fullmatch(r"(\d{4})-?W(\d{2})", text, re.I)
            if found:
                return f"{found[1]}-W{found[2]}"
            found = re.fullmatch(r"week (\d{1,2})(?: of|,)? (\d{4})", text, re.I)
            return f"{found[2]}-W{int(found[1]):02d}" if found else None
    found_amounts = list(amounts(text))
    return _plain(found_amounts[0]) if found_amounts else None


def agrees(entered: str, shown: str) -> bool:
    """Says whether a box that shows a text has what was entered, perhaps in another dress.

    White space, capitals, masks ("(555) 123-4567"), and ways to write an amount or a day are a
    dress; what means another amount, day or word is not.
    """
    one, other = " ".join(entered.split()), " ".join(shown.split())
    if one.casefold() == other.casefold():
        return True
    if not one or not other or max(len(one), len(other)) > LONGEST:
        return False
    numbers, again = set(amounts(one)), set(amounts(other))
    if numbers and again and not (LEADING.match(one) or LEADING.match(other)):
        return bool(numbers & again)
    for read in (read_day, read_time):
        meant, shown_as = read(one), read(other)
        if meant and shown_as:
            return meant == shown_as
    return MARKS.sub("", one) == MARKS.sub("", other) and MARKS.sub("", one).isdigit()


def read_day(text: str, *, month_first: bool | None = None) -> dt.date | None:
    """Reads a day from what people write.

    Args:
        text: What is written.
        month_first: How "3/4/2026" is to be read; None where it is not to be read at all.

    Returns:
        The day; None for anything else, and for what could mean two.
    """
    if len(text) > LONGEST:
        return None
    text = WEEKDAY.sub("", text, count=1) if WEEKDAY.match(text) else text
    if day := parse_date(text):
        return day
    if found := WORDED.fullmatch(text):
        return parse_date(f"{found[1]} {found[2]}, {found[3]}")
    if found := re.fullmatch(r"(\d{1,2})[-. ]([A-Za-z]{3,9})[-. ](\d{4})", text, re.ASCII):
        return parse_date(f"{found[1]} {found[2]} {found[3]}")
    found = NUMBERED.fullmatch(text)
    if not found:
        return None
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return _day(first, second, third)
    if len(found[4]) != 4:
        return None
    if found[2] == ".":  # written that way only where the day comes first
        return _day(third, second, first)
    if first != second and first <= 12 and second <= 12:
        if month_first is None:
            return None
        return _day(third, first, second) if month_first else _day(third, second, first)
    return _day(third, second, first) or _day(third, first, second)


def read_time(text: str) -> str | None:
    """Reads a time of day: "14:30", "2:30 pm", "2 pm"; with seconds where they are not 0."""
    found = TIME.fullmatch(text)
    if not found or not (found[2] or found[4]):
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")


def amounts(text: str) -> Iterator[Decimal]:
    """Yields what a text can mean as a number, the likeliest first; nothing if it is none.

    "1,250" is 1250 before it is 1.25; "1,250.00" and "1.250,00" mean one thing each.
    """
    text = AROUND.sub("", text.strip())
    found = AMOUNT.fullmatch(text)
    if not found:
        return
    sign, digits = found[1], re.sub(r"['\u00a0\u202f ](?=\d{3})", "", found[2])
    marks = [c for c in digits if c in ".,"]
    if not digits.replace(".", "").replace(",", "").isdigit():
        return
    readings = []
    if not marks:
        readings = [digits]
    elif len(set(marks)) == 2:
        last = marks[-1]
        whole, _, part = digits.rpartition(last)
        if marks.count(last) == 1 and _grouped(whole, marks[0]):
            readings = [f"{_bare(whole)}.{part}"]
    else:
        mark = marks[0]
        grouped = _grouped(digits, mark)
        whole, _, part = digits.partition(mark)
        if len(marks) == 1:
            readings = [f"{whole or 0}.{part or 0}"]
        if grouped:
            readings = [_bare(digits), *readings] if mark == "," else [*readings, _bare(digits)]
    for reading in readings:
        yield Decimal(sign + reading)


def _grouped(digits: str, mark: str) -> bool:
    first, *groups = digits.split(mark)
    return 1 <= len(first) <= 3 and bool(groups) and all(len(group) == 3 for group in groups)


def _bare(digits: str) -> str:
    return digits.replace(".", "").replace(",", "")


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _moment(text: str, month_first: bool | None) -> str | None:
    """Reads a day and a time, parted wherever both can be read."""
    for joint in JOINED.finditer(text):
        day = read_day(text[: joint.start()], month_first=month_first)
        time = read_time(text[joint.end() :])
        if day and time:
            return f"{day.isoformat()}T{time}"
    return None


def _month(text: str) -> str | None:
    found = re.fullmatch(r"(\d{4})[-/](\d{1,2})", text)
    if found:
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        year, month = int(found[2]), int(found[1])
    elif found := re.fullmatch(r"([A-Za-z]{3,9})\.?,? (\d{4})", text):
        told = found[1].lower()
        year = int(found[2])
        month = next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(told)), 0)
    else:
        return None
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and year else None
