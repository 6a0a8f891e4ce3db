"""What the office orders, and what was delivered of it; the journal knows nothing of either."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.ledger import Account, Dated, require_open, require_past
from palaestra.gyms.accounting.office import MAY, POOLS, SAYS, app, deed
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import (
    Record,
    Refused,
    choice,
    code,
    date,
    derived,
    money,
    quantity,
    ref,
    text,
)


@app.record(key="number", seeds=(0, 0), may=MAY)
class PurchaseOrder(Dated):
    """What a vendor is asked to deliver, at which price."""

    number: str = code("PO-####")
    vendor: Vendor = ref(Vendor)
    dated: dt.date = date(past=25, label="Order date")
    status: str = choice("Draft", "Ordered", "Completed", "Cancelled", editable=False)
    billed: int = money(editable=False, default=0, bookkeeping=True)
    total: int = derived(
        lambda order: sum(line.price * line.ordered for line in order.lines()), shown_as=money()
    )
    received: int = derived(
        lambda order: sum(line.price * line.received for line in order.lines()), shown_as=money()
    )

    def lines(self) -> list[OrderLine]:
        """Returns what was ordered."""
        return self.find(OrderLine, order=self)

    def missing(self) -> bool:
        """Says whether something was not delivered yet."""
        return any(line.received < line.ordered for line in self.lines())

    @deed("Place", when="Draft", says=SAYS["place order"])
    def place(self) -> None:
        if not self.lines():
            raise Refused(f"{self} has no lines (handbook, R3)")
        if self.vendor.status == "On hold":
            raise Refused(f"{self.vendor} is on hold (handbook, R5)")
        self.status = "Ordered"

    @deed("Complete", when="Ordered", says=SAYS["complete order"])
    def complete(self) -> None:
        if self.missing():
            raise Refused(f"Not all of {self} was delivered (handbook, R16)")
        self.status = "Completed"

    @deed("Cancel", when="Ordered", confirm="The vendor is told.", says=SAYS["cancel order"])
    def cancel(self) -> None:
        if self.received:
            raise Refused(f"Something of {self} was delivered (handbook, R16)")
        self.status = "Cancelled"


@app.record(key="number", seeds=(0, 0), may=MAY)
class OrderLine(Record):
    """One thing on an order."""

    number: str = code("OL-####")
    order: PurchaseOrder = ref(PurchaseOrder, owner=True)
    item: str = text(POOLS["items"])
    account: Account = ref(Account, active=lambda a: (a.kind, a.status) == ("Expense", "Active"))
    ordered: int = quantity(1, 50, label="Quantity")
    price: int = money(low=5, high=900, label="Unit price")
    received: int = quantity(0, 50, editable=False, default=0)

    @deed(
        "Receive",
        when=lambda line: line.order.status == "Ordered" and line.received < line.ordered,
        says=SAYS["receive line"],
        quantity=quantity(1, 12, label="Received quantity"),
        received_on=date(past=5, default="today", label="Received on"),
    )
    def receive(self, quantity: int, received_on: dt.date) -> None:
        if self.received + quantity > self.ordered:
            raise Refused(f"No more than {self.ordered} were ordered (handbook, R14)")
        require_past(self, self.order.dated, received_on, "A delivery")
        require_open(self, received_on)
        self.create(
            Delivery, order=self.order, line=self, quantity=quantity, received_on=received_on
        )
        self.received += quantity


@app.record(key="number", plural="Deliveries", seeds=(0, 0), may=MAY)
class Delivery(Record):
    """What arrived of one line of an order; made by receiving it."""

    number: str = code("GRN-####")
    order: PurchaseOrder = ref(PurchaseOrder, editable=False)
    line: OrderLine = ref(OrderLine, editable=False, label="Order line")
    item: str = derived(lambda delivery: delivery.line.item, shown_as=text())
    quantity: int = quantity(1, 50, editable=False)
    received_on: dt.date = date(editable=False)
    status: str = choice("Received", "Sent back", editable=False)

    def locked(self) -> str:
        return f"{self} is on file for good (handbook, R8)"

    @deed("Send back", when="Received", says=SAYS["return delivery"])
    def send_back(self) -> None:
        order = self.line.order
        if order.status != "Ordered":
            raise Refused(f"{order} is {order.status.lower()} (handbook, R16)")
        left = order.received - self.quantity * self.line.price
        if order.billed > left:
            raise Refused(f"{self} was billed already (handbook, R15)")
        self.line.received -= self.quantity
        self.status = "Sent back"
