"""Who buys from the office."""

from __future__ import annotations

from palaestra.gyms.accounting.office import MAY, POOLS, SAYS, TERMS, app, deed
from palaestra.kit import Record, choice, money, text


@app.record(key="name", seeds=(0, 0), may=MAY)
class Customer(Record):
    """Somebody who gets invoices."""

    name: str = text("company")
    email: str = text("email")
    city: str = text("city", required=False)
    terms: str = choice(*TERMS, label="Payment terms")
    limit: int = money(low=100, high=50_000, label="Credit limit")
    status: str = choice("Active", "Blocked", editable=False)
    blocked_for: str | None = text(editable=False, required=False, listed=False)
    owes: int = money(editable=False, default=0, bookkeeping=True)

    @deed("Block", when="Active", says=SAYS["block customer"], reason=text(POOLS["blocks"]))
    def block(self, reason: str) -> None:
        self.status, self.blocked_for = "Blocked", reason

    @deed("Unblock", when="Blocked", says=SAYS["unblock customer"])
    def unblock(self) -> None:
        self.status, self.blocked_for = "Active", None
