"""What an auditor would check: it holds in every state that the rules allow."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from palaestra.gyms.travel import policy, times
from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.expenses import ExpenseReport
from palaestra.gyms.travel.network import CABINS, FARES, Flight, cabin
from palaestra.gyms.travel.office import app
from palaestra.gyms.travel.people import Department
from palaestra.gyms.travel.segments import SEATED, Segment
from palaestra.gyms.travel.stays import Stay
from palaestra.gyms.travel.trips import Receipt, Trip
from palaestra.kit import Record, Store

PAID = ("Ticketed", "Disrupted", "Flown", "Cancelled")


def sums(pairs: Sequence[tuple[Record, int]]) -> Counter[Record]:
    """Adds up amounts in cents by record."""
    total: Counter[Record] = Counter()
    for record, cents in pairs:
        total[record] += cents
    return total


@app.invariant("No seat is assigned twice, none that others bought, and each is in its cabin.")
def seats_once(store: Store) -> list[str]:
    segments = [s for s in Segment.every(store) if s.seat]
    seated = [(s.flight, s.seat) for s in segments]
    twice = [f"{flight} {seat}" for (flight, seat), n in Counter(seated).items() if n > 1]
    sold = [f"{flight} {seat}" for flight, seat in seated if seat in flight.taken_seats()]
    wrong = [
        str(s)
        for s in Segment.every(store)
        if s.seat and s.seat not in CABINS[cabin(s.fare_family)]
    ]
    return twice + sold + wrong


@app.invariant("The seats left in a cabin are its seats less those sold elsewhere and those taken.")
def seats_add_up(store: Store) -> list[str]:
    taken = Counter(
        (s.flight, cabin(s.fare_family)) for s in Segment.every(store) if s.status in SEATED
    )
    wrong = []
    for flight in Flight.every(store):
        for fare_family in FARES[1:]:
            name = cabin(fare_family)
            elsewhere = sum(seat in CABINS[name] for seat in flight.taken_seats())
            left = len(CABINS[name]) - elsewhere - taken[flight, name]
            if flight.left(fare_family) != left or left < 0:
                wrong.append(f"{flight} {name}: {flight.left(fare_family)} and not {left}")
    return wrong


@app.invariant("What a trip has paid is its fares and fees and nights, less what came back.")
def paid_for_something(store: Store) -> list[str]:
    flights = [
        (s.trip, (s.fare or 0) + s.fees - s.refunded)
        for s in Segment.every(store)
        if s.status in PAID
    ]
    nights = [(s.trip, (s.charged or 0) - s.refunded) for s in Stay.every(store)]
    total = sums(flights + nights)
    return [f"{t}: {t.paid} and {total[t]}" for t in Trip.every(store) if t.paid != total[t]]


@app.invariant("What a trip has paid, and a department spent, is the sum of its receipts.")
def receipts_agree(store: Store) -> list[str]:
    receipts = Receipt.every(store)
    trips = sums([(r.trip, r.amount) for r in receipts if r.kind != "Reimbursement"])
    departments = sums([(r.department, r.amount) for r in receipts])
    wrong = [str(t) for t in Trip.every(store) if t.paid != trips[t]]
    return wrong + [str(d) for d in Department.every(store) if d.spent != departments[d]]


@app.invariant(
    "A ticket has flown exactly if its flight departed, and no cancelled trip has flown."
)
def flown_is_flown(store: Store) -> list[str]:
    segments = Segment.every(store)
    wrong = [s for s in segments if s.status == "Flown" and s.flight.status != "Departed"]
    wrong += [s for s in segments if s.status in ("Ticketed", "Disrupted")
              and s.flight.status == "Departed"]  # fmt: skip
    wrong += [s for s in segments if s.status == "Ticketed" and not s.flight.flying]
    wrong += [s for s in segments if s.status == "Flown" and s.trip.status == "Cancelled"]
    return [str(segment) for segment in wrong]


@app.invariant("Segments are as far as their trip is.")
def statuses_fit(store: Store) -> list[str]:
    fitting = {
        "Draft": {"Planned"},
        "Rejected": {"Planned"},
        "Requested": {"Held"},
        "Approved": {"Held"},
        "Ticketed": {"Ticketed", "Disrupted", "Flown"},
        "Changed": {"Ticketed", "Disrupted", "Flown", "Cancelled"},
        "Cancelled": {"Cancelled"},
        "Flown": {"Flown", "Cancelled"},
    }
    return [
        f"{s} is {s.status}, {s.trip} {s.trip.status}"
        for s in Segment.every(store)
        if s.status not in fitting[s.trip.status]
    ]


@app.invariant("Flights keep to their timetable, later where they are delayed.")
def times_consistent(store: Store) -> list[str]:
    return [
        str(f)
        for f in Flight.every(store)
        if times.minutes_between(f.departs, f.arrives) != f.timetable.minutes
        or f.departs < f.planned
        or f.planned != f.timetable.leaves_on(dt.date.fromisoformat(str(f).split()[1]))
        or (f.status == "Scheduled" and f.departs != f.planned)
    ]


@app.invariant("The tickets of a trip connect: each leaves 45 minutes after the one before it.")
def tickets_connect(store: Store) -> list[str]:
    tickets: dict[Record, list[Segment]] = {}
    for segment in Segment.every(store, status="Ticketed"):
        tickets.setdefault(segment.trip, []).append(segment)
    return [
        str(after)
        for segments in tickets.values()
        for one, after in pairwise(policy.in_order(segments))
        if not policy.follows(one, after)
    ]


@app.invariant("Every disrupted ticket has one open disruption, and the others have none.")
def disruptions_open(store: Store) -> list[str]:
    opened = Counter(case.segment for case in Disruption.every(store, status="Open"))
    disrupted = Counter(Segment.every(store, status="Disrupted"))
    return [str(s) for s in (opened | disrupted) if opened[s] != disrupted[s]]


@app.invariant("A trip is reported once, after it has flown, and what was paid back is the report.")
def reported_once(store: Store) -> list[str]:
    reports = ExpenseReport.every(store)
    times_reported = Counter(report.trip for report in reports)
    wrong = [str(r) for r in reports if times_reported[r.trip] > 1 or r.trip.status != "Flown"]
    back = sums([(r.trip, r.amount) for r in Receipt.every(store, kind="Reimbursement")])
    owed = sums([(r.trip, r.total) for r in reports if r.status == "Reimbursed"])
    return wrong + [str(trip) for trip in {**back, **owed} if back[trip] != owed[trip]]
