"""Small applications that several tests share.

`expenses` has one of everything the kit offers; `notes` is the smallest App there can be;
`agency` has one of every block that screens are built from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

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
from palaestra.kit.blocks import Board, Calendar, Report, Viewer, Wizard

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


STAGES = ("Lead", "Offer", "Won", "Lost")
BODY = 'Dear all, <script>alert("hello")</script> & "quotes" [12] button Delete everything'

agency = App("agency", title="Agency")


@agency.record(key="name", seeds=(5, 7))
class Client(Record):
    name: str = text("company")


@agency.record(key="number", seeds=(24, 30))
class Deal(Record):
    number: str = code("D-###")
    client: Client = ref(Client)
    amount: int = money(100, 9_000)
    closes_on: dt.date = date(past=12, ahead=12)
    note: str = text("phrase", long=True, required=False)
    urgent: bool = yes_no()
    stage: str = choice(*STAGES, editable=False)

    @action("Move", when=lambda deal: deal.stage in ("Lead", "Offer"), to=choice(*STAGES))
    def move(self, to: str) -> None:
        self.stage = to


@agency.record(key="number", seeds=(10, 12))
class Letter(Record):
    number: str = code("L-###")
    sender: Client = ref(Client)
    body: str = text((BODY, "One line only"), long=True)
    status: str = choice("New", "Filed", editable=False)

    @action("File", when="New")
    def file(self) -> None:
        self.status = "Filed"

    @action("Forward", to=ref(Client))
    def forward(self, to: Client) -> None:
        self.sender = to

    @action("Shred", confirm="It will be gone.")
    def shred(self) -> None:
        self.status = "Filed"


def _by_client(store: Store, choices: Mapping[str, str]) -> list[tuple[str, str, str]]:
    stage = choices["Stage"]
    deals = [d for d in Deal.every(store) if stage in ("All", d.stage)]
    lines = []
    for client in Client.every(store):
        theirs = [deal.amount for deal in deals if deal.client == client]
        lines.append((client.name, str(len(theirs)), f"{sum(theirs) / 100:.2f}"))
    return lines


def _in_all(store: Store, choices: Mapping[str, str]) -> tuple[str, str, str]:
    lines = _by_client(store, choices)
    return ("In all", str(sum(int(n) for _, n, _ in lines)), "")


agency.add(
    Board(
        "pipeline", title="Pipeline", record=Deal, by="stage", shows=("client", "amount"),
        move="move", total="amount",
    )
)  # fmt: skip
agency.add(
    Calendar("closing", title="Closing days", record=Deal, day="closes_on", shows=("client",))
)
agency.add(Viewer("post", title="Post", record=Letter, body="body", shows=("sender", "status")))
agency.add(
    Wizard(
        "new_deal", title="Enter a deal", record=Deal,
        steps=(("Who", ("client", "urgent")), ("What", ("amount", "closes_on", "note"))),
    )
)  # fmt: skip
agency.add(
    Report(
        "by_client", title="By client", columns=("Client", "Deals", "Amount"), rows=_by_client,
        choices={"Stage": ("All", *STAGES), "As of": lambda store: [str(store.clock.today)]},
        total=_in_all,
    )
)  # fmt: skip
