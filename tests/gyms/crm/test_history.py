"""The office's past follows its own rules, at any size."""

from __future__ import annotations

from collections import Counter

import pytest

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import Case
from palaestra.gyms.crm.leads import Campaign, Lead
from palaestra.gyms.crm.sales import STAGES, Opportunity
from palaestra.gyms.crm.users import User
from palaestra.kit import Session
from tests.gyms.crm.desk import app
from tests.gyms.office import broken


@pytest.mark.parametrize("seed", range(30))
def test_the_history_keeps_the_invariants(seed: int) -> None:
    store = Session(app, seed=seed).store
    assert broken(store) == []
    counts = {kind.cls: len(list(store.numbers(kind.index))) for kind in app.records}
    assert 60 <= sum(counts.values()) <= 160, counts
    assert all(counts.values()), counts
    assert {*STAGES, "Won", "Lost"} == {one.stage for one in Opportunity.every(store)}
    assert {"New", "Qualified", "Converted"} <= {lead.status for lead in Lead.every(store)}
    assert {"Planned", "Running"} <= {one.status for one in Campaign.every(store)}
    assert set(app.roles) == {one.role for one in User.every(store, status="Active")}
    for kind in app.records:
        labels = Counter(kind.label(store, n) for n in store.numbers(kind.index))
        assert max(labels.values()) == 1
    for record in (Activity, Case):
        assert all(one.owner is None or one.owner.status == "Active" for one in record.every(store))


def test_different_seeds_make_different_histories() -> None:
    assert len({Session(app, seed=seed).digest() for seed in range(20)}) == 20


def test_a_large_history_keeps_the_invariants_too() -> None:
    store = Session(app, seed=1, size=3_000).store
    assert broken(store) == []
    assert 2_000 <= sum(len(store.numbers(kind.index)) for kind in app.records) <= 4_000
    for kind in app.records:
        labels = Counter(kind.label(store, n) for n in store.numbers(kind.index))
        assert max(labels.values()) == 1
