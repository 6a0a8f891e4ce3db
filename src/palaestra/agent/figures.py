"""Amounts and days as people write them, read so that what could be two of them is neither.

"1,250.00", "1.250,00", "1'250.00" and "1 250,00" are one amount. "03/04/2026" is two days and no
answer.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from palaestra.kit.fields import parse_date

AMOUNT = re.compile(r"[-\u2212+]?\d(?:[\d.,'\u2019\u00a0\u202f ]*\d)?")
CURRENCIES = {
    "\u20ac": "EUR", "$": "USD", "US$": "USD", "\u00a3": "GBP", "\u00a5": "CNY", "\uffe5": "CNY",
    "CHF": "CHF", "\u5143": "CNY", "z\u0142": "PLN", "kr": "",
}  # fmt: skip
CODE = re.compile(r"\b[A-Z]{3}\b")
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar jänner", "february feb februar", "march mar märz mrz maerz",
            "april apr", "may mai", "june jun juni", "july jul juli", "august aug",
            "september sep sept", "october oct oktober okt", "november nov",
            "december dec dezember dez",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
CHINESE_DAY = re.compile(r"(\d{4})\s*\u5e74\s*(\d{1,2})\s*\u6708\s*(\d{1,2})\s*[\u65e5\u53f7]?")
GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
SLASHED_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
WORDED = re.compile(r"[^\W\d_]+|\d+")
WEEKDAYS = frozenset((
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag",
    "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
))  # fmt: skip
FILLERS = frozenset(("the", "of", "st", "nd", "rd", "th", "den", "am", "der", "on"))


class Misfit(Exception):
    """The answer is none of this type; the message says why."""


def amount(text: str, language: str = "", *, whole: bool = False) -> Decimal:
    """Reads the only amount in a text, whatever unit or currency stands beside it.

    Args:
        text: What is written.
        language: What the page speaks, as "de"; "" where nobody knows.
        whole: Whether only whole numbers are meant, which makes "1.250" plain.

    Raises:
        Misfit: If there is none, more than one, or one that could be two.
    """
    found = AMOUNT.findall(text)
    if len(found) != 1:
        raise Misfit(f"{text[:80]!r} has {'no' if not found else 'more than one'} number in it")
    if re.search(r"[^\W\d_]\d|\d[^\W\d_]", text.replace(found[0].strip(), f" {found[0]} ", 1)):
        raise Misfit(f"{text[:80]!r} is not a number")
    begin = text.index(found[0])
    if begin and (text[begin - 1].isalnum() or text[begin - 1] in "-_#/"):
        raise Misfit(f"{text[:80]!r} is a code and not a number")
    negative = text.startswith("(") and text.endswith(")")
    value = _digits(found[0], text, language, whole)
    return -value if negative else value


def _digits(written: str, text: str, language: str, whole: bool) -> Decimal:
    sign = -1 if written[0] in "-\u2212" else 1
    digits = re.sub(r"[\s'\u2019\u00a0\u202f]", "", written.lstrip("-\u2212+"))
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return sign * Decimal(digits)
    last = marks[-1]
    point = last if len(set(marks)) == 2 else _point(digits, last, marks, text, language, whole)
    if point:
        body, _, rest = digits.rpartition(point)
        if point in body:
            raise Misfit(f"{text[:80]!r} is not written as a number")
        groups = re.split(r"[.,]", body)
    else:
        groups, rest = re.split(r"[.,]", digits), ""
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        raise Misfit(f"{text[:80]!r} is not written as a number")
    return sign * Decimal("".join(groups) + (f".{rest}" if rest else ""))


def _point(digits: str, mark: str, marks: list[str], text: str, language: str, whole: bool) -> str:
    """Says whether the only kind of mark in a number divides its cents; "" if its thousands."""
    if len(marks) > 1:
        return ""
    before, _, after = digits.partition(mark)
    if len(after) != 3 or len(before) > 3 or before.startswith("0"):
        return mark
    usual = "," if language[:2] in ("de", "fr", "it", "es", "nl", "pl", "pt", "da") else "."
    if whole:
        return ""
    if language:
        return mark if mark == usual else ""
    if mark == ",":
        return ""  # "1,250": nobody writes an amount with three places after a decimal comma
    raise Misfit(f"{text[:80]!r} could be two numbers")


def day(text: str) -> dt.date:
    """Reads a day.

    Raises:
        Misfit: If it is none, or could be two.
    """
    text = " ".join(text.split())
    if found := CHINESE_DAY.fullmatch(text):
        return _of(text, *map(int, found.groups()))
    if found := GERMAN_DAY.fullmatch(text):
        return _of(text, int(found[3]), int(found[2]), int(found[1]))
    if found := SLASHED_DAY.fullmatch(text):
        return _slashed(text, *map(int, found.groups()))
    if known := parse_date(text):
        return known
    if re.fullmatch(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", text):
        return _of(text, *map(int, re.split(r"[-/.]", text)))
    words = [word.casefold() for word in WORDED.findall(text)]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [int(word) for word in words if word.isdecimal()]
    others = {w for w in words if not w.isdecimal()} - MONTHS.keys() - WEEKDAYS - FILLERS
    years = [number for number in numbers if number > 999]
    days = [number for number in numbers if number <= 31]
    if others or (len(months), len(years), len(days), len(numbers)) != (1, 1, 1, 2):
        raise Misfit(f"{text[:80]!r} is not a day of a year")
    return _of(text, years[0], months[0], days[0])


def _slashed(text: str, first: int, second: int, year: int) -> dt.date:
    if first <= 12 and second <= 12 and first != second:
        raise Misfit(f"{text!r} could be two days")
    return _of(text, year, *((second, first) if second <= 12 else (first, second)))


def _of(text: str, year: int, month: int, number: int) -> dt.date:
    try:
        return dt.date(year, month, number)
    except ValueError as wrong:
        raise Misfit(f"{text[:80]!r} is no day ({wrong})") from wrong


def currency(text: str) -> str:
    """Returns the code of the currency that an amount is written with; "" if there is none."""
    if code := CODE.search(text):
        return code[0]
    return next((code for sign, code in CURRENCIES.items() if sign in text), "")
