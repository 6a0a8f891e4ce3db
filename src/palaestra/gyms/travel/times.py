"""Local times over time zones: an instant is kept as ISO text in UTC and shown where it happens.

`whenever` knows the zones; texts of one form sort as the instants do.
"""

from __future__ import annotations

import datetime as dt

from whenever import Instant, PlainDateTime, TimeDelta, ZonedDateTime


def instant(day: dt.date, clock: str, zone: str) -> str:
    """Returns the instant at which a clock in a zone shows a time.

    Args:
        day: Date on that clock.
        clock: Time on that clock, "07:35". A time that a change of the clock skips is the one
            after the gap, a time that it repeats is the first of the two.
        zone: Name of the time zone, "Europe/Berlin".
    """
    plain = PlainDateTime.parse_iso(f"{day.isoformat()}T{clock}")
    return plain.assume_tz(zone, disambiguation="compatible").to_instant().format_iso()


def later(moment: str, minutes: int) -> str:
    """Returns the instant so many minutes after another."""
    return (Instant.parse_iso(moment) + TimeDelta(minutes=minutes)).format_iso()


def minutes_between(first: str, second: str) -> int:
    """Returns the minutes from one instant to another, negative if it lies before."""
    return round((Instant.parse_iso(second) - Instant.parse_iso(first)).total("minutes"))


def there(moment: str, zone: str) -> ZonedDateTime:
    """Returns an instant as a clock in a zone shows it."""
    return Instant.parse_iso(moment).to_tz(zone)


def shown(moment: str, zone: str) -> str:
    """Writes an instant as screens show it, in local time: "2026-03-04 07:35"."""
    local = there(moment, zone)
    return f"{local.date()} {local.hour:02d}:{local.minute:02d}"


def day_of(moment: str, zone: str) -> dt.date:
    """Returns the local date of an instant."""
    return there(moment, zone).date().to_stdlib()
