"""What the tests of the travel desk do there: a world of known flights, and the usual steps."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms import travel
from palaestra.gyms.travel import geography
from palaestra.gyms.travel.hotels import Hotel
from palaestra.gyms.travel.network import DAYS, Airport, Flight, Timetable
from palaestra.gyms.travel.people import Department, Traveller
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.stays import Stay
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Store
from tests.gyms.office import enter, run

app = travel.app
FAR = dt.timedelta(days=900)


def day(store: Store, ahead: int) -> dt.date:
    """Returns the date so many days from today."""
    return store.clock.today + dt.timedelta(days=ahead)


def an_airport(store: Store, code: str) -> Airport:
    at = geography.places()[code]
    known = Airport.every(store, code=code)
    return known[0] if known else Airport.make(
        store, code=code, city=at.city, country=at.country, zone=at.zone
    )  # fmt: skip


def a_flight(
    store: Store,
    way: str,
    ahead: int,
    leaves_at: str = "10:00",
    *,
    fare: int = 100_00,
    taken: str = "",
) -> Flight:
    """Makes a flight of a daily timetable of its own, "FRA-LHR", so many days ahead."""
    origin, destination = (an_airport(store, code) for code in way.split("-"))
    ends = [geography.places()[str(end)] for end in (origin, destination)]
    distance = geography.kilometres(*ends)
    timetable = Timetable.make(
        store,
        number=f"ZZ{store.next_number(Timetable.type.index):04d}",
        origin=origin,
        destination=destination,
        leaves_at=leaves_at,
        days=" ".join(DAYS),
        minutes=geography.minutes(distance),
        distance=distance,
        fare=fare,
    )
    return timetable.dated(day(store, ahead), taken)


def a_traveller(store: Store, **values: object) -> Traveller:
    """Makes somebody who may travel anywhere for a department that can pay for it."""
    department = values.pop("department", None) or Department.make(
        store, name=f"Team {store.next_number(Department.type.index)}", head="Ada",
        budget=90_000_00,
    )  # fmt: skip
    told = {
        "name": f"Person {store.next_number(Traveller.type.index)}",
        "department": department,
        "email": "p@meridian.example",
        "loyalty": "Basic",
        "passport": "P1234",
        "expires": store.clock.today + FAR,
    }
    return Traveller.make(store, **{**told, **values})


def a_trip(
    store: Store,
    *flights: Flight,
    fare: str = "Flex",
    traveller: Traveller | None = None,
    justification: str | None = "client asked for the date",
    first: int = 8,
    last: int = 40,
) -> Trip:
    """Enters a draft trip with some flights."""
    trip = enter(
        store,
        Trip,
        traveller=traveller or a_traveller(store),
        purpose="Client visit",
        leaves_on=day(store, first),
        returns_on=day(store, last),
        justification=justification,
    )
    assert isinstance(trip, Trip)
    for flight in flights:
        add(trip, flight, fare)
    return trip


def add(trip: Trip, flight: Flight, fare: str = "Flex") -> Segment:
    segment = enter(trip._store, Segment, trip=trip, flight=flight, fare_family=fare)
    assert isinstance(segment, Segment)
    return segment


def a_hotel(store: Store, code: str = "LHR", **values: object) -> Hotel:
    told = {
        "name": f"Inn {store.next_number(Hotel.type.index)}",
        "airport": an_airport(store, code),
        "stars": 3,
        "rate": 100_00,
        "free_days": 2,
    }
    return Hotel.make(store, **{**told, **values})


def a_stay(trip: Trip, hotel: Hotel, ahead: int, nights: int) -> Stay:
    check_in = day(trip._store, ahead)
    stay = enter(trip._store, Stay, trip=trip, hotel=hotel, check_in=check_in, nights=nights)
    assert isinstance(stay, Stay)
    return stay


def there_and_back(store: Store, out: int = 10, back: int = 14) -> tuple[Flight, Flight]:
    """Makes a flight to London and one back."""
    return a_flight(store, "FRA-LHR", out), a_flight(store, "LHR-FRA", back)


def advanced(trip: Trip, *verbs: str) -> Trip:
    """Runs actions on a trip; all up to the ticket if none are named."""
    for verb in verbs or ("request", "approve", "ticket"):
        run(trip, verb)
    return trip


def ticketed(store: Store, *flights: Flight, fare: str = "Flex", **values: object) -> Trip:
    return advanced(a_trip(store, *flights, fare=fare, **values))  # type: ignore[arg-type]


def receipts(trip: Trip) -> list[tuple[str, int]]:
    """Returns type and cents of the receipts of a trip, oldest first."""
    from palaestra.gyms.travel.trips import Receipt

    return [(receipt.kind, receipt.amount) for receipt in Receipt.every(trip._store, trip=trip)]


def pass_days(store: Store, days: int) -> None:
    """Lets days go by."""
    from dataclasses import replace

    store.clock = replace(store.clock, start=store.clock.start + dt.timedelta(days=days))
