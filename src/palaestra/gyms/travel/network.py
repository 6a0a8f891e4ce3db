"""What the airlines offer: airports, timetables, and the flights with their seats and fares.

Who flies is in `trips.py`; the airlines' news reach it through `Flight.booked`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from palaestra.gyms.travel import times
from palaestra.gyms.travel.office import DESK, SAYS, app
from palaestra.kit import (
    Record,
    Refused,
    action,
    choice,
    date,
    derived,
    moment,
    money,
    quantity,
    ref,
    text,
)

if TYPE_CHECKING:
    from palaestra.gyms.travel.segments import Segment

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FARES = ("Light", "Flex", "Business")
TENTHS = {"Light": 10, "Flex": 14, "Business": 25}
"""What a fare costs in tenths of the Light fare."""
CABINS = {
    "Business": tuple(f"{row}{letter}" for row in (1, 2) for letter in "ACDF"),
    "Economy": tuple(f"{row}{letter}" for row in range(3, 9) for letter in "ABCDEF"),
}
SEATS = tuple(seat for seats in CABINS.values() for seat in seats)
LATE = 180
"""Minutes; a flight as late as this is a disruption."""


def cabin(fare_family: str) -> str:
    """Returns the cabin that a fare sits in."""
    return "Business" if fare_family == "Business" else "Economy"


class Published(Record):
    """What the airlines publish: nobody at the desk edits or deletes it."""

    def locked(self) -> str:
        return f"{self} is published by the airlines and stays (handbook, R1)"


@app.record(key="code", seeds=(0, 0))
class Airport(Published):
    """Where flights leave and arrive."""

    code: str = text(editable=False, label="IATA code")
    city: str = text(editable=False)
    country: str = text(editable=False)
    zone: str = text(editable=False, label="Time zone")


@app.record(key="number", seeds=(0, 0))
class Timetable(Published):
    """A flight number: where, when and on which weekdays it flies."""

    number: str = text(editable=False, label="Flight number")
    origin: Airport = ref(Airport, editable=False, label="From")
    destination: Airport = ref(Airport, editable=False, label="To")
    leaves_at: str = text(editable=False, label="Local departure")
    days: str = text(editable=False, label="Weekdays")
    minutes: int = quantity(editable=False, label="Flying time in minutes")
    distance: int = quantity(editable=False, label="Distance in km")
    fare: int = money(editable=False, label="Light fare")

    def flies_on(self, day: dt.date) -> bool:
        """Says whether the flight number flies on a date's weekday."""
        return DAYS[day.weekday()] in self.days.split()

    def leaves_on(self, day: dt.date) -> dt.datetime:
        """Returns the instant of the departure on a local date."""
        return times.instant(day, self.leaves_at, self.origin.zone)

    def dated(self, day: dt.date, taken: str = "") -> Flight:
        """Makes the flight of a day; `taken` are the seats that others have bought."""
        departs = self.leaves_on(day)
        gone = taken.split()
        return self.create(
            Flight,
            number=f"{self} {day}",
            timetable=self,
            origin=self.origin,
            destination=self.destination,
            planned=departs,
            departs=departs,
            arrives=departs + dt.timedelta(minutes=self.minutes),
            fare=self.fare,
            taken=taken,
            business_left=len(CABINS["Business"]) - sum(s in CABINS["Business"] for s in gone),
            economy_left=len(CABINS["Economy"]) - sum(s in CABINS["Economy"] for s in gone),
        )

    @action("Add flight", says=SAYS["add flight"], by=DESK, day=date(past=0, ahead=45))
    def add_flight(self, day: dt.date) -> None:
        if day <= self.today or not self.flies_on(day):
            raise Refused(f"{self} has no flight to add on {day} (handbook, R2)")
        if self.find(Flight, number=f"{self} {day}"):
            raise Refused(f"{self} flies on {day} already (handbook, R2)")
        self.dated(day)


@app.record(key="number", seeds=(0, 0))
class Flight(Published):
    """One flight number on one day."""

    number: str = text(editable=False, label="Flight")
    timetable: Timetable = ref(Timetable, editable=False, listed=False)
    origin: Airport = ref(Airport, editable=False, label="From")
    destination: Airport = ref(Airport, editable=False, label="To")
    planned: dt.datetime = moment(
        editable=False, listed=False, zone="UTC", label="Planned departure in UTC"
    )
    departs: dt.datetime = moment(
        editable=False, listed=False, zone="UTC", label="Departure in UTC"
    )
    arrives: dt.datetime = moment(editable=False, listed=False, zone="UTC", label="Arrival in UTC")
    leaves: str = derived(
        lambda f: times.shown(f.departs, f.origin.zone), shown_as=text(), label="Departure"
    )
    lands: str = derived(
        lambda f: times.shown(f.arrives, f.destination.zone), shown_as=text(), label="Arrival"
    )
    day: dt.date = derived(
        lambda f: times.day_of(f.departs, f.origin.zone),
        shown_as=date(),
        listed=False,
        label="Departure day",
    )
    fare: int = money(editable=False, label="Light fare")
    economy_left: int = quantity(editable=False, label="Economy seats left")
    business_left: int = quantity(editable=False, label="Business seats left")
    taken: str | None = text(
        editable=False, required=False, listed=False, label="Seats sold elsewhere"
    )
    status: str = choice("Scheduled", "Delayed", "Cancelled", "Departed", editable=False)

    @property
    def arrival_day(self) -> dt.date:
        """Returns the local date of the arrival."""
        return times.day_of(self.arrives, self.destination.zone)

    @property
    def flying(self) -> bool:
        """Says whether the flight is still to come."""
        return self.status in ("Scheduled", "Delayed")

    @property
    def on_sale(self) -> bool:
        """Says whether seats are sold."""
        return self.flying and self.day > self.today

    @property
    def abroad(self) -> bool:
        """Says whether the flight crosses a border."""
        return bool(self.origin.country != self.destination.country)

    def price(self, fare_family: str) -> int:
        """Returns what a fare costs, in cents."""
        return self.fare * TENTHS[fare_family] // 10

    def left(self, fare_family: str) -> int:
        """Returns how many seats a fare's cabin has left."""
        return self.business_left if cabin(fare_family) == "Business" else self.economy_left

    def sell(self, fare_family: str) -> None:
        """Takes a seat out of a fare's cabin.

        Raises:
            Refused: If the flight is not on sale or the cabin is full.
        """
        if not self.on_sale:
            raise Refused(f"{self} is not on sale (handbook, R3)")
        if self.left(fare_family) < 1:
            raise Refused(f"{self} has no seat left in {cabin(fare_family)} (handbook, R4)")
        self._count(fare_family, -1)

    def give_back(self, fare_family: str) -> None:
        """Puts a seat back into a fare's cabin."""
        self._count(fare_family, 1)

    def _count(self, fare_family: str, seats: int) -> None:
        if cabin(fare_family) == "Business":
            self.business_left += seats
        else:
            self.economy_left += seats

    def occupied(self) -> set[str]:
        """Returns the seats that are somebody's."""
        seated = {segment.seat for segment in self.booked("Ticketed", "Disrupted", "Flown")}
        return {*self.taken_seats(), *filter(None, seated)}

    def taken_seats(self) -> list[str]:
        """Returns the seats that others have bought."""
        return (self.taken or "").split()

    def others(self) -> list[Flight]:
        """Returns the other flights of the same way that are on sale, the earliest first."""
        same = self.find(Flight, origin=self.origin, destination=self.destination)
        return sorted((f for f in same if f.on_sale and f != self), key=lambda f: f.departs)

    def booked(self, *statuses: str) -> list[Segment]:
        """Returns the segments on this flight that are in one of some statuses."""
        from palaestra.gyms.travel.segments import Segment

        return [one for one in self.find(Segment, flight=self) if one.status in statuses]

    @action(
        "Set fare",
        when=("Scheduled", "Delayed"),
        says=SAYS["set fare"],
        by=DESK,
        fare=money(low=40, high=1_500, label="Light fare"),
    )
    def set_fare(self, fare: int) -> None:
        self.fare = fare

    @action(
        "Delay",
        when=("Scheduled", "Delayed"),
        says=SAYS["delay flight"],
        by=DESK,
        minutes=quantity(15, 720),
    )
    def delay(self, minutes: int) -> None:
        self.departs += dt.timedelta(minutes=minutes)
        self.arrives += dt.timedelta(minutes=minutes)
        self.status = "Delayed"
        late = times.minutes_between(self.planned, self.departs)
        for segment in self.booked("Ticketed"):
            if late >= LATE:
                segment.disrupt("Late flight", f"{self} leaves {late} minutes late.")
            for missed in segment.missed():
                missed.disrupt("Missed connection", f"{self} arrives too late for {missed.flight}.")

    @action("Cancel", when=("Scheduled", "Delayed"), says=SAYS["cancel flight"], by=DESK)
    def cancel(self) -> None:
        self.status = "Cancelled"
        for segment in self.booked("Ticketed"):
            segment.disrupt("Cancelled flight", f"{self} has been cancelled by the airline.")

    @action("Depart", when=("Scheduled", "Delayed"), says=SAYS["depart flight"], by=DESK)
    def depart(self) -> None:
        if self.day > self.today:
            raise Refused(f"{self} leaves on {self.day} only (handbook, R20)")
        if waiting := self.booked("Disrupted"):
            raise Refused(f"{waiting[0]} on {self} has an open disruption (handbook, R20)")
        self.status = "Departed"
        for segment in self.booked("Ticketed"):
            segment.fly()
