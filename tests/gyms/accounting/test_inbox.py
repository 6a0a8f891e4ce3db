"""The rules of incoming documents, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.accounting.capture import next_facts
from palaestra.gyms.accounting.inbox import Document
from palaestra.gyms.accounting.payables import Bill
from palaestra.gyms.accounting.reading import Facts, write
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Refused, Store
from palaestra.kit.fields.document import Attachment
from tests.gyms.accounting.desk import a_bill, a_vendor
from tests.gyms.office import broken, run


def arrived(store: Store, layout: str = "discount", **changed: object) -> Document:
    """Puts a document of today over 90.00 into the inbox."""
    facts = Facts(a_vendor(store).name, "INV-4711", store.clock.today, 90_00)
    facts = facts._replace(**changed)  # type: ignore[arg-type]
    body = write(layout, facts, [("Toner", facts.due + 10_00)], discount=10_00, earlier=5_00)
    letter = Attachment("scan.txt", body)
    return Document.make(store, sender=facts.vendor, received_on=facts.dated, letter=letter)


def as_said(store: Store, **changed: object) -> dict[str, object]:
    said = {"vendor": a_vendor(store), "invoice": "INV-4711", "dated": store.clock.today}
    return {**said, "amount": 90_00, **changed}


@pytest.mark.parametrize("layout", ["letter", "table", "mail", "terse", "discount", "pushy"])
def test_a_bill_is_entered_the_way_its_document_says(store: Store, layout: str) -> None:
    document = arrived(store, layout)
    run(document, "enter", **as_said(store))
    bill = document.bill
    assert bill
    assert (bill.invoice, bill.total, bill.status) == ("INV-4711", 90_00, "Draft")
    assert (document.status, bill.document) == ("Entered", str(document))
    assert {line.account for line in bill.lines()} == {bill.vendor.account}
    assert broken(store) == []


def test_r28_nothing_else_is_entered(store: Store) -> None:
    document = arrived(store)
    other = next(v for v in Vendor.every(store) if v != a_vendor(store))
    yesterday = store.clock.today - dt.timedelta(days=1)
    for wrong in (
        {"vendor": other}, {"invoice": "INV-4712"}, {"dated": yesterday}, {"amount": 100_00},
    ):  # fmt: skip
        with pytest.raises(Refused, match="R28"):
            run(document, "enter", **as_said(store, **wrong))
    assert document.status == "New"


def test_a_bill_that_is_there_is_linked(store: Store) -> None:
    for verb, params in (("link", True), ("mark_as_entered", False)):
        invoice = f"INV-{verb}"
        document = arrived(store, invoice=invoice)
        bill = a_bill(store, 60_00)
        run(bill, "update", invoice=invoice)
        values = {"bill": bill} if params else {}
        with pytest.raises(Refused, match="R28"):
            run(document, verb, **values)
        [line] = bill.lines()
        run(line, "update", amount=90_00)
        run(document, verb, **values)
        assert (document.status, document.bill) == ("Entered", bill)
        assert broken(store) == []


def test_r28_a_document_without_a_bill_is_not_marked_as_entered(store: Store) -> None:
    with pytest.raises(Refused, match="R28"):
        run(arrived(store), "mark_as_entered")


def test_r29_a_linked_bill_stays_as_it_is(store: Store) -> None:
    document = arrived(store)
    run(document, "enter", **as_said(store))
    bill = document.bill
    assert bill
    [line] = bill.lines()
    for record, verb, values in (
        (bill, "delete", {}), (bill, "update", {"invoice": "INV-1"}), (line, "delete", {}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="R29"):
            run(record, verb, **values)
    run(bill, "submit")
    with pytest.raises(Refused, match="R29"):
        run(document, "unlink")
    run(bill, "withdraw")
    run(document, "unlink")
    assert (document.status, document.bill, bill.document) == ("New", None, None)
    run(bill, "delete")


def test_r30_what_was_sent_twice_is_a_duplicate(store: Store) -> None:
    first, second = arrived(store), arrived(store, "letter")
    with pytest.raises(Refused, match="R30"):
        run(second, "mark_as_duplicate")
    run(first, "enter", **as_said(store))
    with pytest.raises(Refused, match="R12"):
        run(second, "enter", **as_said(store))
    with pytest.raises(Refused, match="R30"):
        run(second, "mark_as_entered")
    run(second, "mark_as_duplicate")
    run(second, "reopen")
    assert second.status == "New"


def test_r31_strangers_are_turned_away_and_vendors_are_not(store: Store) -> None:
    stranger = arrived(store, vendor="Golden Prize Agency")
    with pytest.raises(Refused, match=r"R28|R31"):
        run(stranger, "enter", **as_said(store))
    with pytest.raises(Refused, match="R31"):
        run(stranger, "mark_as_duplicate")
    run(stranger, "reject", reason="unknown sender")
    with pytest.raises(Refused, match="R31"):
        run(arrived(store), "reject", reason="not a bill")


def test_what_a_document_asks_for_is_not_done(store: Store) -> None:
    before = store.snapshot()
    document = arrived(store, "pushy")
    run(document, "enter", **as_said(store))
    assert document.bill
    assert document.bill.status == "Draft"
    changed = {store.app.records[kind].name for kind, _ in store.touched(before)}
    assert changed == {"bill", "bill_line", "document"}
    with pytest.raises(Refused, match="R8"):
        run(document, "delete")


def test_made_up_values_are_those_of_the_oldest_that_can_be_entered(store: Store) -> None:
    for document in Document.every(store, status="New"):
        document.status = "Rejected"
    assert next_facts(store) is None
    arrived(store, vendor="Golden Prize Agency")
    second = arrived(store, invoice="INV-2")
    arrived(store, invoice="INV-3")
    facts = next_facts(store)
    assert facts == second.facts()
    assert not [b for b in Bill.every(store) if b.invoice == "INV-2"]
