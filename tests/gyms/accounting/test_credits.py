"""The rules of credits on both sides, one by one."""

from __future__ import annotations

import pytest

from palaestra.gyms.accounting.credits import CreditNote, VendorCredit
from palaestra.gyms.accounting.customers import Customer
from palaestra.kit import Refused, Store
from tests.gyms.accounting.desk import a_customer, a_vendor, approved, issued, named, received
from tests.gyms.office import broken, enter, run


def a_credit(store: Store, cents: int) -> VendorCredit:
    """Enters and approves a credit of the vendor whose bills the tests enter."""
    values = {"vendor": a_vendor(store), "dated": store.clock.today, "amount": cents}
    credit = enter(
        store, VendorCredit, reason=None, account=named(store, "Office supplies"), **values
    )
    run(credit, "approve")
    assert isinstance(credit, VendorCredit)
    return credit


def a_note(store: Store, cents: int) -> CreditNote:
    """Enters and issues a credit note to the customer whom the tests send invoices."""
    values = {"customer": a_customer(store), "dated": store.clock.today, "amount": cents}
    note = enter(store, CreditNote, reason=None, account=named(store, "Sales"), **values)
    run(note, "issue")
    assert isinstance(note, CreditNote)
    return note


def test_a_vendor_credit_lowers_what_is_owed_and_then_paid(store: Store) -> None:
    bill = approved(store, 80_00)
    owed, bank = bill.vendor.owed, named(store, "Operating account")
    credit = a_credit(store, 30_00)
    assert bill.vendor.owed == owed - 30_00
    run(credit, "use", bill=bill)
    assert (bill.left(), credit.bill, credit.status) == (50_00, bill, "Used")
    before = bank.balance
    run(bill, "pay", account=bank, paid_on=store.clock.today)
    assert bank.balance == before - 50_00
    assert broken(store) == []
    with pytest.raises(Refused, match="R22"):
        run(credit, "take_back")


def test_a_credit_over_all_of_a_bill_settles_it(store: Store) -> None:
    bill, credit = approved(store, 80_00), a_credit(store, 80_00)
    run(credit, "use", bill=bill)
    assert bill.status == "Paid"
    assert broken(store) == []
    with pytest.raises(Refused, match="R7"):
        run(bill, "void")
    run(credit, "take_back")
    assert (bill.status, credit.status, credit.bill) == ("Approved", "Approved", None)
    run(bill, "void")
    assert broken(store) == []


def test_r22_a_vendor_credit_is_used_on_an_open_bill_of_its_vendor(store: Store) -> None:
    small, credit = approved(store, 20_00), a_credit(store, 30_00)
    with pytest.raises(Refused, match="more than is open"):
        run(credit, "use", bill=small)
    large = approved(store, 80_00)
    large.vendor.status = "On hold"  # the tests' vendor is the first active one
    foreign = approved(store, 80_00)
    assert foreign.vendor != credit.vendor
    with pytest.raises(Refused, match="not a bill of"):
        run(credit, "use", bill=foreign)
    run(credit, "use", bill=large)
    with pytest.raises(Refused, match="R22"):
        run(credit, "void")


def test_a_credit_note_lowers_what_is_open_of_an_invoice(store: Store) -> None:
    invoice = issued(store, 80_00)
    note = a_note(store, 30_00)
    owes = invoice.customer.owes
    run(note, "use", invoice=invoice)
    assert (invoice.open_, invoice.status, invoice.customer.owes) == (50_00, "Issued", owes)
    received(store, invoice, 50_00)
    assert invoice.status == "Paid"
    assert broken(store) == []
    with pytest.raises(Refused, match="R22"):
        run(note, "void")
    run(note, "take_back")
    assert (invoice.status, invoice.open_, note.invoice) == ("Issued", 30_00, None)
    run(note, "void")
    assert broken(store) == []


def test_r22_a_credit_note_is_used_on_an_open_invoice_of_its_customer(store: Store) -> None:
    note = a_note(store, 30_00)
    with pytest.raises(Refused, match="more than is open"):
        run(note, "use", invoice=issued(store, 20_00))
    run(a_customer(store), "block", reason="insolvency")
    foreign = issued(store, 80_00)
    with pytest.raises(Refused, match="not an invoice to"):
        run(note, "use", invoice=foreign)
    assert {note.customer, foreign.customer} <= set(Customer.every(store))


def test_r22_a_credit_on_what_is_written_off_stays(store: Store) -> None:
    invoice, note = issued(store, 80_00), a_note(store, 30_00)
    run(note, "use", invoice=invoice)
    invoice.status = "Written off"
    with pytest.raises(Refused, match="R22"):
        run(note, "take_back")


def test_r6_only_draft_credits_are_changed(store: Store) -> None:
    for credit in (a_credit(store, 30_00), a_note(store, 30_00)):
        for verb, values in (("update", {"amount": 1_00}), ("delete", {})):
            with pytest.raises(Refused, match="R6"):
                run(credit, verb, **values)


def test_a_clerk_gives_no_credit(store: Store) -> None:
    draft = enter(store, CreditNote, customer=a_customer(store), dated=store.clock.today,
                  amount=5_00, account=named(store, "Sales"), reason=None)  # fmt: skip
    store.user = "Clerk"
    with pytest.raises(Refused, match=r"[Mm]anager"):
        run(draft, "issue")
