"""Text that stands nowhere and follows from what does: a box's value, 5 percent lower.

A box that holds an amount, a number or a day can be filled with what comes of that value and a word
of the goal by one small operation. Such candidates are made only where the goal gives a reason (a
number near "by" or "later", a weekday, "the end of that month"), so most goals have none. All of it
is exact; which candidate is meant, the network decides.

No candidate has two operands in the goal, and none reads what is not on the screen.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from palaestra.kit.days import WEEKDAYS, month_end, months_later, weekday_after
from palaestra.kit.fields import MONEY, parse_date
from palaestra.policies.network.elements import Screen
from palaestra.policies.network.matching import Matches
from palaestra.policies.network.tokens import NUMBER, Ints, Strings, read_goal

OPS = (
    "plus", "minus", "percent more", "percent less", "times",
    "later", "earlier", "weekday after", "month end",
)  # fmt: skip
MOST = 48
NEAR = 3
"""How many tokens a number and the reason to reckon with it may be apart."""
REASONS = frozenset((
    "by", "more", "less", "higher", "lower", "greater", "smaller", "up", "down", "top", "off",
    "later", "earlier", "sooner", "after", "before", "ahead", "forward", "back", "extra", "another",
    "plus", "minus", "+", "add", "subtract", "deduct", "increase", "rise", "raise", "decrease",
    "reduction", "reduce", "cut", "drop", "lose", "shed", "delay", "postpone", "postponement",
    "deferral", "extend", "extension", "allow", "tack", "above", "away", "below", "correction",
    "further", "future", "grace", "lift", "longer", "onto", "too", "trim",
))  # fmt: skip
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES = {"double": Decimal(2), "triple": Decimal(3), "halve": Decimal("0.5")}
UNITS = ("day", "week", "month")
LARGEST = Decimal(10) ** 15
COMPOSED = -2
"""Stands for the first token where text is composed and not copied; the last is the candidate."""
NONE: Ints = np.zeros((0, 3), np.int32)


class Cue(NamedTuple):
    """A word of the goal that something could be reckoned with.

    Attributes:
        op: How, one of `OPS`.
        place: Which token of the goal.
        amount: With how much; the day of the week for "weekday after".
        unit: Of time, one of `UNITS`; "" for amounts.
    """

    op: str
    place: int
    amount: Decimal = Decimal(0)
    unit: str = ""


class Candidate(NamedTuple):
    """A text that could be typed into a box.

    Attributes:
        element: The box, whose value is the first operand.
        op: How it came about, a place in `OPS`.
        place: The token of the goal that is the second operand, counted from where it is read.
        text: What would be typed.
    """

    element: int
    op: int
    place: int
    text: str


@lru_cache(maxsize=20_000)
def cues(text: str) -> tuple[Cue, ...]:
    """Returns what the words of a goal give reason to reckon with."""
    goal = read_goal(text)
    words = [goal.span(place, place).lower() for place in range(len(goal))]
    weekdays = {day.lower(): number for number, day in enumerate(WEEKDAYS)}
    found: list[Cue] = []
    for place, word in enumerate(words):
        if word in weekdays:
            found.append(Cue("weekday after", place, Decimal(weekdays[word])))
        elif word == "month" and "end" in words[max(0, place - NEAR - 1) : place]:
            found.append(Cue("month end", place))
        elif word in TIMES:
            found.append(Cue("times", place, TIMES[word]))
        elif amount := _amount(word):
            near = words[max(0, place - NEAR) : place + NEAR + 1]
            if not REASONS.isdisjoint(near):
                after = words[place + 1].removesuffix("s") if place + 1 < len(words) else ""
                found += _reckoned(place, amount, after)
    return tuple(found)


def _amount(word: str) -> Decimal | None:
    if word in NUMBERS:
        return Decimal(1 + NUMBERS.index(word))
    if NUMBER.fullmatch(word) and len(word) < 20:
        return Decimal(word.replace(",", ""))
    return None


def _reckoned(place: int, amount: Decimal, after: str) -> list[Cue]:
    """Returns the ways to reckon with an amount, by the word after it."""
    if after in UNITS:
        if amount != int(amount) or amount > 10_000:
            return []
        return [Cue(op, place, amount, after) for op in ("later", "earlier")]
    ops = ("percent more", "percent less") if after in ("%", "percent") else ("plus", "minus")
    return [Cue(op, place, amount) for op in ops]


def composed(text: str, cue: Cue) -> str | None:
    """Returns what comes of a box's value, in the same form; None if nothing exact does."""
    if day := parse_date(text):
        moved = _moved(day, cue)
        return moved.isoformat() if moved else None
    if not MONEY.fullmatch(text):
        return None
    value = _changed(Decimal(text.replace(",", "")), cue)
    if value is None or abs(value) >= LARGEST:
        return None
    step = Decimal("0.01") if "." in text else Decimal(1)
    if value != value.quantize(step):
        return None
    return f"{value:,.2f}" if "." in text else str(int(value))


def _changed(value: Decimal, cue: Cue) -> Decimal | None:
    share = value * cue.amount / 100
    return {
        "plus": value + cue.amount,
        "minus": value - cue.amount,
        "percent more": value + share,
        "percent less": value - share,
        "times": value * cue.amount,
    }.get(cue.op)


def _moved(day: dt.date, cue: Cue) -> dt.date | None:
    try:
        if cue.op == "weekday after":
            return weekday_after(day, int(cue.amount))
        if cue.op == "month end":
            return month_end(day)
        if not cue.unit:
            return None
        n = int(cue.amount) * (1 if cue.op == "later" else -1)
        if cue.unit == "month":
            return months_later(day, n)
        return day + dt.timedelta(days=n * (7 if cue.unit == "week" else 1))
    except (OverflowError, ValueError):
        return None


def candidates(goal: str, screen: Screen, matches: Matches, strings: Strings) -> list[Candidate]:
    """Returns what could be composed for the boxes of a screen, `MOST` at most.

    Args:
        goal: The goal's words.
        screen: The screen.
        matches: What of the goal is read.
        strings: Where the screen's texts are numbered.
    """
    begin, end = matches.begin, matches.begin + len(matches.touched)
    given = [cue for cue in cues(goal) if begin <= cue.place < end]
    if not given:
        return []
    found: list[Candidate] = []
    for element, action in enumerate(screen.actions):
        value = strings.texts[screen.lines[element, 3]]
        if action.op != "fill" or not value or not screen.lines[element, 5]:
            continue
        for cue in given:
            text = composed(value, cue)
            if text is not None:
                op = OPS.index(cue.op)
                found.append(Candidate(element, op, cue.place - begin, text))
    return found[:MOST]


def numbered(found: list[Candidate]) -> Ints:
    """Returns element, operation and place of candidates as numbers, shape (C, 3)."""
    return np.array([one[:3] for one in found], np.int32).reshape(-1, 3) if found else NONE
