"""The desk under random play, and that every invariant can be broken."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.errors import InvalidAction
from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.expenses import ExpenseReport
from palaestra.gyms.travel.network import Flight
from palaestra.gyms.travel.people import Department
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.trips import Receipt, Trip
from palaestra.kit import Record, Refused, Session, Store
from palaestra.kit.seeding import Faker
from palaestra.testing.wanderer import Wanderer
from tests.gyms.office import broken, run
from tests.gyms.travel.desk import a_flight, app, pass_days, there_and_back, ticketed


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 50), data=st.data())
def test_bad_days_keep_the_invariants(seed: int, data: st.DataObject) -> None:
    """Weeks pass in which flights are late, cancelled or gone, and tickets move about."""
    store = Session(app, seed=seed).store
    store.user = app.roles[0]
    verbs = {
        Flight: ("delay", "cancel", "depart", "set_fare"),
        Segment: ("change_flight", "upgrade", "cancel", "assign_seat"),
        Disruption: ("rebook", "refund", "keep"),
        Trip: ("request", "approve", "ticket", "cancel", "withdraw"),
    }
    rng, faker = data.draw(st.randoms(use_true_random=False)), Faker(seed)
    for _ in range(60):
        if data.draw(st.integers(0, 9)) == 0:
            pass_days(store, data.draw(st.integers(1, 6)))
        cls = data.draw(st.sampled_from(list(verbs)))
        verb = data.draw(st.sampled_from(verbs[cls]))
        record = rng.choice(cls.every(store))
        params = cls.type.actions[verb].params
        values = {p.name: p.sample(rng, faker, store) for p in params}
        if "flight" in values:
            segment = record if isinstance(record, Segment) else record.segment
            values["flight"] = rng.choice(
                [f._id for f in Flight.every(store, destination=segment.flight.destination)]
            )
        try:
            run(record, verb, **values)
        except Refused:
            continue
        assert broken(store) == [], (record, verb, values)


def test_wandering_on_the_screens_keeps_the_invariants() -> None:
    done = 0
    for seed in range(8):
        session, wanderer = Session(app, seed=seed, skin=seed), Wanderer(seed)
        seen = 0
        for _ in range(250):
            if len(session._trail) > 15:
                session = Session(app, seed=seed, skin=seed)
                seen = 0
            with suppress(InvalidAction):
                session.dispatch(wanderer.action(session))
            if len(session.commands) > seen:
                seen = len(session.commands)
                done += 1
                assert broken(session.store) == [], session.commands[-1]
    assert done > 10


def test_every_invariant_can_be_broken(store: Store) -> None:
    """An invariant that nothing breaks would be no check; each is broken behind the rules' back."""
    flight, _ = flights = there_and_back(store)
    trip = ticketed(store, *flights)
    one, other = trip.segments()[0], ticketed(store, *flights).segments()[0]
    run(one, "assign_seat", seat="4C")
    onward = a_flight(store, "FRA-LHR", 20)
    missed = ticketed(store, onward).segments()[0]
    run(onward, "cancel")
    flown = Segment.every(store, status="Flown")[0]
    report = ExpenseReport.every(store)[0]
    breaking: list[tuple[str, Record, str, object]] = [
        ("No seat is assigned twice", other, "seat", "4C"),
        ("none that others bought", flight, "taken", "4C"),
        ("each is in its cabin", one, "seat", "1A"),
        ("seats left", flight, "economy_left", 0),
        ("has paid is its fares", one, "fees", 1),
        ("sum of its receipts", Receipt.every(store)[0], "amount", 1),
        ("sum of its receipts", Department.every(store)[0], "spent", 1),
        ("has flown exactly", flown.flight, "status", "Scheduled"),
        ("no cancelled trip has flown", flown.trip, "status", "Cancelled"),
        ("as far as their trip", trip, "status", "Draft"),
        ("keep to their timetable", flight, "arrives", flight.arrives + dt.timedelta(minutes=1)),
        ("keep to their timetable", flight, "status", "Scheduled"),
        ("keep to their timetable", flight.timetable, "leaves_at", "10:05"),
        ("tickets of a trip connect", flights[1], "departs", flight.departs),
        ("one open disruption", missed, "status", "Ticketed"),
        ("one open disruption", one, "status", "Disrupted"),
        ("after it has flown", report, "trip", trip),
        ("what was paid back", report, "status", "Reimbursed"),
    ]
    report.status = "Approved"
    for receipt in Receipt.every(store, trip=report.trip, kind="Reimbursement"):
        receipt.kind = "Refund"
    start = store.snapshot()
    reached = set()
    for words, record, field, value in breaking:
        if words == "keep to their timetable" and field == "status":
            flight.departs += dt.timedelta(minutes=1)
            flight.arrives += dt.timedelta(minutes=1)
        setattr(record, field, value)
        texts = [invariant.text for invariant in app.invariants if invariant.holds(store)]
        assert any(words in text for text in texts), (words, texts)
        reached |= set(texts)
        store.restore(start)
    assert reached == {invariant.text for invariant in app.invariants}
