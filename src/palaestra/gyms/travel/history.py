"""The records that the desk starts with: a past made by running its own rules.

A larger `scale` puts more desks of the same kind side by side, so that the work grows as the
records do.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from palaestra.gyms.travel import policy
from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.expenses import ExpenseLine, ExpenseReport
from palaestra.gyms.travel.hotels import NAMES, Hotel
from palaestra.gyms.travel.network import CABINS, FARES, Flight, cabin
from palaestra.gyms.travel.offers import FLIGHT_NUMBERS, PAST_WAVE, Offer, offer
from palaestra.gyms.travel.office import POOLS, TOLD, app
from palaestra.gyms.travel.people import Department, Traveller, Visa
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.stays import Stay
from palaestra.gyms.travel.trips import BOUGHT, Trip
from palaestra.kit import Refused, Store
from palaestra.kit.seeding import Faker

T = TypeVar("T")

BEFORE_DAYS = 32
"""How long ago the desk booked what has flown by now."""
TRIES = 10
FATES = (
    "Draft", "Draft", "Requested", "Requested", "Requested", "Rejected", "Approved",
    "Approved", "Ticketed", "Ticketed", "Ticketed", "Ticketed", "Changed", "Cancelled",
)  # fmt: skip


@app.seeding
def past(store: Store, rng: random.Random) -> None:
    """Opens one desk, or several."""
    desks = max(1, round(getattr(store, "scale", 1.0)))
    needed = desks * FLIGHT_NUMBERS
    numbers = rng.sample(range(100, 100 + max(9_900, needed)), needed)
    for desk in range(desks):
        Desk(store, rng, offer(store, rng, numbers), f" {desk + 1}" if desk else "").work()


def attempt(store: Store, what: Callable[[], T]) -> T | None:
    """Does something if the rules allow it; None, and nothing changed, if they do not."""
    before = store.snapshot()
    try:
        return what()
    except Refused:
        store.restore(before)
        return None


class Desk:
    """One travel desk: its hub, its people, and its last month.

    Attributes:
        tail: What follows the names of its departments and hotels, so that no two desks share one.
        tickets: What it has sold for flights to come.
    """

    def __init__(self, store: Store, rng: random.Random, made: Offer, tail: str) -> None:
        self.store, self.rng, self.offer, self.tail = store, rng, made, tail
        self.tickets: list[Segment] = []
        self.today = store.today
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
            trip = self.book(self.rng.randrange(1, len(self.offer.waves)), fate)
            if trip and trip.status in BOUGHT:
                self.tickets += trip.segments()
        for _ in range(2):
            self._wide_draft()
        self._trouble()
        self.rng.choice(self.people).suspend(self.rng.choice(POOLS["suspensions"]))
        attempt(self.store, self.hotels[-1].delist)

    def _people(self) -> list[Traveller]:
        rng, store = self.rng, self.store
        departments = [
            Department.make(
                store,
                name=f"{name}{self.tail}",
                head=self._person(),
                budget=rng.randrange(12_000_00, 40_000_00, 500_00),
            )
            for name in rng.sample(POOLS["departments"], 4)
        ]
        return [self._traveller(rng.choice(departments)) for _ in range(9)]

    def _person(self) -> str:
        """Makes up a name that no traveller has."""
        while True:
            first, last = self.faker.text("person"), self.faker.text("person")
            name = f"{first.split()[0]} {last.split()[-1]}"
            if not Traveller.every(self.store, name=name):
                return name

    def _traveller(self, department: Department) -> Traveller:
        rng, name = self.rng, self._person()
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
        cities = [way[0].destination for way in (*self.offer.ways[:4], self.offer.beyond)]
        near = [*cities, rng.choice(cities), rng.choice(cities)]
        return [
            Hotel.make(
                store,
                name=f"{name}{self.tail}",
                airport=airport,
                stars=rng.randint(2, 5),
                rate=rng.randrange(70_00, 260_00, 5_00),
                free_days=rng.choice((1, 2, 3, 7)),
            )
            for name, airport in zip(rng.sample(NAMES, len(near)), near, strict=True)
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
                occupied, seats = segment.flight.occupied(), CABINS[cabin(segment.fare_family)]
                free = [seat for seat in seats if seat not in occupied]
                segment.assign_seat(rng.choice(free))
        if fate == "Cancelled":
            trip.cancel()
        if fate == "Changed":
            self._change(trip.segments()[0])

    def _change(self, segment: Segment) -> None:
        """Moves a segment to another flight of its way, or gives it up where there is none."""
        for flight in segment.flight.others():
            if attempt(self.store, partial(self._changed, segment, flight)):
                return
        segment.cancel()

    def _changed(self, segment: Segment, flight: Flight) -> Segment:
        segment.change_flight(flight)
        return segment

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
        """Lets the airlines cancel a flight and delay others, and deals with some of it.

        Nothing happens where fewer than two are booked: in one world of some hundred thousand.
        """
        flights = list(dict.fromkeys(s.flight for s in self.tickets if s.status == "Ticketed"))
        if len(flights) < 2:
            return
        cancelled, late, *others = self.rng.sample(flights, min(len(flights), 4))
        late.delay(self.rng.choice((190, 240, 315)))
        for flight in others:
            flight.delay(self.rng.choice((25, 40, 90)))
        cancelled.cancel()
        cases = [
            case
            for segment in self.tickets
            for case in Disruption.every(self.store, segment=segment, status="Open")
        ]
        if self.rng.random() < 0.3:
            cases.pop().refund()
        if self.rng.random() < 0.5:
            cases.pop().escalate()

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
