"""The flights of a trip: planned, held, ticketed, changed, given back, flown.

What an airline's trouble makes of them is settled in `disruptions.py`.
"""

from __future__ import annotations

from palaestra.gyms.travel import policy
from palaestra.gyms.travel.network import CABINS, FARES, SEATS, Flight, cabin
from palaestra.gyms.travel.office import DESK, SAYS, TOLD, app
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Record, Refused, action, choice, code, derived, money, ref, text

CHANGE_FEE = {"Flex": 70_00, "Business": 0}
REFUND_FEE = {"Flex": 90_00, "Business": 0}
"""Cents, by the fares that may be changed and paid back at all."""
SEATED = ("Held", "Ticketed", "Disrupted", "Flown")
"""What a segment is while it takes a seat of its flight."""


@app.record(key="number", seeds=(0, 0))
class Segment(Record):
    """One flight of a trip."""

    number: str = code("SEG-####")
    trip: Trip = ref(Trip, owner=True)
    flight: Flight = ref(Flight, active=lambda f: f.on_sale)
    fare_family: str = choice(*FARES, label="Fare")
    seat: str | None = text(editable=False, required=False)
    status: str = choice(
        "Planned", "Held", "Ticketed", "Disrupted", "Cancelled", "Flown", editable=False
    )
    price: int = derived(lambda segment: segment.cost(), shown_as=money())
    fare: int | None = money(editable=False, required=False, listed=False, label="Fixed price")
    fees: int = money(editable=False, default=0, listed=False)
    refunded: int = money(editable=False, default=0, listed=False)

    def cost(self) -> int:
        """Returns the price that was fixed, or what the flight costs now, in cents."""
        return self.flight.price(self.fare_family) if self.fare is None else self.fare

    def check(self) -> None:
        self.require_sold()
        policy.require_connections(self.trip.segments())

    def require_sold(self) -> None:
        """Raises `Refused` where its flight is not to be had within the dates of the trip."""
        flight = self.flight
        if not flight.on_sale:
            raise Refused(f"{flight} is not on sale (handbook, R3)")
        if flight.left(self.fare_family) < 1:
            raise Refused(f"{flight} has no seat left in {cabin(self.fare_family)} (handbook, R4)")
        self._require_dates()

    def _require_dates(self) -> None:
        flight, trip = self.flight, self.trip
        if not trip.holds(flight.day, flight.arrival_day):
            raise Refused(f"{flight} is not within the dates of {trip} (handbook, R6)")

    def _require_unflown(self) -> None:
        if self.flight.day <= self.today:
            raise Refused(f"{self.flight} leaves today or has left (handbook, R16)")

    def hold(self) -> None:
        """Takes a seat of the cabin and fixes the price."""
        self.flight.sell(self.fare_family)
        self.fare, self.status = self.cost(), "Held"

    def release(self, status: str) -> None:
        """Gives the seat back before anything was paid."""
        self.flight.give_back(self.fare_family)
        self.fare = self.seat = None
        self.status = status

    def buy(self) -> None:
        """Pays the fare.

        Raises:
            Refused: If the flight is no longer on sale.
        """
        if not self.flight.on_sale:
            raise Refused(f"{self.flight} is not on sale (handbook, R3)")
        self.status = "Ticketed"
        self.trip.charge("Fare", self.cost(), str(self.flight))

    def give_up(self) -> None:
        """Gives the flight back, for as much money as the fare allows.

        Raises:
            Refused: If it leaves today or has left.
        """
        if self.status == "Held":
            self.release("Cancelled")
        elif self.status == "Ticketed":
            self._require_unflown()
            fee = REFUND_FEE.get(self.fare_family)
            self.end(0 if fee is None else max(0, self.cost() - fee))

    def end(self, refund: int) -> None:
        """Gives up a seat that was paid, and gets some cents back for it."""
        self.flight.give_back(self.fare_family)
        self.seat, self.status = None, "Cancelled"
        self.refunded += refund
        self.trip.charge("Refund", -refund, str(self.flight))

    def fly(self) -> None:
        """Takes note that it has flown."""
        self.status = "Flown"
        self.trip.settle()

    def disrupt(self, cause: str, what: str) -> None:
        """Opens a disruption, with a letter that says what happened."""
        from palaestra.gyms.travel.disruptions import Disruption, letter

        self.status = "Disrupted"
        notice = letter(self, what)
        self.create(Disruption, segment=self, cause=cause, opened=self.today, notice=notice)

    def missed(self) -> list[Segment]:
        """Returns the later tickets of the trip that this segment arrives too late for."""
        order = policy.in_order(self.trip.segments())
        later = order[order.index(self) + 1 :]
        return [s for s in later if s.status == "Ticketed" and not policy.follows(self, s)]

    def move(self, flight: Flight) -> None:
        """Takes a seat on another flight in place of the old one, in the same cabin.

        Raises:
            Refused: If that flight does not fit the trip.
        """
        old = self.flight
        if (flight.origin, flight.destination) != (old.origin, old.destination) or flight == old:
            raise Refused(f"{flight} is not another flight of the same way (handbook, R14)")
        order = policy.in_order(self.trip.segments())
        flight.sell(self.fare_family)
        old.give_back(self.fare_family)
        self.flight, self.seat, self.status = flight, None, "Ticketed"
        if policy.in_order(self.trip.segments()) != order:
            raise Refused(f"{flight} would change the order of {self.trip} (handbook, R5)")
        policy.require_times([s for s in order if s.status != "Disrupted"])
        self.trip.status = "Changed"

    @action(
        "Assign seat",
        when="Ticketed",
        says=SAYS["assign seat"],
        seat=text(SEATS, pattern=r"\d{1,2}[A-Z]"),
    )
    def assign_seat(self, seat: str) -> None:
        if seat not in CABINS[cabin(self.fare_family)]:
            raise Refused(f"{seat} is not in {cabin(self.fare_family)} (handbook, R19)")
        if seat in self.flight.occupied():
            raise Refused(f"{seat} on {self.flight} is taken (handbook, R19)")
        self.seat = seat

    @action("Release seat", when=lambda s: bool(s.seat and s.status == "Ticketed"),
            says=SAYS["release seat"])  # fmt: skip
    def release_seat(self) -> None:
        self.seat = None

    @action(
        "Change flight",
        when="Ticketed",
        says=SAYS["change flight"],
        by=DESK,
        flight=ref(Flight, active=lambda f: f.on_sale, label="New flight"),
    )
    def change_flight(self, flight: Flight) -> None:
        fee = CHANGE_FEE.get(self.fare_family)
        if fee is None:
            raise Refused(f"{self} is a Light fare and cannot be changed (handbook, R13)")
        self._require_unflown()
        self.move(flight)
        self._require_dates()
        if self.trip.traveller.loyalty != "Gold":
            self.fees += fee
            self.trip.charge("Change fee", fee, str(self.flight))
        self._pay_up(flight.price(self.fare_family))

    @action("Later flight", when="Ticketed", says=SAYS["later flight"], by=DESK)
    def later_flight(self) -> None:
        if self.fare_family not in CHANGE_FEE:
            raise Refused(f"{self} is a Light fare and cannot be changed (handbook, R13)")
        self._require_unflown()
        later = [f for f in self.flight.others() if f.departs > self.flight.departs]
        policy.first_that_fits(later, self.change_flight, "R14")

    def _pay_up(self, price: int) -> None:
        """Pays what the new price is above the old one."""
        difference = max(0, price - self.cost())
        self.fare = self.cost() + difference
        self.trip.charge("Fare difference", difference, str(self.flight))

    @action(
        "Upgrade",
        when="Ticketed",
        says=SAYS["upgrade fare"],
        by=DESK,
        fare_family=choice("Flex", "Business", label="New fare"),
    )
    def upgrade(self, fare_family: str) -> None:
        if FARES.index(fare_family) <= FARES.index(self.fare_family):
            raise Refused(f"{self} has the fare {self.fare_family} already (handbook, R15)")
        self._require_unflown()
        short = self.flight.timetable.distance < TOLD["business_from"]
        if fare_family == "Business" and short and not self.trip.justification:
            raise Refused(f"{self.flight} is too short for Business (handbook, R11)")
        if cabin(fare_family) != cabin(self.fare_family):
            self.flight.sell(fare_family)
            self.flight.give_back(self.fare_family)
            self.seat = None
        self.fare_family = fare_family
        self._pay_up(self.flight.price(fare_family))

    @action(
        "Cancel",
        when="Ticketed",
        confirm="The seat is given back.",
        says=SAYS["cancel segment"],
        by=DESK,
    )
    def cancel(self) -> None:
        self.give_up()
        self.trip.status = "Changed"
        self.trip.settle()
