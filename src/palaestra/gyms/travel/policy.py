"""What stands between a plan and a ticket: the travel policy, documents, and connections.

Each function looks at a trip and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from palaestra.errors import Refused
from palaestra.gyms.travel import times
from palaestra.gyms.travel.office import TOLD
from palaestra.gyms.travel.people import Visa

if TYPE_CHECKING:
    from palaestra.gyms.travel.network import Flight
    from palaestra.gyms.travel.segments import Segment
    from palaestra.gyms.travel.trips import Trip

CONNECTION = 45
"""Minutes between an arrival and the next departure."""
NOTICE_DAYS = 7
PASSPORT_DAYS = 180
NIGHT_CAP = 190_00
LIVE = ("Planned", "Held", "Ticketed", "Disrupted", "Flown")
"""What a segment is while it counts for the trip."""


def first_that_fits(flights: list[Flight], book: Callable[[Flight], None], rule: str) -> None:
    """Books the first of some flights that the rules allow.

    Args:
        flights: What there is to choose from, the best first.
        book: Books a flight, or raises `Refused`.
        rule: The rule of the handbook to name where none fits.

    Raises:
        Refused: If none of them fits.
    """
    for flight in flights:
        before = flight._store.snapshot()
        try:
            return book(flight)
        except Refused:
            flight._store.restore(before)
    raise Refused(f"There is no other flight that fits (handbook, {rule})")


def in_order(segments: list[Segment]) -> list[Segment]:
    """Sorts the segments that count by the departure that the timetable plans."""
    return sorted((s for s in segments if s.status in LIVE), key=lambda s: s.flight.planned)


def follows(one: Segment, after: Segment) -> bool:
    """Says whether a segment leaves late enough after another one arrived."""
    return times.minutes_between(one.flight.arrives, after.flight.departs) >= CONNECTION


def require_times(segments: list[Segment]) -> None:
    """Raises `Refused` where a flight of a trip leaves before the one before it has arrived."""
    _require_times(in_order(segments))


def _require_times(order: list[Segment]) -> None:
    for one, after in pairwise(order):
        if not follows(one, after):
            raise Refused(f"{after.flight} does not connect with {one.flight} (handbook, R5)")


def require_connections(segments: list[Segment]) -> None:
    """Raises `Refused` where two flights of a trip do not fit together in time or place."""
    order = in_order(segments)
    for one, after in pairwise(order):
        if one.flight.destination != after.flight.origin:
            raise Refused(f"{after.flight} does not connect with {one.flight} (handbook, R5)")
    _require_times(order)


def require_documents(trip: Trip) -> None:
    """Raises `Refused` where passport or visa do not let the traveller in."""
    crossing = [s.flight for s in in_order(trip.segments()) if s.flight.abroad]
    if not crossing:
        return
    traveller = trip.traveller
    if traveller.expires < trip.returns_on + dt.timedelta(days=PASSPORT_DAYS):
        raise Refused(f"The passport of {traveller} expires too early (handbook, R9)")
    valid = {visa.country: visa.until for visa in trip.find(Visa, traveller=traveller)}
    for flight in crossing:
        country = flight.destination.country
        if country in TOLD["visas"] and valid.get(country, dt.date.min) < flight.arrival_day:
            raise Refused(f"{traveller} has no visa for {country} (handbook, R10)")


def findings(trip: Trip) -> list[str]:
    """Returns what is against the travel policy, each named once; nothing where all is well."""
    found = []
    for segment in in_order(trip.segments()):
        flight, distance = segment.flight, segment.flight.timetable.distance
        if segment.fare_family == "Business" and distance < TOLD["business_from"]:
            found.append("Business on a short flight")
        if segment.price > next(cents for up_to, cents in TOLD["caps"] if distance <= up_to):
            found.append("Fare over the cap")
        if flight.day < trip.today + dt.timedelta(days=NOTICE_DAYS):
            found.append("Booked late")
    if any(stay.hotel.rate > NIGHT_CAP for stay in trip.stays() if stay.status != "Cancelled"):
        found.append("Hotel over the cap")
    return list(dict.fromkeys(found))
