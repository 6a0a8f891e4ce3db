"""Days reckoned from other days, as people speak of them: two months later, the Friday after.

Only what a calendar alone decides; what day it is, the clock knows.
"""

from __future__ import annotations

import calendar
import datetime as dt

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def months_later(day: dt.date, months: int) -> dt.date:
    """Returns the same day of a later month (an earlier one if negative), or that month's last.

    Raises:
        ValueError: If there is no such year.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError(f"there is no year {year}")
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def month_end(day: dt.date) -> dt.date:
    """Returns the last day of the same month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def weekday_after(day: dt.date, weekday: int) -> dt.date:
    """Returns the first day after it that is a weekday, 0 for Monday; never the day itself.

    Raises:
        OverflowError: If that is later than any day.
    """
    return day + dt.timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
