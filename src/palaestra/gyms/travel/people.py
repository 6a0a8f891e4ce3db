"""Who travels and who pays for it: departments, travellers and their visas."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.travel.office import DESK, MANAGER, POOLS, SAYS, TOLD, app
from palaestra.kit import Record, Refused, action, choice, code, date, money, ref, text


@app.record(key="name", seeds=(0, 0), may={"create": MANAGER, "update": MANAGER, "delete": MANAGER})
class Department(Record):
    """Who pays."""

    name: str = text(POOLS["departments"])
    head: str = text("person")
    budget: int = money(editable=False, default=10_000_00)
    spent: int = money(editable=False, default=0)

    @action("Raise", says=SAYS["raise budget"], by=MANAGER, amount=money(low=100, high=20_000))
    def raise_budget(self, amount: int) -> None:
        self.budget += amount


@app.record(key="name", seeds=(0, 0), may={"create": DESK, "update": DESK, "delete": MANAGER})
class Traveller(Record):
    """Somebody who travels for the company."""

    name: str = text("person", unique=True)
    department: Department = ref(Department)
    email: str = text("email", listed=False)
    loyalty: str = choice("Basic", "Silver", "Gold", label="Loyalty tier")
    passport: str = text("code:P", listed=False, label="Passport number")
    expires: dt.date = date(past=-100, ahead=2_500, label="Passport expiry")
    status: str = choice("Active", "Suspended", editable=False)
    suspended_for: str | None = text(
        editable=False, required=False, listed=False, label="Suspension reason"
    )

    @action(
        "Suspend",
        when="Active",
        says=SAYS["suspend traveller"],
        by=MANAGER,
        reason=text(POOLS["suspensions"]),
    )
    def suspend(self, reason: str) -> None:
        self.status, self.suspended_for = "Suspended", reason

    @action("Reinstate", when="Suspended", says=SAYS["reinstate traveller"], by=MANAGER)
    def reinstate(self) -> None:
        self.status, self.suspended_for = "Active", None

    @action(
        "Renew passport",
        says=SAYS["renew passport"],
        by=DESK,
        expires=date(past=-1_000, ahead=3_650, label="Passport expiry"),
    )
    def renew_passport(self, expires: dt.date) -> None:
        if expires <= self.expires:
            raise Refused(f"A new passport outlasts the old one of {self} (handbook, R9)")
        self.expires = expires


@app.record(key="number", seeds=(0, 0))
class Visa(Record):
    """A country's permission to enter it."""

    number: str = code("VISA-####")
    traveller: Traveller = ref(Traveller, owner=True)
    country: str = choice(*TOLD["visas"])
    until: dt.date = date(past=-30, ahead=700, label="Valid until")

    def check(self) -> None:
        if len(self.find(Visa, traveller=self.traveller, country=self.country)) > 1:
            raise Refused(f"{self.traveller} has a visa for {self.country} (handbook, R10)")

    @action(
        "Extend",
        says=SAYS["extend visa"],
        by=DESK,
        until=date(past=-100, ahead=900, label="Valid until"),
    )
    def extend(self, until: dt.date) -> None:
        if until <= self.until:
            raise Refused(f"{self} is valid until {self.until} already (handbook, R10)")
        self.until = until
