"""The inbox: bills as they arrive, to be entered once, whatever else their text says."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.capture import AmountRead, DateRead, InvoiceRead, VendorRead
from palaestra.gyms.accounting.office import MAY, POOLS, SAYS, app, deed
from palaestra.gyms.accounting.payables import Bill, BillLine
from palaestra.gyms.accounting.reading import Facts, read
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Reading, Record, Refused, choice, code, date, document, ref, text
from palaestra.kit.fields.document import Attachment

LINKABLE = ("Draft", "Submitted", "Approved")
"""What a bill can be for a document to be linked with it."""


@app.record(key="number", seeds=(0, 0), may=MAY)
class Document(Record):
    """Something that was sent to the office to be paid."""

    number: str = code("DOC-####")
    sender: str = text(editable=False)
    received_on: dt.date = date(editable=False)
    letter: Attachment | None = document(label="Text")
    status: str = choice("New", "Entered", "Duplicate", "Rejected", editable=False)
    bill: Bill | None = ref(Bill, editable=False, required=False)
    rejected_for: str | None = text(editable=False, required=False, listed=False)

    def locked(self) -> str:
        return f"{self} is on file for good (handbook, R8)"

    def seen(self) -> Facts | None:
        """Returns what can be read of a bill; None where nothing was attached, or no bill."""
        return read(self.letter.body) if self.letter else None

    def facts(self) -> Facts:
        """Returns what it says of its bill; refused where it is none that can be read."""
        facts = self.seen()
        if facts is None or not self.find(Vendor, name=facts.vendor):
            raise Refused(f"{self} is no bill of a vendor on file (handbook, R31)")
        return facts

    def told(self) -> dict[str, object]:
        """Returns what it says of its bill, as entering it asks."""
        facts = self.facts()
        [vendor] = self.find(Vendor, name=facts.vendor)
        return {
            "vendor": vendor, "invoice": facts.invoice, "dated": facts.dated, "amount": facts.due,
        }  # fmt: skip

    def entered(self) -> list[Bill]:
        """Returns the bills that count and are over what this document is over."""
        facts = self.facts()
        [vendor] = self.find(Vendor, name=facts.vendor)
        bills = self.find(Bill, invoice=facts.invoice, vendor=vendor)
        return [bill for bill in bills if bill.status != "Void"]

    def agree(self, told: Facts) -> None:
        """Raises `Refused` unless what is to be entered is what the document says."""
        facts = self.facts()
        for place, label in enumerate(("Vendor", "Invoice number", "Bill date", "Amount")):
            if facts[place] != told[place]:
                raise Refused(f"{label} is not what {self} says (handbook, R28)")

    @deed(
        "Enter bill",
        when="New",
        says=SAYS["enter document"],
        reading=Reading(lambda document: document.told(), SAYS["read document"]),
        vendor=VendorRead(Vendor),
        invoice=InvoiceRead("code:INV-", label="Invoice number"),
        dated=DateRead(past=25, label="Bill date"),
        amount=AmountRead(low=5, high=50_000),
    )
    def enter(self, vendor: Vendor, invoice: str, dated: dt.date, amount: int) -> None:
        self.agree(Facts(str(vendor), invoice, dated, amount))
        bill = self.create(Bill, vendor=vendor, invoice=invoice, dated=dated)
        bill.check()
        self.create(
            BillLine, bill=bill, item=f"As in {self}", account=vendor.account, amount=amount
        )
        self.link_to(bill)

    @deed(
        "Link to bill",
        when="New",
        says=SAYS["link document"],
        bill=ref(Bill, active=lambda bill: bill.status in LINKABLE and not bill.document),
    )
    def link(self, bill: Bill) -> None:
        self.agree(Facts(str(bill.vendor), bill.invoice, bill.dated, bill.total))
        self.link_to(bill)

    def link_to(self, bill: Bill) -> None:
        """Keeps document and bill together."""
        self.status, self.bill = "Entered", bill
        bill.document = str(self)

    @deed("Mark as entered", when="New", says=SAYS["mark document"])
    def mark_as_entered(self) -> None:
        bills = self.entered()
        if not bills:
            raise Refused(f"No bill says what {self} says (handbook, R28)")
        [bill] = bills
        if bill.document:
            raise Refused(f"{bill} is what {bill.document} says (handbook, R30)")
        self.agree(Facts(str(bill.vendor), bill.invoice, bill.dated, bill.total))
        self.link_to(bill)

    @deed("Unlink", when="Entered", says=SAYS["unlink document"])
    def unlink(self) -> None:
        assert self.bill
        if self.bill.status not in ("Draft", "Void"):
            raise Refused(f"{self.bill} is {self.bill.status.lower()} (handbook, R29)")
        self.bill.document = None
        self.status, self.bill = "New", None

    @deed("Mark as duplicate", when="New", says=SAYS["duplicate document"])
    def mark_as_duplicate(self) -> None:
        if not any(bill.document for bill in self.entered()):
            raise Refused(f"{self} was not entered from another document (handbook, R30)")
        self.status = "Duplicate"

    @deed("Reject", when="New", says=SAYS["reject document"], reason=text(POOLS["refusals"]))
    def reject(self, reason: str) -> None:
        facts = self.seen()
        if facts and self.find(Vendor, name=facts.vendor):
            raise Refused(f"{self} is of a vendor on file (handbook, R31)")
        self.status, self.rejected_for = "Rejected", reason

    @deed("Reopen", when=("Duplicate", "Rejected"), says=SAYS["reopen document"])
    def reopen(self) -> None:
        self.status, self.rejected_for = "New", None
