from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit.days import WEEKDAYS, month_end, months_later, weekday_after

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1))


@given(DAYS, st.integers(0, 6))
def test_the_weekday_after_a_day_is_within_a_week_and_is_that_weekday(day: dt.date, weekday: int):
    after = weekday_after(day, weekday)
    assert 1 <= (after - day).days <= 7
    assert after.strftime("%A") == WEEKDAYS[weekday]


@given(DAYS, st.integers(-40, 40))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: dt.date, months: int):
    later = months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or later == month_end(later)


@given(DAYS)
def test_the_end_of_a_month_is_followed_by_the_first(day: dt.date):
    end = month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + dt.timedelta(days=1)).day == 1


def test_there_is_no_month_after_the_last():
    with pytest.raises(ValueError, match="no year 10000"):
        months_later(dt.date.max, 1)
