"""The office's past follows its own rules and fits on its screens."""

from __future__ import annotations

import pytest

from palaestra.gyms.accounting.ledger import (
    Period,
)
from palaestra.gyms.accounting.payables import Bill, Payment, Vendor
from palaestra.kit import Session
from tests.gyms.accounting.desk import (
    app,
    broken,
)


@pytest.mark.parametrize("seed", range(40))
def test_the_history_keeps_the_invariants_and_fits_on_a_screen(seed: int) -> None:
    store = Session(app, seed=seed).store
    assert broken(store) == []
    counts = {kind.cls: len(list(store.numbers(kind.index))) for kind in app.records}
    assert all(count <= 26 for kind, count in counts.items() if not kind.type.parent), counts
    assert counts[Period] == 6
    assert 8 <= counts[Vendor] <= 14
    assert 15 <= counts[Bill] <= 25
    assert {"Draft", "Submitted", "Approved", "Paid"} <= {b.status for b in Bill.every(store)}
    assert {p.status for p in Payment.every(store)} >= {"Void", "Cleared"}
    assert {"Open", "Closed"} == {p.status for p in Period.every(store)}
    for kind in app.records:
        labels = [kind.label(store, n) for n in store.numbers(kind.index)]
        assert len(labels) == len(set(labels))
    for bill in Bill.every(store):
        assert Bill.every(store, vendor=bill.vendor, invoice=bill.invoice) == [bill]


def test_different_seeds_make_different_histories() -> None:
    assert len({Session(app, seed=seed).digest() for seed in range(20)}) == 20
