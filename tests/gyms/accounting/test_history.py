"""The office's past follows its own rules and fits on its screens."""

from __future__ import annotations

import pytest

from palaestra.gyms.accounting.assets import Asset
from palaestra.gyms.accounting.bank import BankLine
from palaestra.gyms.accounting.inbox import Document
from palaestra.gyms.accounting.ledger import (
    Period,
)
from palaestra.gyms.accounting.orders import PurchaseOrder
from palaestra.gyms.accounting.payables import Bill, Payment
from palaestra.gyms.accounting.receivables import Invoice
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Session
from tests.gyms.accounting.desk import app
from tests.gyms.office import broken


@pytest.mark.parametrize("seed", range(40))
def test_the_history_keeps_the_invariants_and_fits_on_a_screen(seed: int) -> None:
    store = Session(app, seed=seed).store
    assert broken(store) == []
    counts = {kind.cls: len(list(store.numbers(kind.index))) for kind in app.records}
    assert sum(counts.values()) <= 320
    assert counts[Period] == 6
    assert 5 <= counts[Vendor] <= 6
    assert 8 <= counts[Bill] <= 10
    assert {"Draft", "Submitted", "Approved", "Paid"} <= {b.status for b in Bill.every(store)}
    assert {"Draft", "Issued", "Paid", "Written off"} <= {i.status for i in Invoice.every(store)}
    assert {p.status for p in Payment.every(store)} >= {"Void"}
    assert {"Open", "Closed"} == {p.status for p in Period.every(store)}
    assert {"New", "Entered"} < {d.status for d in Document.every(store)}
    assert {"Draft", "In use"} == {a.status for a in Asset.every(store)}
    assert {"Open", "Excluded"} <= {line.status for line in BankLine.every(store)}
    assert PurchaseOrder.every(store)
    for kind in app.records:
        labels = [kind.label(store, n) for n in store.numbers(kind.index)]
        assert len(labels) == len(set(labels))
    for bill in Bill.every(store):
        assert Bill.every(store, vendor=bill.vendor, invoice=bill.invoice) == [bill]


def test_different_seeds_make_different_histories() -> None:
    assert len({Session(app, seed=seed).digest() for seed in range(20)}) == 20


@pytest.mark.parametrize("seed", [0, 7])
def test_a_large_office_keeps_the_invariants_too(seed: int) -> None:
    store = Session(app, seed=seed, size=3_000).store
    assert broken(store) == []
    number = sum(len(list(store.numbers(kind.index))) for kind in app.records)
    assert 2_400 <= number <= 3_600
    for kind in app.records:
        labels = [kind.label(store, n) for n in store.numbers(kind.index)]
        assert len(labels) == len(set(labels))
