"""The back office's queue: tickets that an airline's news have made worthless, to be settled."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.travel import policy, times
from palaestra.gyms.travel.network import Flight
from palaestra.gyms.travel.office import DESK, SAYS, app
from palaestra.gyms.travel.segments import Segment
from palaestra.kit import Record, Refused, action, choice, code, date, derived, document, ref, text
from palaestra.kit.fields import Attachment

WITHIN_DAYS = 2


def letter(segment: Segment, what: str) -> tuple[str, str]:
    """Writes what an airline sends about a ticket: the name of the attachment, and its text."""
    flight = segment.flight
    airline = flight.number[:2]
    lines = (
        f"From: operations@{airline.lower()}.example",
        f"Subject: {flight}, {flight.origin} to {flight.destination}",
        "Dear travel desk,",
        what,
        f"Passenger: {segment.trip.traveller}, fare {segment.fare_family}",
        f"Planned departure: {times.shown(flight.planned, flight.origin.zone)} local time",
        "Please rebook the passenger or ask for a refund.",
        f"{airline} operations control",
    )
    return f"notice-{airline.lower()}.eml", "\n".join(lines)


@app.record(key="number", seeds=(0, 0))
class Disruption(Record):
    """One ticket that cannot be flown as it was bought."""

    number: str = code("CASE-####")
    segment: Segment = ref(Segment, editable=False)
    traveller: str = derived(lambda case: str(case.segment.trip.traveller), shown_as=text())
    flight: str = derived(lambda case: str(case.segment.flight), shown_as=text())
    cause: str = choice("Cancelled flight", "Late flight", "Missed connection", editable=False)
    opened: dt.date = date(editable=False, label="Opened on")
    notice: Attachment = document(label="Airline's notice")
    priority: str = choice("Normal", "Urgent", editable=False)
    status: str = choice("Open", "Rebooked", "Refunded", "Kept", editable=False)

    def locked(self) -> str:
        return f"{self} is settled, never deleted (handbook, R21)"

    @action(
        "Rebook",
        when="Open",
        says=SAYS["rebook disruption"],
        by=DESK,
        flight=ref(Flight, active=lambda f: f.on_sale, label="New flight"),
    )
    def rebook(self, flight: Flight) -> None:
        old = self.segment.flight.planned
        if not old <= flight.departs <= old + dt.timedelta(days=WITHIN_DAYS):
            raise Refused(f"{flight} does not leave within {WITHIN_DAYS} days (handbook, R21)")
        self.segment.move(flight)
        self.status = "Rebooked"

    @action("Auto-rebook", when="Open", says=SAYS["auto-rebook disruption"], by=DESK)
    def auto_rebook(self) -> None:
        policy.first_that_fits(self.segment.flight.others(), self.rebook, "R21")

    @action("Refund", when="Open", says=SAYS["refund disruption"], by=DESK)
    def refund(self) -> None:
        self.segment.end(self.segment.cost())
        self.segment.trip.status = "Changed"
        self.segment.trip.settle()
        self.status = "Refunded"

    @action("Keep flight", when="Open", says=SAYS["keep flight"], by=DESK)
    def keep(self) -> None:
        if self.cause != "Late flight" or not self.segment.flight.flying:
            raise Refused(f"{self} is not about a flight that is only late (handbook, R21)")
        self.segment.status = "Ticketed"
        segments = self.segment.trip.segments()
        policy.require_times([s for s in segments if s.status != "Disrupted"])
        self.status = "Kept"

    @action(
        "Escalate",
        when=lambda case: (case.status, case.priority) == ("Open", "Normal"),
        says=SAYS["escalate disruption"],
        by=DESK,
    )
    def escalate(self) -> None:
        self.priority = "Urgent"
