from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import Refused
from palaestra.kit import date
from palaestra.kit.fields import ORDINALS, parse_date
from tests.kit.fields.made import STORE, named


@pytest.mark.parametrize("typed", ["3/4/2026", "3 March", "03.04.2026", "March 2026", "Ma 3, 2026"])
def test_what_could_be_two_days_is_refused(typed: str) -> None:
    assert parse_date(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["2026-02-30", "2026-13-01", "2026-W01-1", "31 February 2026", "1 Foo 2026", "0000-01-01"],
)
def test_days_that_do_not_exist_are_refused(typed: str) -> None:
    assert parse_date(typed) is None
    with pytest.raises(Refused):
        named(date()).parse(typed, STORE)


@given(st.dates())
def test_a_date_may_be_typed_in_words(day: dt.date) -> None:
    month, year = f"{day:%B}", f"{day.year:04d}"
    for words in (f"{day.day} {month} {year}", f"{month[:3]}. {day.day:02d}, {year}"):
        assert parse_date(words) == parse_date(words.lower()) == day
    ending = (
        "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    )
    for words in (
        f"{day.day}{ending} {month} {year}",
        f"the {ORDINALS[day.day - 1]} of {month} {year}",
    ):
        assert parse_date(words) == day


def test_days_near_today_have_names() -> None:
    field, today = named(date()), STORE.clock.today
    told = {word: field.parse(word, STORE) - today for word in ("yesterday", "Today", "tomorrow")}
    assert [days.days for days in told.values()] == [-1, 0, 1]


@pytest.mark.parametrize("typed", ["the thirty-second of May 2026", "the umpteenth of May 2026"])
def test_ordinals_of_no_day_are_refused(typed: str) -> None:
    assert parse_date(typed) is None
