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


@given(at=moments, zone=st.sampled_from(ZONES))
def test_an_instant_is_what_zoneinfo_says(at: dt.datetime, zone: str) -> None:
    # With fold 0 zoneinfo takes the first of two, and the time after a gap.
    wanted = at.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
    assert times.instant(at.date(), f"{at:%H:%M}", zone) == wanted


@given(at=moments, zone=st.sampled_from(ZONES))
def test_local_time_is_what_zoneinfo_says(at: dt.datetime, zone: str) -> None:
    moment = at.replace(tzinfo=dt.UTC)
    local = moment.astimezone(ZoneInfo(zone))
    assert times.shown(moment, zone).startswith(f"{local:%Y-%m-%d %H:%M}")
    assert times.day_of(moment, zone) == local.date()


@given(at=moments, minutes=st.integers(-3_000, 3_000))
def test_minutes_are_counted_in_both_directions(at: dt.datetime, minutes: int) -> None:
    after = at + dt.timedelta(minutes=minutes)
    assert times.minutes_between(at, after) == minutes


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (dt.date(2026, 3, 28), "02:30", dt.datetime(2026, 3, 28, 1, 30, tzinfo=dt.UTC)),
        # Skipped: it is 03:30 in summer time.
        (dt.date(2026, 3, 29), "02:30", dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)),
        # Comes twice: the first of the two.
        (dt.date(2026, 10, 25), "02:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_time_that_the_clock_skips_or_repeats(day: dt.date, clock: str, utc: dt.datetime) -> None:
    assert times.instant(day, clock, "Europe/Berlin") == utc


def test_a_flight_over_a_change_of_the_clock_lands_an_hour_later() -> None:
    departs = times.instant(dt.date(2026, 3, 28), "22:10", "Asia/Tokyo")
    lands = departs + dt.timedelta(hours=12, minutes=20)
    assert times.shown(lands, "Europe/Berlin") == "2026-03-29 03:30"
