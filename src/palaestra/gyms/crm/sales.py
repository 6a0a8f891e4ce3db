"""What is sold: products, and opportunities with their lines, stages and discounts."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.office import MANAGER, POOLS, SAYS, SELLERS, app
from palaestra.gyms.crm.ties import Tied
from palaestra.gyms.crm.users import Owned, User, active, sells
from palaestra.kit import (
    Record,
    Refused,
    action,
    choice,
    code,
    date,
    derived,
    money,
    quantity,
    ref,
    text,
)

FAMILIES = ("Hardware", "Software", "Services")
STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation")
CLOSED = ("Won", "Lost")
FREE, MOST = 15, 40
"""Percent: a discount above the one needs approval, and none above the other is approved."""
REOPENED = 60
"""Days after which a closed opportunity stays closed."""


@app.record(key="name", seeds=(0, 0), may={"create": MANAGER, "update": MANAGER, "delete": MANAGER})
class Product(Tied):
    """A line of the price list."""

    name: str = text(POOLS["products"])
    family: str = choice(*FAMILIES)
    price: int = money(low=20, high=9_000, label="List price")
    status: str = choice("Active", "Discontinued", editable=False)

    def locked(self) -> str:
        return f"{self} is discontinued (handbook, R9)" if self.status == "Discontinued" else ""

    @action("Discontinue", when="Active", says=SAYS["discontinue product"], by=MANAGER)
    def discontinue(self) -> None:
        for line in self.find(OpportunityLine, product=self):
            if line.opportunity.is_open():
                raise Refused(f"{self} stands on open {line.opportunity} (handbook, R9)")
        self.status = "Discontinued"

    @action("Reinstate", when="Discontinued", says=SAYS["reinstate product"], by=MANAGER)
    def reinstate(self) -> None:
        self.status = "Active"


def is_open(opportunity: Opportunity) -> bool:
    return opportunity.is_open()


@app.record(
    key="number",
    plural="Opportunities",
    seeds=(0, 0),
    may={"create": SELLERS, "update": SELLERS, "delete": MANAGER},
)
class Opportunity(Owned):
    """Something that an account may buy."""

    number: str = code("OPP-####")
    title: str = text(POOLS["deals"])
    account: Account = ref(Account, active=active)
    contact: Contact | None = ref(Contact, editable=False, required=False, listed=False)
    owner: User = ref(User, active=sells)
    stage: str = choice(*STAGES, *CLOSED, editable=False)
    close_on: dt.date = date(past=0, ahead=120, label="Expected close")
    amount: int = derived(lambda one: one.worth(), shown_as=money())
    discount: int = derived(
        lambda one: one.steepest(), shown_as=quantity(), label="Highest discount", listed=False
    )
    approval: str = choice(
        "None", "Requested", "Approved", "Rejected", editable=False, label="Discount approval"
    )
    approved: int | None = quantity(
        editable=False, required=False, listed=False, label="Approved up to"
    )
    rejected_for: str | None = text(
        editable=False, required=False, listed=False, label="Rejection reason"
    )
    opened_on: dt.date = date(editable=False, default="today", listed=False)
    closed_on: dt.date | None = date(editable=False, required=False, listed=False)
    lost_for: str | None = text(editable=False, required=False, listed=False, label="Loss reason")
    booked: int | None = money(editable=False, required=False, listed=False, label="Won amount")

    def lines(self) -> list[OpportunityLine]:
        """Returns what is offered."""
        return self.find(OpportunityLine, opportunity=self)

    def worth(self) -> int:
        return sum(line.total for line in self.lines())

    def steepest(self) -> int:
        """Returns the highest discount on any line, in percent."""
        return max((line.discount for line in self.lines()), default=0)

    def needs_approval(self) -> bool:
        """Says whether a discount is above what was approved."""
        return self.steepest() > max(FREE, self.approved or 0)

    def is_open(self) -> bool:
        return self.stage in STAGES

    def locked(self) -> str:
        return "" if self.is_open() else f"{self} is {self.stage.lower()} (handbook, R17)"

    def check(self) -> None:
        super().check()
        if self.contact and self.contact.account != self.account:
            raise Refused(f"{self.contact} of {self} is not at {self.account} (handbook, R12)")
        same = self.find(Opportunity, account=self.account, title=self.title)
        if sum(one.is_open() for one in same) > 1:
            raise Refused(f"{self.account} has an open {self.title} already (handbook, R10)")

    def require_decided(self) -> None:
        """Raises `Refused` while a discount waits for approval."""
        if self.approval == "Requested":
            raise Refused(f"A discount on {self} waits for approval (handbook, R15)")

    @action(
        "Reassign",
        when=is_open,
        says=SAYS["reassign"],
        by=MANAGER,
        to=ref(User, active=sells),
    )
    def reassign(self, to: User) -> None:
        self.give(to)

    @action(
        "Choose contact",
        when=is_open,
        says=SAYS["choose contact"],
        by=SELLERS,
        who=ref(Contact, active=active),
    )
    def choose_contact(self, who: Contact) -> None:
        self.contact = who
        self.check()

    @action(
        "Change stage",
        when=is_open,
        says=SAYS["change stage"],
        by=SELLERS,
        to=choice(*STAGES),
    )
    def change_stage(self, to: str) -> None:
        step = STAGES.index(to) - STAGES.index(self.stage)
        if step == 0 or step > 1:
            raise Refused(f"{self} is in {self.stage}; {to} is not its next stage (handbook, R11)")
        if to in ("Proposal", "Negotiation") and not self.lines():
            raise Refused(f"{self} has no lines (handbook, R12)")
        if to == "Negotiation" and not self.contact:
            raise Refused(f"{self} names no contact (handbook, R12)")
        self.stage = to

    @action("Ask for discount", when=is_open, says=SAYS["ask for discount"], by=SELLERS)
    def ask_discount(self) -> None:
        self.require_decided()
        if not self.needs_approval():
            raise Refused(f"{self} has no discount to approve (handbook, R14)")
        self.approval, self.rejected_for = "Requested", None

    @action(
        "Approve discount",
        when=lambda o: o.approval == "Requested",
        says=SAYS["approve discount"],
        by=MANAGER,
    )
    def approve_discount(self) -> None:
        if self.steepest() > MOST:
            raise Refused(f"{self} has a discount above {MOST} percent (handbook, R14)")
        self.approval, self.approved = "Approved", self.steepest()

    @action(
        "Reject discount",
        when=lambda o: o.approval == "Requested",
        says=SAYS["reject discount"],
        by=MANAGER,
        reason=text(POOLS["rejections"]),
    )
    def reject_discount(self, reason: str) -> None:
        self.approval, self.rejected_for = "Rejected", reason

    @action(
        "Withdraw discount",
        when=lambda o: o.approval == "Requested",
        says=SAYS["withdraw discount"],
        by=SELLERS,
    )
    def withdraw_discount(self) -> None:
        self.approval = "Approved" if self.approved else "None"

    @action(
        "Win",
        when=is_open,
        says=SAYS["win"],
        by=SELLERS,
        closed_on=date(past=10, default="today", label="Closing date"),
    )
    def win(self, closed_on: dt.date) -> None:
        self.require_decided()
        if self.stage != "Negotiation" or not self.lines():
            raise Refused(f"{self} is in {self.stage} or has no lines (handbook, R16)")
        if self.needs_approval():
            raise Refused(f"A discount on {self} is not approved (handbook, R16)")
        if not self.opened_on <= closed_on <= self.today:
            raise Refused(f"{self} closes from {self.opened_on} to today (handbook, R16)")
        self.stage, self.closed_on, self.booked = "Won", closed_on, self.worth()

    @action(
        "Lose",
        when=is_open,
        says=SAYS["lose"],
        by=SELLERS,
        reason=text(POOLS["losses"]),
    )
    def lose(self, reason: str) -> None:
        self.require_decided()
        self.stage, self.closed_on, self.lost_for = "Lost", self.today, reason

    @action(
        "Reopen",
        when=lambda o: not o.is_open(),
        says=SAYS["reopen opportunity"],
        by=MANAGER,
    )
    def reopen(self) -> None:
        assert self.closed_on
        if (self.today - self.closed_on).days > REOPENED:
            raise Refused(f"{self} closed over {REOPENED} days ago (handbook, R17)")
        for one in filter(None, (self.account, self.contact)):
            if not active(one):
                raise Refused(f"{one} is {one.status.lower()} (handbook, R5)")
        for line in self.lines():
            if not active(line.product):
                raise Refused(f"{line.product} is discontinued (handbook, R9)")
        self.stage, self.closed_on = "Qualification", None
        self.booked = self.lost_for = None
        self.check()


@app.record(key="number", seeds=(0, 0))
class OpportunityLine(Record):
    """A product that is offered, how many of it, and for how much less."""

    number: str = code("LINE-####")
    opportunity: Opportunity = ref(Opportunity, owner=True)
    product: Product = ref(Product, active=active)
    discount: int = quantity(0, 60, default=0, label="Discount in percent")
    quantity: int = quantity(1, 60)
    price: int | None = money(editable=False, required=False)
    total: int = derived(lambda line: line.cost(), shown_as=money())

    def cost(self) -> int:
        """Returns quantity times price less the discount, in cents, half a cent up."""
        return (self.quantity * (self.price or 0) * (100 - self.discount) + 50) // 100

    def locked(self) -> str:
        waits = self.opportunity.approval == "Requested"
        return f"A discount on {self.opportunity} waits (handbook, R15)" if waits else ""

    def check(self) -> None:
        self.opportunity.require_decided()
        if len(self.find(OpportunityLine, opportunity=self.opportunity, product=self.product)) > 1:
            raise Refused(f"{self.opportunity} has {self.product} already (handbook, R13)")
        self.price = self.product.price
