"""The rules of vendors, bills and payments, one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from palaestra.gyms.accounting.ledger import (
    PAYABLE,
    Account,
    EntryLine,
    Period,
)
from palaestra.gyms.accounting.office import CLERKS_LIMIT, LIMIT
from palaestra.gyms.accounting.payables import Bill, BillLine, Payment
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Refused, Session, Store
from tests.gyms.accounting.desk import a_bill, an_order, app, approved, lines_of, named, paid
from tests.gyms.office import broken, enter, run


def managed(seed: int) -> Store:
    store = Session(app, seed=seed).store
    store.user = "Manager"
    return store


def test_r2_a_payment_is_not_dated_in_a_closed_month(store: Store) -> None:
    bill = next(
        bill
        for seed in range(40)
        for bill in Bill.every(managed(seed), status="Approved")
        if bill.vendor.status == "Active"
        and not bill.credited
        and Period.every(bill._store, starts=bill.dated.replace(day=1))[0].status == "Closed"
    )
    bank = named(bill._store, "Operating account")
    with pytest.raises(Refused, match="R2"):
        run(bill, "pay", account=bank, paid_on=bill.dated)
    run(bill, "pay", account=bank, paid_on=bill.today)


def test_r3_a_bill_without_lines_is_not_submitted(store: Store) -> None:
    with pytest.raises(Refused, match="R3"):
        run(a_bill(store), "submit")


def test_approving_a_bill_posts_it_to_the_journal(store: Store) -> None:
    bill = a_bill(store, 120_00, 30_50)
    owed = named(store, PAYABLE).balance
    run(bill, "submit")
    run(bill, "approve")
    assert (bill.entry.status, bill.entry.dated) == ("Posted", bill.dated)
    assert lines_of(bill.entry) == {
        ("Office supplies", "Debit", 120_00),
        ("Office supplies", "Debit", 30_50),
        (PAYABLE, "Credit", 150_50),
    }
    assert named(store, PAYABLE).balance == owed + 150_50
    assert broken(store) == []


@pytest.mark.parametrize(("cents", "ordered", "fine"), [
    (LIMIT, False, True), (LIMIT + 2, False, False), (LIMIT + 2, True, True),
])  # fmt: skip
def test_r4_a_bill_over_the_limit_needs_a_purchase_order(
    store: Store, cents: int, ordered: bool, fine: bool
) -> None:
    order = an_order(store, cents // 2) if ordered else None
    bill = a_bill(store, cents - 100, 100, order=order)
    run(bill, "submit")
    if order:
        run(bill, "match")
    if fine:
        run(bill, "approve")
    else:
        with pytest.raises(Refused, match="R4"):
            run(bill, "approve")
    assert bill.status == ("Approved" if fine else "Submitted")


def test_r4_a_refused_bill_goes_back_for_its_order(store: Store) -> None:
    bill = a_bill(store, LIMIT + 2)
    run(bill, "submit")
    run(bill, "reject", reason="no purchase order")
    assert (bill.status, bill.rejected_for) == ("Rejected", "no purchase order")
    run(bill, "reopen")
    run(bill, "update", order=an_order(store, LIMIT // 2 + 1))
    run(bill, "submit")
    run(bill, "withdraw")
    run(bill, "submit")
    run(bill, "match")
    run(bill, "approve")
    assert (bill.status, bill.rejected_for) == ("Approved", None)


def test_r32_a_clerk_approves_small_bills_only(store: Store) -> None:
    small, large = a_bill(store, CLERKS_LIMIT), a_bill(store, CLERKS_LIMIT + 1)
    for bill in (small, large):
        run(bill, "submit")
    store.user = "Clerk"
    run(small, "approve")
    with pytest.raises(Refused, match="R32"):
        run(large, "approve")
    store.user = "Manager"
    run(large, "approve")


def test_an_auditor_changes_nothing(store: Store) -> None:
    bill = approved(store, 80_00)
    store.user = "Auditor"
    payment = {"account": named(store, "Operating account"), "paid_on": store.clock.today}
    for verb, values in (("pay", payment), ("void", {})):
        with pytest.raises(Refused, match=r"[Aa]uditor"):
            run(bill, verb, **values)
    for kind in app.records:
        for verb in ("create", "update", "delete", *kind.actions):
            assert kind.rights(verb), (kind.name, verb)
            assert "Auditor" not in kind.rights(verb), (kind.name, verb)


def test_r5_a_vendor_on_hold_is_paid_nothing(store: Store) -> None:
    bill = approved(store, 80_00)
    run(bill.vendor, "hold", reason="disputed delivery")
    payment = {"account": named(store, "Operating account"), "paid_on": store.clock.today}
    with pytest.raises(Refused, match="R5"):
        run(bill, "pay", **payment)
    run(bill.vendor, "release")
    assert bill.vendor.held_for is None
    run(bill, "pay", **payment)
    assert bill.status == "Paid"


def test_paying_makes_a_payment_and_an_entry(store: Store) -> None:
    bank = named(store, "Operating account").balance
    bill, payment = paid(store, 80_00, 20_00)
    assert (payment.bill, payment.amount, payment.status) == (bill, 100_00, "Issued")
    assert lines_of(payment.entry) == {
        (PAYABLE, "Debit", 100_00),
        ("Operating account", "Credit", 100_00),
    }
    assert named(store, "Operating account").balance == bank - 100_00
    assert broken(store) == []


@pytest.mark.parametrize("days", [-2, 1])
def test_r13_a_payment_is_neither_before_its_bill_nor_in_the_future(
    store: Store, days: int
) -> None:
    bill = approved(store, 80_00)
    when = store.clock.today + dt.timedelta(days=days)
    with pytest.raises(Refused, match="R13"):
        run(bill, "pay", account=named(store, "Operating account"), paid_on=when)


def test_r12_an_invoice_is_entered_only_once(store: Store) -> None:
    bill = approved(store, 80_00)
    twin = {"vendor": bill.vendor, "invoice": bill.invoice, "dated": bill.dated, "order": None}
    with pytest.raises(Refused, match="R12"):
        enter(store, Bill, **twin)
    other = next(v for v in Vendor.every(store) if v != bill.vendor)
    moved = enter(store, Bill, **{**twin, "vendor": other})
    with pytest.raises(Refused, match="R12"):
        run(moved, "update", vendor=bill.vendor)
    run(bill, "void")
    run(moved, "update", vendor=bill.vendor)


@pytest.mark.parametrize("steps", [("submit",), ("submit", "approve")])
def test_r6_only_a_draft_bill_is_changed_or_deleted(store: Store, steps: Iterable[str]) -> None:
    bill = a_bill(store, 80_00)
    for step in steps:
        run(bill, step)
    [line] = bill.lines()
    for record, verb, values in (
        (bill, "delete", {}),
        (bill, "update", {"invoice": "INV-2"}),
        (line, "delete", {}),
        (line, "update", {"amount": 90_00}),
    ):
        with pytest.raises(Refused, match="R6"):
            run(record, verb, **values)
    with pytest.raises(Refused, match="R6"):
        enter(store, BillLine, bill=bill, item="Ink", account=line.account, amount=5_00)


def test_a_draft_bill_is_deleted_with_its_lines(store: Store) -> None:
    before = store.digest()
    bill = a_bill(store, 80_00, 10_00)
    run(bill, "delete")
    assert store.digest() == before


def test_r6_what_a_bill_or_payment_posted_is_not_reversed_by_hand(store: Store) -> None:
    bill, payment = paid(store, 80_00)
    for entry in (bill.entry, payment.entry):
        with pytest.raises(Refused, match="R6"):
            run(entry, "reverse")


def test_voiding_a_bill_takes_it_out_of_the_books(store: Store) -> None:
    owed, supplies = named(store, PAYABLE).balance, named(store, "Office supplies").balance
    bill = approved(store, 80_00)
    run(bill, "void")
    assert (bill.status, bill.entry.status) == ("Void", "Reversed")
    assert named(store, PAYABLE).balance == owed
    assert named(store, "Office supplies").balance == supplies
    with pytest.raises(Refused, match="R6"):
        run(bill, "delete")
    assert broken(store) == []


def test_r7_a_paid_bill_is_voided_only_after_its_payment(store: Store) -> None:
    bill, payment = paid(store, 80_00)
    with pytest.raises(Refused, match="R7"):
        run(bill, "void")
    run(payment, "void")
    assert (payment.status, bill.status, bill.entry.status) == ("Void", "Approved", "Posted")
    run(bill, "void")
    assert broken(store) == []


def test_r8_a_cleared_payment_stays_and_none_is_deleted(store: Store) -> None:
    _, payment = paid(store, 80_00)
    with pytest.raises(Refused, match="R8"):
        run(payment, "delete")
    run(payment, "clear")
    with pytest.raises(Refused, match="R8"):
        run(payment, "void")
    with pytest.raises(Refused, match="not entered by hand"):
        enter(store, Payment)


def test_r11_accounts_payable_is_no_choice_for_hand_made_entries(store: Store) -> None:
    assert PAYABLE not in EntryLine.account.options(store)
    assert "Operating account" in EntryLine.account.options(store)
    assert all(
        Account.every(store, name=n)[0].kind == "Expense" for n in BillLine.account.options(store)
    )
    banks = Bill.type.actions["pay"].params[0].options(store)
    assert {named(store, name).kind for name in banks} == {"Bank"}
