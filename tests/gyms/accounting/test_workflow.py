"""A day's work on the screens: an order, its delivery, its bill, the payment and the bank."""

from __future__ import annotations

from palaestra.gyms.accounting.bank import BankLine
from palaestra.gyms.accounting.orders import Delivery, OrderLine, PurchaseOrder
from palaestra.gyms.accounting.payables import Bill, BillLine, Payment
from palaestra.kit import Record, Session
from palaestra.kit.route import Route
from palaestra.types import Action
from tests.gyms.accounting.desk import a_vendor, app, named
from tests.gyms.office import broken


class Desk:
    """Somebody who works on the screens and counts the actions."""

    def __init__(self, seed: int) -> None:
        self.session = Session(app, seed=seed)
        self.session.store.user = "Manager"
        self.done = 0

    def use(self, op: str, ref: str, text: str = "") -> None:
        self.session.dispatch(Action(op, ref, text))  # type: ignore[arg-type]
        assert not self.session.alarmed, self.session.notice
        self.done += 1

    def enter(self, **texts: str) -> None:
        """Fills in the open form, chooses where there is a choice, and saves."""
        for name, text in texts.items():
            node = self.session.targets()[f"field:{name}"]
            self.use("select" if node.role == "combobox" else "fill", node.ref, text)
        self.use("click", "save")

    def open(self, record: Record) -> None:
        """Goes to a record by its list, searching for it."""
        kind, number = record.type, record._id
        self.use("click", f"nav:{kind.name}")
        self.use("fill", "search", str(record))
        self.use("click", f"open:{kind.name}:{number}")

    def made(self, kind: type[Record]) -> Record:
        return kind.every(self.session.store)[-1]


def test_from_the_order_to_the_bank() -> None:
    desk = Desk(3)
    store = desk.session.store
    today, vendor = store.clock.today.isoformat(), a_vendor(store)
    supplies = "Office supplies"
    desk.use("click", "nav:purchase_order")
    desk.use("click", "new:purchase_order")
    desk.enter(vendor=str(vendor), dated=today)
    order = desk.made(PurchaseOrder)
    desk.use("click", "new:order_line")
    desk.enter(item="Toner", account=supplies, ordered="8", price="700.00")
    desk.use("click", "do:place")
    line = desk.made(OrderLine)
    desk.use("click", f"open:order_line:{line._id}")
    desk.use("click", "do:receive")
    desk.enter(quantity="8", received_on=today)
    assert isinstance(desk.made(Delivery), Delivery)

    desk.use("click", "nav:bill")
    desk.use("click", "new:bill")
    desk.enter(vendor=str(vendor), invoice="INV-31415", dated=today, order=str(order))
    bill = desk.made(Bill)
    for item, amount in (("Toner", "5,000.00"), ("Freight", "600.00")):
        desk.use("click", "new:bill_line")
        desk.enter(item=item, account=supplies, amount=amount)
    for verb in ("submit", "match", "approve"):
        desk.use("click", f"do:{verb}")
    desk.use("click", "do:pay")
    desk.enter(account="Operating account", paid_on=today)
    payment = desk.made(Payment)
    desk.open(payment)
    desk.use("click", "do:clear")

    bank = named(store, "Operating account")
    told = BankLine.make(store, account=bank, dated=store.clock.today, detail="Toner",
                         amount=-5_600_00)  # fmt: skip
    desk.use("click", "nav:reconciliation")
    desk.use("click", f"pick:{told._id}")
    desk.use("click", f"match:payment:{payment._id}")

    assert desk.done > 40
    assert isinstance(bill, Bill)
    assert (bill.status, bill.matched, bill.total) == ("Paid", True, 5_600_00)
    assert (told.status, told.payment) == ("Matched", payment)
    assert len([x for x in BillLine.every(store) if x.bill == bill]) == 2
    assert desk.session.route == Route("reconciliation")
    assert broken(store) == []
