"""The reports say what the books say, added up another way."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms.accounting.assets import Asset
from palaestra.gyms.accounting.ledger import Account, EntryLine
from palaestra.gyms.accounting.payables import Bill
from palaestra.gyms.accounting.receivables import Invoice
from palaestra.gyms.accounting.screens.reports import (
    ASSETS,
    BANDS,
    DAYS,
    PAYABLES,
    RECEIVABLES,
    TRIAL_BALANCE,
    aged,
)
from palaestra.kit import Session, Store
from palaestra.types import Action
from tests.gyms.accounting.desk import app


def cents(text: str) -> int:
    return round(float(text.replace(",", "")) * 100)


@pytest.mark.parametrize("seed", range(5))
def test_the_trial_balance_is_what_the_journal_moved(seed: int) -> None:
    store = Session(app, seed=seed).store
    lines = TRIAL_BALANCE.lines(store, {"Type": "All"})
    told = {name: cents(debit) - cents(credit) for _, name, debit, credit in lines}
    moved: dict[str, int] = {}
    for line in EntryLine.every(store):
        if line.entry.status != "Draft":
            sign = 1 if line.side == "Debit" else -1
            moved[str(line.account)] = moved.get(str(line.account), 0) + sign * line.amount
    assert told == {name: net for name, net in moved.items() if net}
    _, _, debits, credits_ = TRIAL_BALANCE.total(store, {"Type": "All"})
    assert debits == credits_ != "0.00"


def test_the_trial_balance_of_one_type_has_only_its_accounts(store: Store) -> None:
    lines = TRIAL_BALANCE.lines(store, {"Type": "Bank"})
    assert lines
    assert {Account.every(store, name=name)[0].kind for _, name, *_ in lines} == {"Bank"}


@pytest.mark.parametrize("day", DAYS)
def test_an_ageing_adds_up_to_what_is_open(store: Store, day: str) -> None:
    for report, open_ in (
        (PAYABLES, [b.left() for b in Bill.every(store, status="Approved")]),
        (RECEIVABLES, [i.left() for i in Invoice.every(store, status="Issued")]),
    ):
        lines = report.lines(store, {"As of": day})
        assert all(cents(line[-1]) == sum(map(cents, line[1:-1])) for line in lines)
        assert cents(report.total(store, {"As of": day})[-1]) == sum(open_) > 0


@given(
    due=st.lists(st.tuples(st.sampled_from("ab"), st.integers(-99, 99), st.integers(1, 999))),
)
def test_a_band_has_what_is_that_late(due: list[tuple[str, int, int]]) -> None:
    day = dt.date(2026, 6, 30)
    table = aged(((n, day - dt.timedelta(days=late), c) for n, late, c in due), day)
    for name, sums in table.items():
        mine = [(late, c) for n, late, c in due if n == name]
        ranges = ((-99, 0), (1, 30), (31, 60), (61, 99))
        assert sums[:-1] == [sum(c for x, c in mine if lo <= x <= hi) for lo, hi in ranges]
        assert sums[-1] == sum(c for _, c in mine)
        assert len(sums) == len(BANDS)


def test_the_asset_register_has_the_assets_in_use(store: Store) -> None:
    lines = ASSETS.lines(store, {"Method": "All"})
    assert [line[0] for line in lines] == [str(a) for a in Asset.every(store, status="In use")]
    for line in lines:
        cost, worn, book = map(cents, line[2:5])
        assert cost == worn + book


def test_the_reports_are_on_the_screens(store: Store) -> None:
    session = Session(app, seed=3)
    for report in (PAYABLES, RECEIVABLES, TRIAL_BALANCE, ASSETS):
        session.dispatch(Action("click", f"nav:{report.name}"))
        cells = [node.name for node in session.screen().walk() if node.role == "cell"]
        first = report.lines(store, report.chosen(session))[0]
        assert list(first) == cells[: len(first)]
