"""The records that the desk starts with: a past made by running its own rules.

A larger `scale` puts more desks of the same kind side by side, so that the work grows as the
records do.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from palaestra.gyms.travel import policy
from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.expenses import ExpenseLine, ExpenseReport
from palaestra.gyms.travel.hotels import NAMES, Hotel
from palaestra.gyms.travel.network import CABINS, FARES, Flight, cabin
from palaestra.gyms.travel.office import POOLS, TOLD, app
from palaestra.gyms.travel.offers import PAST_WAVE, Offer, offer
from palaestra.gyms.travel.people import Department, Traveller, Visa
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.stays import Stay
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Refused, Store
from palaestra.kit.seeding import Faker

T = TypeVar("T")

BEFORE_DAYS = 32
"""How long ago the desk booked what has flown by now."""
TRIES = 10
FATES = (
    "Draft", "Draft", "Draft", "Requested", "Requested", "Requested", "Rejected", "Approved",
    "Approved", "Ticketed", "Ticketed", "Ticketed", "Ticketed", "Changed", "Cancelled",
)  # fmt: skip


@app.seeding
def past(store: Store, rng: random.Random) -> None:
    """Opens one desk, or several."""
    numbers = rng.sample(range(100, 10_000), 9_900)
    for _ in range(max(1, round(getattr(store, "scale", 1.0)))):
        Desk(store, rng, offer(store, rng, numbers)).work()


def attempt(store: Store, what: Callable[[], T]) -> T | None:
    """Does something if the rules allow it; None, and nothing changed, if they do not."""
    before = store.snapshot()
    try:
        return what()
    except Refused:
        store.restore(before)
        return None


class Desk:
    """One travel desk: its hub, its people, and its last month."""

    def __init__(self, store: Store, rng: random.Random, made: Offer) -> None:
        self.store, self.rng, self.offer = store, rng, made
        self.today = store.clock.today
        self.faker = Faker(rng.getrandbits(32))
        self.people = self._people()
        self.hotels = self._hotels()

    def work(self) -> None:
        """Sells trips, lets flights leave, pays expenses, and hears of cancelled flights."""
        clock = self.store.clock
        self.store.clock = replace(clock, start=clock.start - dt.timedelta(days=BEFORE_DAYS))
        flown = [self.book(PAST_WAVE, "Ticketed") for _ in range(self.rng.randint(4, 5))]
        self.store.clock = clock
        for flight in self.offer.waves[PAST_WAVE].values():
            flight.depart()
        for trip in flown[1:]:
            if trip:
                self.report(trip)
        for fate in FATES:
            self.book(self.rng.randrange(1, len(self.offer.waves)), fate)
        for _ in range(2):
            self._wide_draft()
        self._trouble()
        self.rng.choice(self.people).suspend(self.rng.choice(POOLS["suspensions"]))
        attempt(self.store, self.hotels[-1].delist)

    def _people(self) -> list[Traveller]:
        rng, store = self.rng, self.store
        known = {str(department): department for department in Department.every(store)}
        departments = [
            known.get(name)
            or Department.make(
                store, name=name, head=self.faker.text("person"),
                budget=rng.randrange(12_000_00, 40_000_00, 500_00),
            )
            for name in rng.sample(POOLS["departments"], 4)
        ]  # fmt: skip
        names: dict[str, None] = {}
        taken = {str(traveller) for traveller in Traveller.every(store)}
        while len(names) < 9:
            if (name := self.faker.text("person")) not in taken:
                names[name] = None
        return [self._traveller(name, rng.choice(departments)) for name in names]

    def _traveller(self, name: str, department: Department) -> Traveller:
        rng = self.rng
        days = rng.randint(40, 200) if rng.random() < 0.15 else rng.randint(280, 2_800)
        traveller = Traveller.make(
            self.store,
            name=name,
            department=department,
            email=f"{name.lower().replace(' ', '.')}@meridian.example",
            loyalty=rng.choice(("Basic", "Basic", "Silver", "Gold")),
            passport=f"P{rng.randint(1000, 9999)}",
            expires=self.today + dt.timedelta(days=days),
        )
        for country in rng.sample(TOLD["visas"], rng.randint(0, 1)):
            self._visa(traveller, country)
        return traveller

    def _visa(self, traveller: Traveller, country: str) -> None:
        until = self.today + dt.timedelta(days=self.rng.randint(60, 600))
        Visa.make(self.store, traveller=traveller, country=country, until=until)

    def _hotels(self) -> list[Hotel]:
        rng, store = self.rng, self.store
        taken = {str(hotel) for hotel in Hotel.every(store)}
        cities = [way[0].destination for way in (*self.offer.ways[:4], self.offer.beyond)]
        free = [name for name in NAMES if name not in taken]
        near = [*cities, rng.choice(cities), rng.choice(cities)]
        return [
            Hotel.make(
                store,
                name=name,
                airport=airport,
                stars=rng.randint(2, 5),
                rate=rng.randrange(70_00, 260_00, 5_00),
                free_days=rng.choice((1, 2, 3, 7)),
            )
            for name, airport in zip(rng.sample(free, len(near)), near, strict=True)
        ]

    def book(self, wave: int, fate: str) -> Trip | None:
        """Makes a trip and brings it to its fate; None if nothing is left that fits."""
        for _ in range(TRIES):
            if trip := attempt(self.store, lambda: self._book(wave, fate)):
                return trip
        return None

    def _itinerary(self, wave: int) -> list[Flight]:
        flights = self.offer.waves[wave]
        if self.rng.random() < 0.2:
            (out, back), (on, off) = self.offer.ways[0], self.offer.beyond
            return [flights[out], flights[on], flights[off], flights[back]]
        return [flights[timetable] for timetable in self.rng.choice(self.offer.ways)
                if timetable in flights]  # fmt: skip

    def _book(self, wave: int, fate: str) -> Trip:
        rng, store = self.rng, self.store
        flights = self._itinerary(wave)
        if not flights:
            raise Refused("That way is not flown in this wave")
        traveller = rng.choice(self.people)
        trip = Trip.make(
            store,
            traveller=traveller,
            purpose=rng.choice(POOLS["purposes"]),
            leaves_on=flights[0].day - dt.timedelta(days=rng.randint(0, 1)),
            returns_on=flights[-1].arrival_day + dt.timedelta(days=rng.randint(0, 2)),
        )
        fare_family = "Flex" if fate == "Changed" else rng.choice(FARES[:2] * 3 + FARES[2:])
        for flight in flights[: rng.choice((1, 2)) if fate == "Draft" else None]:
            Segment.make(store, trip=trip, flight=flight, fare_family=fare_family)
            self._permit(traveller, flight)
        if rng.random() < 0.6:
            self._stay(trip, flights)
        trip.check()
        if fate != "Draft":
            if policy.findings(trip):
                trip.justification = rng.choice(POOLS["justifications"])
            self._advance(trip, fate)
        return trip

    def _permit(self, traveller: Traveller, flight: Flight) -> None:
        """Gets a visa, if the way asks for one."""
        country = flight.destination.country
        missing = not Visa.every(self.store, traveller=traveller, country=country)
        if flight.abroad and country in TOLD["visas"] and missing and self.rng.random() < 0.9:
            self._visa(traveller, country)

    def _stay(self, trip: Trip, flights: list[Flight]) -> None:
        arrival = flights[len(flights) // 2 - 1]
        for hotel in self.hotels:
            if hotel.airport == arrival.destination:
                nights = (flights[len(flights) // 2].day - arrival.arrival_day).days
                if nights > 0:
                    Stay.make(
                        self.store, trip=trip, hotel=hotel, check_in=arrival.arrival_day,
                        nights=nights,
                    )  # fmt: skip
                return

    def _advance(self, trip: Trip, fate: str) -> None:
        """Runs the actions that bring a trip to its fate."""
        rng = self.rng
        trip.request()
        if fate == "Rejected":
            trip.reject(rng.choice(POOLS["rejections"]))
        if fate in ("Requested", "Rejected"):
            return
        trip.approve()
        if fate == "Approved":
            return
        trip.ticket()
        for segment in trip.segments():
            if rng.random() < 0.6:
                free = [
                    seat
                    for seat in CABINS[cabin(segment.fare_family)]
                    if seat not in segment.flight.occupied()
                ]
                segment.assign_seat(rng.choice(free))
        if fate == "Cancelled":
            trip.cancel()
        if fate == "Changed":
            self._change(trip.segments()[0])

    def _change(self, segment: Segment) -> None:
        """Moves a segment to another flight of its way, or gives it up where there is none."""
        for wave in self.offer.waves[1:]:
            for flight in wave.values():
                if attempt(self.store, lambda f=flight: segment.change_flight(f) or True):
                    return
        segment.cancel()

    def _wide_draft(self) -> None:
        """Makes a trip that nothing is booked for yet, with room for any flight."""
        first = self.today + dt.timedelta(days=self.rng.randint(1, 2))
        Trip.make(
            self.store,
            traveller=self.rng.choice(self.people),
            purpose=self.rng.choice(POOLS["purposes"]),
            leaves_on=first,
            returns_on=first + dt.timedelta(days=self.rng.randint(28, 40)),
        )

    def _trouble(self) -> None:
        """Lets the airlines cancel a flight and delay two, and settles the first disruption."""
        tickets = [s.flight for s in Segment.every(self.store, status="Ticketed")]
        flights = self.rng.sample(list(dict.fromkeys(f for f in tickets if f.flying)), 3)
        for flight in flights[1:]:
            flight.delay(self.rng.choice((40, 90, 200, 260)))
        flights[0].cancel()
        first, *_ = Disruption.every(self.store, status="Open")
        if self.rng.random() < 0.5:
            first.refund()
        elif self.rng.random() < 0.5:
            first.escalate()

    def report(self, trip: Trip) -> None:
        """Reports the expenses of a trip that has flown, and brings the report somewhere."""
        rng, store = self.rng, self.store
        report = ExpenseReport.make(store, trip=trip)
        for _ in range(rng.randint(1, 3)):
            amount = int(6_00 * 40 ** rng.random()) // 10 * 10
            category = rng.choice(("Taxi", "Meals", "Parking", "Internet", "Laundry", "Luggage"))
            days = rng.randint(0, (trip.returns_on - trip.leaves_on).days)
            ExpenseLine.make(
                store,
                report=report,
                category=category,
                spent_on=trip.leaves_on + dt.timedelta(days=days),
                amount=amount,
                receipt=f"RN-{rng.randint(1000, 9999)}" if amount >= 45_00 else None,
                guests=rng.randint(1, 4) if category == "Meals" else None,
            )
        report.check()
        fate = rng.choice(("Draft", "Submitted", "Submitted", "Rejected", "Approved", "Reimbursed"))
        if fate == "Draft":
            return
        report.submit()
        if fate == "Rejected":
            report.reject(rng.choice(POOLS["report_rejections"]))
        if fate in ("Approved", "Reimbursed"):
            report.approve()
        if fate == "Reimbursed":
            report.reimburse()
