"""Points in time: kept in UTC, typed and shown as the clock on the wall says it.

A wall clock skips an hour in spring and shows one twice in autumn. Nothing is guessed: a time that
does not exist is refused, and one that comes twice needs its offset ("2026-10-25 02:30 +01:00").
The rules of the zones are those of the `whenever` library, which is loaded when a moment is met.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from palaestra.errors import GymError, Refused
from palaestra.kit.fields.date import parse_date
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

LONGEST = 80
MOMENT = re.compile(
    r"(?P<day>[^:]{8,20}?)(?:T|,? at |, ?| )(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::00)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<offset>[+-]\d{2}:\d{2}))?"
    r"(?: (?P<zone>[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)*))?",
    re.ASCII,
)
EXAMPLE = "2026-03-31 14:30"
OFFICE_HOURS = (8, 18)
QUARTER = 15


class Moment(Field):
    """A date and a time of day, to the minute.

    Attributes:
        past: How many days back a made-up moment may lie.
        ahead: How many days ahead it may lie.
        zone: IANA name of the zone it is told in; "" for the application's.
    """

    kind = "moment"

    def __init__(self, past: int = 30, ahead: int = 0, *, zone: str = "", **rest: Any) -> None:
        super().__init__(**rest)
        self.past, self.ahead, self.zone = past, ahead, zone

    def store_form(self, value: Any) -> Value:
        if value is None:
            return None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise GymError(f"{self.label} takes a moment with its zone, like self.now; got {value}")
        return value.astimezone(dt.UTC).replace(second=0, microsecond=0)

    def initial(self, store: Store) -> Value:
        return self.store_form(now(store) if self.default == "now" else self.default)

    def parse(self, text: str, store: Store) -> Value:
        wall, offset, zone = read_moment(text) or (None, "", "")
        here = self.zone or store.app.zone
        if wall is None or zone not in ("", here):
            raise Refused(f"{self.label} must be a date and time like {EXAMPLE}")
        moments = instants(wall, here)
        if offset:
            moments = tuple(moment for moment in moments if _offset(wall, moment) == offset)
        if len(moments) > 1:
            both = " or ".join(local(moment, here) for moment in moments)
            raise Refused(f"{self.label}: this time comes twice; say {both}")
        if not moments:
            raise Refused(f"{self.label}: there is no such time on that day")
        return moments[0]

    def show(self, value: Value, store: Store) -> str:
        if not isinstance(value, dt.datetime):
            return ""
        shown = local(value, self.zone or store.app.zone)
        return f"{shown} {self.zone}" if self.zone not in ("", store.app.zone) else shown

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        day = store.clock.today + dt.timedelta(days=rng.randint(-self.past, self.ahead))
        first, last = OFFICE_HOURS
        minutes = QUARTER * rng.randrange(first * 60 // QUARTER, last * 60 // QUARTER)
        wall = dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60))
        return instants(wall, self.zone or store.app.zone)[0]


def now(store: Store) -> dt.datetime:
    """Returns the moment on the virtual clock, in UTC; the clock hangs in the application's zone.

    Sessions start at nine and last minutes, so no zone skips or repeats what it shows.
    """
    return instants(store.clock.now, store.app.zone)[0]


@lru_cache(maxsize=4096)
def local(moment: dt.datetime, zone: str) -> str:
    """Tells a moment as the wall clock of a zone; with its offset where that hour comes twice.

    Raises:
        GymError: If there is no such zone.
    """
    from whenever import Instant, TimeZoneNotFoundError

    try:
        there = Instant(moment).to_tz(zone)
    except TimeZoneNotFoundError as missing:
        raise GymError(f"There is no time zone {zone!r}") from missing
    wall = there.to_plain().to_stdlib()
    shown = f"{wall:%Y-%m-%d %H:%M}".zfill(len(EXAMPLE))
    return f"{shown} {_offset(wall, moment)}" if there.is_repeated() else shown


@lru_cache(maxsize=4096)
def instants(wall: dt.datetime, zone: str) -> tuple[dt.datetime, ...]:
    """Returns the moments in UTC at which a zone's clock shows a time: none, one or two.

    Raises:
        GymError: If there is no such zone.
    """
    from whenever import PlainDateTime, TimeZoneNotFoundError

    plain = PlainDateTime(wall)
    try:
        both = [plain.assume_tz(zone, disambiguation=side) for side in ("earlier", "later")]
    except TimeZoneNotFoundError as missing:
        raise GymError(f"There is no time zone {zone!r}") from missing
    except ValueError:
        return ()  # at the ends of the calendar
    found = [one.to_instant() for one in both if one.to_plain() == plain]
    return tuple(dict.fromkeys(one.to_stdlib() for one in found))


def _offset(wall: dt.datetime, moment: dt.datetime) -> str:
    """Returns by how much a wall clock is ahead of UTC: "+02:00"."""
    minutes = (wall - moment.replace(tzinfo=None)) // dt.timedelta(minutes=1)
    hours, minutes = divmod(abs(minutes), 60)
    return f"{'-' if wall < moment.replace(tzinfo=None) else '+'}{hours:02d}:{minutes:02d}"


def read_moment(text: str) -> tuple[dt.datetime, str, str] | None:
    """Reads "2026-03-31 14:30", "31 March 2026, 2:30 pm" and the like; None for anything else.

    Returns:
        What the clock shows, its offset ("+02:00") and the name of its zone, "" where not said.
    """
    found = MOMENT.fullmatch(text) if len(text) <= LONGEST else None
    day = parse_date(found["day"]) if found else None
    if found is None or day is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    if hour > 23 or minute > 59:
        return None
    wall = dt.datetime.combine(day, dt.time(hour, minute))
    return wall, found["offset"] or "", found["zone"] or ""


def moment(past: int = 30, ahead: int = 0, **rest: Any) -> Any:
    """Declares a `Moment` field; bounds of made-up ones in days from today."""
    return Moment(past, ahead, **rest)
