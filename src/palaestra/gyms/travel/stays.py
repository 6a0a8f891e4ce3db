"""The hotel nights of a trip."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.travel.hotels import Hotel
from palaestra.gyms.travel.office import DESK, SAYS, app
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import (
    Record,
    Refused,
    action,
    choice,
    code,
    date,
    derived,
    money,
    quantity,
    ref,
)


@app.record(key="number", seeds=(0, 0))
class Stay(Record):
    """Some nights of a trip in one hotel."""

    number: str = code("STAY-####")
    trip: Trip = ref(Trip, owner=True)
    hotel: Hotel = ref(Hotel, active=lambda h: h.status == "Listed")
    check_in: dt.date = date(past=-5, ahead=45, label="Check-in")
    nights: int = quantity(1, 14)
    status: str = choice("Planned", "Booked", "Cancelled", editable=False)
    price: int = derived(lambda stay: stay.cost(), shown_as=money())
    charged: int | None = money(editable=False, required=False, listed=False)
    refunded: int = money(editable=False, default=0, listed=False)

    @property
    def leaves_on(self) -> dt.date:
        """Returns the day of check-out."""
        return self.check_in + dt.timedelta(days=self.nights)

    def cost(self) -> int:
        """Returns what was charged, or what it would cost now, in cents."""
        return self.hotel.rate * self.nights if self.charged is None else self.charged

    def check(self) -> None:
        cities = {segment.flight.destination.city for segment in self.trip.segments()}
        if self.hotel.airport.city not in cities or self.hotel.status == "Delisted":
            raise Refused(f"{self.hotel} is not a hotel for {self.trip} (handbook, R17)")
        self._require_dates()

    def _require_dates(self) -> None:
        if not self.trip.holds(self.check_in, self.leaves_on):
            raise Refused(f"{self} is not within the dates of {self.trip} (handbook, R6)")

    def book(self) -> None:
        """Pays for the nights.

        Raises:
            Refused: If the hotel has left the list.
        """
        if self.hotel.status == "Delisted":
            raise Refused(f"{self.hotel} is not on our list (handbook, R17)")
        self.status, self.charged = "Booked", self.cost()
        self.trip.charge("Hotel", self.cost(), str(self.hotel))

    def give_up(self) -> None:
        """Gives the nights back where that is still possible, for as much as the hotel allows."""
        if self.status == "Planned":
            self.status = "Cancelled"
        elif self.status == "Booked" and self.check_in > self.today:
            free = self.today <= self.check_in - dt.timedelta(days=self.hotel.free_days)
            kept = 0 if free else self.cost() // self.nights
            self.refunded = self.cost() - kept
            self.status = "Cancelled"
            self.trip.charge("Hotel refund", -self.refunded, str(self.hotel))

    @action(
        "Add nights",
        when="Booked",
        says=SAYS["prolong stay"],
        by=DESK,
        nights=quantity(1, 5, label="More nights"),
    )
    def prolong(self, nights: int) -> None:
        more = self.hotel.rate * nights
        self.charged = self.cost() + more
        self.nights += nights
        self._require_dates()
        self.trip.charge("Hotel", more, str(self.hotel))

    @action(
        "Cancel",
        when="Booked",
        confirm="The room is given back.",
        says=SAYS["cancel stay"],
        by=DESK,
    )
    def cancel(self) -> None:
        if self.check_in <= self.today:
            raise Refused(f"{self} has begun (handbook, R18)")
        self.give_up()
