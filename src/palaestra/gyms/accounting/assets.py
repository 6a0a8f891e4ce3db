"""What the office owns for years: fixed assets, and the monthly runs that depreciate them."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.accounting.depreciation import METHODS, wear
from palaestra.gyms.accounting.ledger import (
    DEPRECIATION,
    DISPOSALS,
    EQUIPMENT,
    WEAR,
    Account,
    Dated,
    JournalEntry,
    Period,
    book,
    ledger,
    require_past,
)
from palaestra.gyms.accounting.office import MANAGER, MAY, POOLS, SAYS, app, deed
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
class Asset(Dated):
    """A thing that lasts longer than a year."""

    number: str = code("FA-####")
    name: str = text(POOLS["assets"], label="Asset name")
    dated: dt.date = date(past=25, label="Bought on")
    cost: int = money(low=200, high=9_000)
    residual: int | None = money(low=0, high=150, required=False, label="Residual value")
    method: str = choice(*METHODS)
    months: int = quantity(12, 96, label="Life in months")
    status: str = choice("Draft", "In use", "Disposed", editable=False)
    book_value: int = money(editable=False, default=0)
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)
    accumulated: int = derived(
        lambda asset: sum(line.amount for line in asset.worn()), shown_as=money(), listed=False
    )

    def check(self) -> None:
        super().check()
        if (self.residual or 0) >= self.cost:
            raise Refused("The residual value is below the cost (handbook, R25)")

    def worn(self) -> list[DepreciationLine]:
        """Returns the months it was depreciated for, without what was taken back."""
        lines = self.find(DepreciationLine, asset=self)
        return [line for line in lines if line.run.status == "Posted"]

    def wear(self) -> int:
        """Returns what it loses in the next month, in cents."""
        month = len(self.worn()) + 1
        return wear(self.method, self.cost, self.residual or 0, self.months, self.book_value, month)

    @deed(
        "Put in use",
        when="Draft",
        says=SAYS["put asset in use"],
        account=ref(
            Account, active=lambda a: (a.kind, a.status) == ("Bank", "Active"), label="Paid from"
        ),
    )
    def put_in_use(self, account: Account) -> None:
        lines = [(ledger(self, EQUIPMENT), "Debit", self.cost), (account, "Credit", self.cost)]
        self.entry = book(self, self.dated, f"{self.name} bought", lines)
        self.book_value = self.cost
        self.status = "In use"

    @deed(
        "Dispose",
        when="In use",
        by=MANAGER,
        says=SAYS["dispose asset"],
        price=money(low=0, high=1_000, label="Sold for"),
        account=ref(
            Account, active=lambda a: (a.kind, a.status) == ("Bank", "Active"), label="Paid into"
        ),
        sold_on=date(past=5, default="today", label="Sold on"),
    )
    def dispose(self, price: int, account: Account, sold_on: dt.date) -> None:
        since = max([self.dated, *(line.run.month.ends for line in self.worn())])
        require_past(self, since, sold_on, "A disposal")
        loss = self.book_value - price
        lines = [
            (account, "Debit", price),
            (ledger(self, WEAR), "Debit", self.accumulated),
            (ledger(self, DISPOSALS), "Debit" if loss > 0 else "Credit", abs(loss)),
            (ledger(self, EQUIPMENT), "Credit", self.cost),
        ]
        book(self, sold_on, f"{self.name} sold", lines)
        self.status = "Disposed"


@app.record(key="number", plural="Depreciation runs", seeds=(0, 0), may=MAY)
class DepreciationRun(Dated):
    """A month's depreciation of all assets in use."""

    number: str = code("DEP-####")
    month: Period = ref(Period, active=lambda month: month.status == "Open")
    status: str = choice("Draft", "Posted", "Taken back", editable=False)
    entry: JournalEntry = ref(JournalEntry, editable=False, required=False, listed=False)
    dated: dt.date = derived(lambda run: run.month.ends, shown_as=date())
    total: int = derived(lambda run: run.loss(), shown_as=money())

    def loss(self) -> int:
        """Returns what all assets lose together, in cents."""
        return sum(line.amount for line in self.find(DepreciationLine, run=self))

    def check(self) -> None:
        super().check()
        if (
            sum(run.status != "Taken back" for run in self.find(DepreciationRun, month=self.month))
            > 1
        ):
            raise Refused(f"{self.month} is depreciated only once (handbook, R26)")

    @deed("Post", when="Draft", by=MANAGER, says=SAYS["post run"])
    def post(self) -> None:
        if self.month.ends >= self.today:
            raise Refused(f"{self.month} is not over yet (handbook, R26)")
        posted = self.find(DepreciationRun, status="Posted")
        if later := [run for run in posted if run.month.starts > self.month.starts]:
            raise Refused(f"{later[0].month} is depreciated already (handbook, R26)")
        for asset in self.find(Asset, status="In use"):
            if asset.dated <= self.month.ends and (amount := asset.wear()):
                self.create(DepreciationLine, run=self, asset=asset, amount=amount)
                asset.book_value -= amount
        if not self.loss():
            raise Refused(f"Nothing is left to depreciate in {self.month} (handbook, R26)")
        sides = [(ledger(self, DEPRECIATION), "Debit"), (ledger(self, WEAR), "Credit")]
        lines = [(account, side, self.loss()) for account, side in sides]
        self.entry = book(self, self.month.ends, f"Depreciation of {self.month}", lines)
        self.status = "Posted"

    @deed("Take back", when="Posted", by=MANAGER, says=SAYS["take back run"])
    def take_back(self) -> None:
        posted = self.find(DepreciationRun, status="Posted")
        if later := [run for run in posted if run.month.starts > self.month.starts]:
            raise Refused(f"{later[-1]} has to be taken back first (handbook, R26)")
        lines = self.find(DepreciationLine, run=self)
        if gone := [line.asset for line in lines if line.asset.status == "Disposed"]:
            raise Refused(f"{gone[0]} is disposed of (handbook, R27)")
        for line in lines:
            line.asset.book_value += line.amount
        self.entry.undo()
        self.status = "Taken back"


@app.record(key="number", seeds=(0, 0), may=MAY)
class DepreciationLine(Record):
    """What one asset lost in a month; made by posting the run."""

    number: str = code("DL-####")
    run: DepreciationRun = ref(DepreciationRun, owner=True)
    asset: Asset = ref(Asset, editable=False)
    amount: int = money(editable=False)

    def locked(self) -> str:
        return f"{self} was made by its run and stays (handbook, R8)"
