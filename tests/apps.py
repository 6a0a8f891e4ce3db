"""Small applications that several tests share.

`expenses` has one of everything the kit offers; `notes` is the smallest App there can be.
"""

from __future__ import annotations

import datetime as dt

from palaestra.kit import (
    App,
    Record,
    Refused,
    Store,
    action,
    choice,
    code,
    date,
    derived,
    money,
    quantity,
    ref,
    text,
    yes_no,
)

LIMIT = 2_000_00

expenses = App(
    "expenses",
    title="Expense claims",
    handbook=(
        "R1. Claims over 2,000.00 need a receipt.\n"
        "R2. Nobody approves a claim of their own.\n"
        "R3. A paid claim stays as it is."
    ),
)


@expenses.record(key="name", plural="Employees", seeds=(5, 7))
class Employee(Record):
    name: str = text("person")
    email: str = text("email", required=False)
    grade: int = quantity(1, 9)


@expenses.record(key="number", plural="Claims", seeds=(12, 16))
class Claim(Record):
    number: str = code("EXP-####")
    payee: Employee = ref(Employee)
    approver: Employee | None = ref(Employee, required=False, editable=False)
    total: int = money(low=5, high=4_000)
    spent_on: dt.date = date(past=90)
    receipt: bool = yes_no()
    kind: str = choice("Travel", "Meals", "Other")
    note: str = text("phrase", long=True, required=False)
    status: str = choice("Draft", "Submitted", "Approved", "Paid", editable=False)
    lines = derived(lambda claim: len(claim.find(Line, claim=claim)), shown_as=quantity())

    @action("Submit", when=lambda c: c.status == "Draft", says=("submit {record}",))
    def submit(self) -> None:
        if self.total > LIMIT and not self.receipt:
            raise Refused("Claims over 2,000.00 need a receipt (R1)")
        self.status = "Submitted"

    @action("Approve", when=lambda c: c.status == "Submitted", approver=ref(Employee, label="By"))
    def approve(self, approver: Employee) -> None:
        self.approver = approver
        self.status = "Approved"
        if approver == self.payee:
            raise Refused("Nobody approves a claim of their own (R2)")

    @action("Pay", when=lambda c: c.status == "Approved", confirm="The money leaves at once.")
    def pay(self) -> None:
        self.status = "Paid"

    def locked(self) -> str:
        return "A paid claim stays as it is (R3)" if self.status == "Paid" else ""

    def check(self) -> None:
        if self.spent_on > self.today:
            raise Refused("A claim cannot lie in the future")


@expenses.record(key="number", plural="Lines", seeds=(0, 2))
class Line(Record):
    number: str = code("L-####")
    claim: Claim = ref(Claim, owner=True)
    what: str = text("phrase")
    amount: int = money(1, 100)


@expenses.invariant("No approved claim was approved by its payee")
def _approved_by_others(store: Store) -> list[str]:
    return [str(c) for c in Claim.type.find(store) if c.approver and c.approver == c.payee]


notes = App("notes", title="Notes")


@notes.record(key="title", seeds=(3, 3))
class Note(Record):
    title: str = text("phrase")
