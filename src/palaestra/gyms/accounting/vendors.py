"""Who sells to the office."""

from __future__ import annotations

from palaestra.gyms.accounting.ledger import Account
from palaestra.gyms.accounting.office import MAY, POOLS, SAYS, TERMS, app, deed
from palaestra.kit import Record, choice, money, ref, text


@app.record(key="name", seeds=(0, 0), may=MAY)
class Vendor(Record):
    """Somebody who sends bills."""

    name: str = text("company")
    email: str = text("email")
    terms: str = choice(*TERMS, label="Payment terms")
    account: Account = ref(Account, active=lambda a: a.kind == "Expense", label="Usual account")
    status: str = choice("Active", "On hold", editable=False)
    held_for: str | None = text(editable=False, required=False, listed=False, label="Hold reason")
    owed: int = money(editable=False, default=0, bookkeeping=True)

    @deed("Hold", when="Active", says=SAYS["hold vendor"], reason=text(POOLS["holds"]))
    def hold(self, reason: str) -> None:
        self.status, self.held_for = "On hold", reason

    @deed("Release", when="On hold", says=SAYS["release vendor"])
    def release(self) -> None:
        self.status, self.held_for = "Active", None
