"""The desk's past follows its own rules and fits on its screens."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.expenses import ExpenseReport
from palaestra.gyms.travel.network import Flight
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Session
from tests.gyms.office import broken
from tests.gyms.travel.desk import app


@pytest.mark.parametrize("seed", range(40))
def test_the_history_keeps_the_invariants_and_fits_on_a_screen(seed: int) -> None:
    store = Session(app, seed=seed).store
    assert broken(store) == []
    counts = {kind.name: len(list(store.numbers(kind.index))) for kind in app.records}
    assert 150 <= sum(counts.values()) <= 240, counts
    assert counts["airport"] == 6
    statuses = {trip.status for trip in Trip.every(store)}
    assert statuses >= {"Draft", "Requested", "Approved", "Ticketed", "Flown"}
    assert {s.status for s in Segment.every(store)} >= {"Planned", "Held", "Ticketed", "Flown"}
    assert {f.status for f in Flight.every(store)} >= {
        "Scheduled", "Delayed", "Cancelled", "Departed"
    }  # fmt: skip
    assert Disruption.every(store, status="Open")
    assert len(ExpenseReport.every(store)) >= 2
    for kind in app.records:
        labels = [kind.label(store, n) for n in store.numbers(kind.index)]
        assert len(labels) == len(set(labels))


def test_different_seeds_make_different_histories() -> None:
    assert len({Session(app, seed=seed).digest() for seed in range(20)}) == 20


def test_a_history_in_which_hardly_anything_is_booked() -> None:
    store = Session(app, seed=963189857).store
    assert broken(store) == []
    assert not Disruption.every(store)
