"""The rules of customers, invoices and receipts, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.accounting.ledger import BAD_DEBTS, RECEIVABLE, Period
from palaestra.gyms.accounting.receivables import REMINDERS, Invoice, Receipt
from palaestra.kit import Refused, Store
from tests.gyms.accounting.desk import a_customer, an_invoice, issued, lines_of, named, received
from tests.gyms.office import broken, enter, run


def overdue(store: Store, *cents: int) -> Invoice:
    """Issues an invoice of the oldest open month, which is due by now."""
    first = Period.every(store, status="Open")[0]
    customer = a_customer(store)
    run(customer, "update", terms="14 days")
    return issued(store, *cents, dated=first.starts)


def test_issuing_posts_to_the_journal_and_to_the_customer(store: Store) -> None:
    owed, customer = named(store, RECEIVABLE).balance, a_customer(store)
    owes = customer.owes
    invoice = issued(store, 300_00, 50_50)
    assert lines_of(invoice.entry) == {
        ("Sales", "Credit", 300_00), ("Sales", "Credit", 50_50), (RECEIVABLE, "Debit", 350_50),
    }  # fmt: skip
    assert named(store, RECEIVABLE).balance == owed + 350_50
    assert customer.owes == owes + 350_50
    assert broken(store) == []


def test_r3_an_invoice_without_lines_is_not_issued(store: Store) -> None:
    with pytest.raises(Refused, match="R3"):
        issued(store)


def test_r17_a_blocked_customer_is_sent_no_invoice(store: Store) -> None:
    customer = a_customer(store)
    invoice = an_invoice(store, 10_00)
    run(customer, "block", reason="insolvency")
    assert customer.blocked_for == "insolvency"
    with pytest.raises(Refused, match="R17"):
        run(invoice, "issue")
    run(customer, "unblock")
    run(invoice, "issue")


def test_r18_nobody_owes_more_than_the_limit(store: Store) -> None:
    customer = a_customer(store)
    run(customer, "update", limit=customer.owes + 500_00)
    with pytest.raises(Refused, match="R18"):
        issued(store, 500_01)
    issued(store, 500_00)


def test_r19_parts_are_received_until_nothing_is_open(store: Store) -> None:
    bank = named(store, "Operating account").balance
    invoice = issued(store, 100_00)
    first = received(store, invoice, 40_00)
    assert (invoice.status, invoice.open_, first.status) == ("Issued", 60_00, "Received")
    with pytest.raises(Refused, match="R19"):
        received(store, invoice, 60_01)
    received(store, invoice, 60_00)
    assert (invoice.status, invoice.open_) == ("Paid", 0)
    assert named(store, "Operating account").balance == bank + 100_00
    assert broken(store) == []


@pytest.mark.parametrize("days", [-1, 1])
def test_r13_a_receipt_is_neither_before_its_invoice_nor_in_the_future(
    store: Store, days: int
) -> None:
    invoice = issued(store, 100_00)
    day = store.clock.today + dt.timedelta(days=days)
    with pytest.raises(Refused, match="R13"):
        received(store, invoice, 1_00, on=day)


def test_a_bounced_receipt_opens_its_invoice_again(store: Store) -> None:
    invoice = issued(store, 100_00)
    receipt = received(store, invoice, 100_00)
    run(receipt, "void")
    assert (invoice.status, invoice.paid, receipt.status) == ("Issued", 0, "Void")
    kept = received(store, invoice, 100_00)
    run(kept, "clear")
    for verb in ("void", "delete"):
        with pytest.raises(Refused, match="R8"):
            run(kept, verb)
    with pytest.raises(Refused, match="not entered by hand"):
        enter(store, Receipt)
    assert broken(store) == []


def test_r20_only_what_is_overdue_is_reminded_of_and_not_for_ever(store: Store) -> None:
    with pytest.raises(Refused, match="R20"):
        run(issued(store, 10_00), "remind")
    invoice = overdue(store, 10_00)
    assert invoice.overdue
    for _ in range(REMINDERS):
        run(invoice, "remind")
    with pytest.raises(Refused, match="R20"):
        run(invoice, "remind")


def test_r21_what_was_reminded_of_is_written_off_and_reinstated(store: Store) -> None:
    invoice = overdue(store, 100_00)
    part = received(store, invoice, 30_00)
    with pytest.raises(Refused, match="R21"):
        run(invoice, "write_off")
    run(invoice, "remind")
    lost = named(store, BAD_DEBTS).balance
    run(invoice, "write_off")
    assert named(store, BAD_DEBTS).balance == lost + 70_00
    assert broken(store) == []
    with pytest.raises(Refused, match="R21"):
        run(part, "void")
    run(invoice, "reinstate")
    assert (invoice.status, named(store, BAD_DEBTS).balance) == ("Issued", lost)
    assert broken(store) == []


def test_r18_an_invoice_is_reinstated_within_the_limit(store: Store) -> None:
    invoice = overdue(store, 100_00)
    run(invoice, "remind")
    run(invoice, "write_off")
    run(invoice.customer, "update", limit=invoice.customer.owes + 99_99)
    with pytest.raises(Refused, match="R18"):
        run(invoice, "reinstate")


def test_r21_a_clerk_writes_nothing_off(store: Store) -> None:
    invoice = overdue(store, 100_00)
    run(invoice, "remind")
    store.user = "Clerk"
    with pytest.raises(Refused, match=r"[Mm]anager"):
        run(invoice, "write_off")


def test_r7_an_invoice_that_is_settled_in_part_is_not_voided(store: Store) -> None:
    invoice = issued(store, 100_00)
    receipt = received(store, invoice, 10_00)
    with pytest.raises(Refused, match="R7"):
        run(invoice, "void")
    run(receipt, "void")
    run(invoice, "void")
    assert (invoice.status, invoice.entry.status) == ("Void", "Reversed")
    assert broken(store) == []


def test_r6_an_issued_invoice_is_neither_changed_nor_deleted(store: Store) -> None:
    invoice = issued(store, 100_00)
    [line] = invoice.lines()
    for record, verb, values in (
        (invoice, "delete", {}), (invoice, "update", {"reference": "ORD-1"}),
        (line, "delete", {}), (line, "update", {"amount": 90_00}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="R6"):
            run(record, verb, **values)


def test_r2_an_invoice_is_not_dated_in_a_closed_month(store: Store) -> None:
    closed = Period.every(store, status="Closed")[0].ends
    with pytest.raises(Refused, match="R2"):
        an_invoice(store, dated=closed)
