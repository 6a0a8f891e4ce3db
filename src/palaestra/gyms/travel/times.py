"""Times of flights over time zones: an instant is a datetime in UTC, shown where it happens.

`whenever` knows the zones. What the kit's moments refuse to guess, a timetable has to decide: a
flight whose hour the clock skips or repeats leaves all the same.
"""

from __future__ import annotations

import datetime as dt

from whenever import Instant, PlainDateTime

from palaestra.kit.fields.moment import local


def instant(day: dt.date, clock: str, zone: str) -> dt.datetime:
    """Returns the instant at which a clock in a zone shows a time.

    Args:
        day: Date on that clock.
        clock: Time on that clock, "07:35". A time that a change of the clock skips is the one
            after the gap, a time that it repeats is the first of the two.
        zone: Name of the time zone, "Europe/Berlin".
    """
    plain = PlainDateTime(dt.datetime.combine(day, dt.time.fromisoformat(clock)))
    return plain.assume_tz(zone, disambiguation="compatible").to_instant().to_stdlib()


def minutes_between(first: dt.datetime, second: dt.datetime) -> int:
    """Returns the minutes from one instant to another, negative if it lies before."""
    return (second - first) // dt.timedelta(minutes=1)


def shown(moment: dt.datetime, zone: str) -> str:
    """Writes an instant as screens show it, in local time: "2026-03-04 07:35"."""
    return local(moment, zone)


def day_of(moment: dt.datetime, zone: str) -> dt.date:
    """Returns the local date of an instant."""
    return Instant(moment).to_tz(zone).date().to_stdlib()
