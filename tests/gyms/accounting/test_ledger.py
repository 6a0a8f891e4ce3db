"""The rules of accounts, months and the journal, one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms.accounting.assets import DepreciationRun
from palaestra.gyms.accounting.bank import BankLine
from palaestra.gyms.accounting.ledger import (
    BY_RULE,
    CONTROL,
    DISPOSALS,
    Account,
    EntryLine,
    JournalEntry,
    Period,
    month,
)
from palaestra.gyms.accounting.payables import Bill
from palaestra.kit import Refused, Store
from tests.gyms.accounting.desk import a_bill, a_vendor, an_entry, named
from tests.gyms.office import broken, enter, run


def finish(store: Store, period: Period) -> None:
    """Gets what keeps a month open out of the way."""
    for one in period.unfinished():
        if isinstance(one, DepreciationRun):
            run(one, "delete")
        elif isinstance(one, BankLine):
            one.status = "Excluded"
        else:
            one.dated = store.clock.today


def test_an_entry_that_balances_is_posted(store: Store) -> None:
    before = named(store, "Rent").balance
    run(an_entry(store, Rent=900_00, Operating_account=-900_00), "post")
    assert named(store, "Rent").balance == before + 900_00
    assert broken(store) == []


@pytest.mark.parametrize(
    "amounts",
    [
        {},
        {"Rent": 100_00},
        {"Rent": 100_00, "Operating_account": -99_99},
        {"Rent": 50_00, "Travel": 50_00},
    ],
)
def test_r1_an_entry_that_does_not_balance_is_refused(
    store: Store, amounts: dict[str, int]
) -> None:
    entry = an_entry(store, **amounts)
    with pytest.raises(Refused, match="R1"):
        run(entry, "post")
    assert entry.status == "Draft"


def test_r2_nothing_is_dated_in_a_closed_month(store: Store) -> None:
    closed = Period.every(store, status="Closed")[0]
    for kind, values in (
        (JournalEntry, {"memo": "Late"}),
        (Bill, {"vendor": a_vendor(store), "invoice": "INV-1", "order": None}),
    ):
        with pytest.raises(Refused, match="R2"):
            enter(store, kind, dated=closed.ends, **values)
        with pytest.raises(Refused, match="R2"):
            enter(store, kind, dated=dt.date(2040, 1, 1), **values)
    with pytest.raises(Refused, match="R2"):
        run(a_bill(store), "update", dated=closed.starts)


def test_r2_a_draft_is_not_posted_into_a_closed_month(store: Store) -> None:
    entry = an_entry(store, Rent=1_00, Travel=-1_00)
    entry.dated = Period.every(store, status="Closed")[0].starts
    with pytest.raises(Refused, match="R2"):
        run(entry, "post")


def test_r9_months_close_in_order_when_they_are_over_and_finished(store: Store) -> None:
    run(Period.every(store, status="Closed")[-1], "reopen")
    first, *rest, current, following = Period.every(store, status="Open")
    assert rest
    for later in rest:
        finish(store, later)
        with pytest.raises(Refused, match=f"{first} has to be closed first"):
            run(later, "close")
    finish(store, first)
    bill = a_bill(store)
    bill.dated = first.ends
    with pytest.raises(Refused, match=f"{bill} in {first} is unfinished"):
        run(first, "close")
    run(bill, "delete")
    run(first, "close")
    assert (first.status, first.closed_at) == ("Closed", first.turnover)
    for period in (*rest, following):
        period.status = "Closed"
    with pytest.raises(Refused, match="not over yet"):
        run(current, "close")


@pytest.mark.parametrize("status", ["Submitted", "Rejected"])
def test_r9_bills_on_their_way_keep_a_month_open(store: Store, status: str) -> None:
    first = Period.every(store, status="Open")[0]
    finish(store, first)
    bill = a_bill(store, 50_00)
    bill.dated, bill.status = first.ends, status
    with pytest.raises(Refused, match=f"{bill} in {first} is unfinished"):
        run(first, "close")


def test_r9_the_last_month_closed_is_the_first_reopened(store: Store) -> None:
    closed = Period.every(store, status="Closed")
    with pytest.raises(Refused, match=f"{closed[-1]} has to be reopened first"):
        run(closed[0], "reopen")
    run(closed[-1], "reopen")
    assert (closed[-1].status, closed[-1].closed_at) == ("Open", None)
    assert broken(store) == []


def test_r9_an_open_bank_line_keeps_its_month_open(store: Store) -> None:
    first = Period.every(store, status="Open")[0]
    finish(store, first)
    line = BankLine.every(store, status="Open")[0]
    line.dated = first.ends
    with pytest.raises(Refused, match=f"{line} in {first} is unfinished"):
        run(first, "close")


def test_r9_months_are_never_deleted_nor_entered(store: Store) -> None:
    with pytest.raises(Refused, match="R9"):
        run(Period.every(store)[-1], "delete")
    with pytest.raises(Refused, match="not entered by hand"):
        enter(store, Period)


def test_only_the_last_month_is_followed_by_a_new_one(store: Store) -> None:
    *earlier, last = Period.every(store)
    with pytest.raises(Refused, match="not possible"):
        run(earlier[-1], "extend")
    run(last, "extend")
    new = Period.every(store)[-1]
    assert new.starts == last.ends + dt.timedelta(days=1)
    assert new.status == "Open"


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_a_month_has_its_day_and_ends_before_the_next(day: dt.date) -> None:
    made = month(day)
    assert made["starts"] <= day <= made["ends"]
    assert made["starts"].day == (made["ends"] + dt.timedelta(days=1)).day == 1
    assert made["name"] == f"{day:%B} {day.year}"


def test_r6_a_posted_entry_is_reversed_and_not_deleted(store: Store) -> None:
    entry = an_entry(store, Rent=900_00, Operating_account=-900_00)
    rent = named(store, "Rent").balance
    run(entry, "post")
    for record in (entry, *entry.find(EntryLine, entry=entry)):
        with pytest.raises(Refused, match="R6"):
            run(record, "delete")
    run(entry, "reverse")
    assert entry.status == "Reversed"
    assert named(store, "Rent").balance == rent
    assert broken(store) == []


def test_r11_accounts_that_documents_post_to_stay(store: Store) -> None:
    for name in BY_RULE:
        account = named(store, name)
        for verb, values in (("delete", {}), ("update", {"kind": "Income"})):
            with pytest.raises(Refused, match="R11"):
                run(account, verb, **values)
    assert named(store, DISPOSALS).balance == 0
    with pytest.raises(Refused, match="R11"):
        run(named(store, DISPOSALS), "deactivate")
    assert not set(CONTROL) & set(EntryLine.account.options(store))


def test_r10_an_account_with_a_balance_is_not_deactivated(store: Store) -> None:
    with pytest.raises(Refused, match="R10"):
        run(named(store, "Operating account"), "deactivate")


def test_r10_nothing_is_posted_to_an_inactive_account(store: Store) -> None:
    entry = an_entry(store, Training=10_00, Operating_account=-10_00)
    training = named(store, "Training")
    training.status = "Inactive"
    with pytest.raises(Refused, match="R10"):
        run(entry, "post")
    run(training, "reactivate")
    run(entry, "post")


def test_r11_an_account_with_lines_stays_as_it_is(store: Store) -> None:
    account = named(store, "Operating account")
    for verb, values in (("delete", {}), ("update", {"kind": "Expense"})):
        with pytest.raises(Refused, match="R11"):
            run(account, verb, **values)
    new = enter(store, Account, name="Donations", number="7777", kind="Expense")
    run(new, "update", kind="Income")
    run(new, "delete")


def test_a_balance_is_positive_on_its_natural_side(store: Store) -> None:
    sales, bank = named(store, "Sales"), named(store, "Savings account")
    before = sales.balance, bank.balance
    run(an_entry(store, Savings_account=70_00, Sales=-70_00), "post")
    assert (sales.balance, bank.balance) == (before[0] + 70_00, before[1] + 70_00)
