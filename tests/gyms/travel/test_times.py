"""Time-zone arithmetic against the standard library's zoneinfo."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms.travel import geography, times

ZONES = sorted({place.zone for place in geography.places().values()})
moments = st.datetimes(dt.datetime(2025, 12, 1), dt.datetime(2027, 3, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)


def read(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment)


@given(at=moments, zone=st.sampled_from(ZONES))
def test_an_instant_is_what_zoneinfo_says(at: dt.datetime, zone: str) -> None:
    wanted = at.replace(tzinfo=ZoneInfo(zone))  # fold 0: the first of two
    if wanted.astimezone(dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != at:
        return  # skipped by the clock: no such time, see below
    assert read(times.instant(at.date(), f"{at:%H:%M}", zone)) == wanted


@given(at=moments, zone=st.sampled_from(ZONES))
def test_local_time_is_what_zoneinfo_says(at: dt.datetime, zone: str) -> None:
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    local = read(moment).astimezone(ZoneInfo(zone))
    assert times.shown(moment, zone) == f"{local:%Y-%m-%d %H:%M}"
    assert times.day_of(moment, zone) == local.date()


@given(at=moments, minutes=st.integers(-3_000, 3_000))
def test_adding_minutes_and_counting_them_are_inverse(at: dt.datetime, minutes: int) -> None:
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    after = times.later(moment, minutes)
    assert read(after) - read(moment) == dt.timedelta(minutes=minutes)
    assert times.minutes_between(moment, after) == minutes
    assert (moment < after) == (minutes > 0)


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (dt.date(2026, 3, 28), "02:30", "2026-03-28T01:30:00Z"),
        (dt.date(2026, 3, 29), "02:30", "2026-03-29T01:30:00Z"),  # skipped: 03:30 in summer time
        (dt.date(2026, 10, 25), "02:30", "2026-10-25T00:30:00Z"),  # twice: the first of the two
    ],
)
def test_a_time_that_the_clock_skips_or_repeats(day: dt.date, clock: str, utc: str) -> None:
    assert times.instant(day, clock, "Europe/Berlin") == utc


def test_a_flight_over_the_date_line_of_a_zone_lands_on_another_day() -> None:
    departs = times.instant(dt.date(2026, 3, 28), "22:10", "Asia/Tokyo")
    lands = times.later(departs, 12 * 60 + 20)
    assert times.shown(lands, "Europe/Berlin") == "2026-03-29 03:30"  # an hour of it skipped
