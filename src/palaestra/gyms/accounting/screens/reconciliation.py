"""The reconciliation of a bank account: what the bank tells beside what the books know of.

A bank line is picked on one side; the other side then has a button for each payment or receipt
that it may be. What no document tells of is booked or excluded by the line's own actions.
"""

from __future__ import annotations

import datetime as dt
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from palaestra.gyms.accounting.bank import BankLine, is_free
from palaestra.gyms.accounting.ledger import Account
from palaestra.gyms.accounting.payables import Payment
from palaestra.gyms.accounting.receivables import Receipt
from palaestra.kit.blocks.selection import kept
from palaestra.kit.route import Route
from palaestra.kit.screens.table import EMPTY
from palaestra.types import Action, Command, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session
    from palaestra.kit.store import Store

Paper = type[Payment] | type[Receipt]
DEEDS = ("book_expense", "book_income", "exclude")


class Looked(NamedTuple):
    """What the screen shows.

    Attributes:
        account: Number of the bank account; 0 for the first that has open lines.
        picked: Number of the bank line that was picked; 0 for none.
        page: Page of bank lines, from 0.
    """

    account: int = 0
    picked: int = 0
    page: int = 0


class Free(NamedTuple):
    """A payment or receipt that no bank line tells of yet.

    Attributes:
        record: It.
        day: When it was paid or received.
        cents: Its amount; negative where money went out.
        detail: Whom it is about.
    """

    record: Payment | Receipt
    day: dt.date
    cents: int
    detail: str


class Reconciliation:
    """The screen."""

    name, title = "reconciliation", "Reconciliation"

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the choice of account, the open bank lines, and what is free to be matched."""
        banks, here = self._place(session)
        looked = self._looked(session)
        label = session.lexicon.label
        options = tuple(
            Node("option", str(b), states=("selected",) if b == here else ()) for b in banks
        )
        lines = open_lines(session, here)
        picked = BankLine(session.store, looked.picked) if looked.picked else None
        if picked and (picked.status, picked.account) != ("Open", here):
            picked = None
        return (
            Node("heading", label(self.title)),
            Node("combobox", label("Account"), "account", str(here), children=options),
            self._lines(session, lines, picked),
            self._papers(session, here, picked),
        )

    def _lines(self, session: Session, lines: list[int], picked: BankLine | None) -> Node:
        size, word = session.skin.page_size, session.lexicon.word
        last = max(0, (len(lines) - 1) // size)
        page = min(self._looked(session).page, last)
        label = session.lexicon.label
        title = label(BankLine.type.plural)
        shown = (BankLine(session.store, n) for n in lines[page * size : (page + 1) * size])
        rows = [self._line(session, line, picked) for line in shown]
        header = _header(
            *map(label, ("Number", "Value date", "Description", "Amount")), word("actions")
        )
        off = ("disabled",)
        return Node("region", title, children=(
            Node("heading", title),
            Node("table", title, children=(header, *rows)),
            Node("paragraph", word("page", page=page + 1, last=last + 1)),
            Node("button", word("previous"), "page:-1", states=() if page else off),
            Node("button", word("next"), "page:1", states=() if page < last else off),
        ))  # fmt: skip

    def _line(self, session: Session, line: BankLine, picked: BankLine | None) -> Node:
        name, number = str(line), line._id
        chosen = session.lexicon.word("choose", label=name)
        link = Node("link", name, f"open:{BankLine.type.name}:{number}")
        off = ("disabled",) if line == picked else ()
        button = Node("button", chosen, f"pick:{number}", states=off)
        return Node("row", children=(
            Node("cell", name, children=(link,)),
            *_told(session, line.dated, line.detail, line.amount),
            Node("cell", chosen, children=(button,)),
        ))  # fmt: skip

    def _papers(self, session: Session, account: Account, picked: BankLine | None) -> Node:
        label, word = session.lexicon.label, session.lexicon.word
        title = label("Payments and receipts")
        papers = free_papers(session, account)
        size = session.skin.page_size
        near = papers[:size]
        if picked:
            near = nsmallest(size, papers, key=lambda paper: abs(paper[2] - picked.amount))
        rows = [self._paper(session, _free(session.store, *paper), picked) for paper in near]
        header = _header(*map(label, ("Number", "Date", "Description", "Amount")), word("actions"))
        chosen = [Node("heading", session.lexicon.titled(BankLine.type, str(picked)))] * bool(
            picked
        )
        deeds = [
            Node("button", f"{label(action.label)} {picked}", f"do:{action.name}")
            for action in BankLine.type.actions.values()
            if picked and action.name in DEEDS and action.when(picked)
        ]
        return Node("region", title, children=(
            Node("heading", title),
            Node("table", title, children=(header, *rows)),
            Node("paragraph", f"{len(rows)} / {len(papers)}"),
            *chosen,
            *deeds,
        ))  # fmt: skip

    def _paper(self, session: Session, paper: Free, picked: BankLine | None) -> Node:
        kind, number = paper.record.type.name, paper.record._id
        name = str(paper.record)
        fits = picked is not None and (picked.amount < 0) == (paper.cents < 0)
        match = BankLine.type.actions[f"match_{kind}"].label
        said = f"{session.lexicon.label(match)} {name}" if fits else ""
        button = (Node("button", said, f"match:{kind}:{number}"),) if fits else ()
        return Node("row", children=(
            Node("cell", name, children=(Node("link", name, f"open:{kind}:{number}"),)),
            *_told(session, paper.day, paper.detail, paper.cents),
            Node("cell", said or EMPTY, children=button),
        ))  # fmt: skip

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Changes the account, turns pages, picks a line, matches it or goes to its form.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        looked = self._looked(session)
        if verb == "account" and action.op in ("select", "click"):
            banks, _ = self._place(session)
            chosen = next((bank for bank in banks if str(bank) == action.text), None)
            session.remember(self.name, Looked(chosen._id if chosen else 0))
        elif verb == "page":
            session.remember(self.name, looked._replace(page=max(0, looked.page + int(rest[0]))))
        elif verb == "pick":
            session.remember(self.name, looked._replace(picked=int(rest[0])))
        elif verb == "match":
            kind, paper = rest[0], int(rest[1])
            line = BankLine.type.name
            session.attempt(Command(f"match_{kind}", line, looked.picked, ((kind, paper),)))
        elif verb == "do":
            session.require(BankLine.type, looked.picked, rest[0])
            session.go(Route("form", BankLine.type.name, looked.picked, rest[0]))

    def _place(self, session: Session) -> tuple[list[Account], Account]:
        """Returns the bank accounts, and the one that is looked at."""
        banks = Account.every(session.store, kind="Bank")
        wanted = self._looked(session).account
        here = next((bank for bank in banks if bank._id == wanted), None)
        busy = (bank for bank in banks if open_lines(session, bank))
        return banks, here or next(busy, banks[0])

    def _looked(self, session: Session) -> Looked:
        looked: Looked = session.memory.get(self.name, Looked())
        return looked


def open_lines(session: Session, account: Account) -> list[int]:
    """Returns the numbers of the bank lines of an account that nothing was done about."""

    def find() -> list[int]:
        return [x._id for x in BankLine.every(session.store, status="Open", account=account)]

    return kept(session, ("open bank lines", account._id), find)


def free_papers(session: Session, account: Account) -> list[tuple[Paper, int, int]]:
    """Returns class, number and cents of what cleared and no bank line tells of yet."""

    def find() -> list[tuple[Paper, int, int]]:
        store, cleared = session.store, {"status": "Cleared", "account": account}
        out = [p for p in Payment.every(store, **cleared) if is_free(p)]
        in_ = [r for r in Receipt.every(store, **cleared) if is_free(r)]
        papers: list[tuple[Paper, int, int]] = [(Payment, p._id, -p.amount) for p in out]
        return [*papers, *((Receipt, r._id, r.amount) for r in in_)]

    return kept(session, ("free papers", account._id), find)


def _free(store: Store, cls: Paper, number: int, cents: int) -> Free:
    paper = cls(store, number)
    if isinstance(paper, Payment):
        return Free(paper, paper.paid_on, cents, str(paper.bill.vendor))
    return Free(paper, paper.received_on, cents, str(paper.invoice.customer))


def _told(session: Session, day: dt.date, detail: str, cents: int) -> tuple[Node, ...]:
    store = session.store
    shown = (BankLine.dated.show(day, store), detail, BankLine.amount.show(cents, store))  # type: ignore[attr-defined]
    return tuple(Node("cell", text) for text in shown)


def _header(*names: str) -> Node:
    return Node("row", children=tuple(Node("columnheader", name) for name in names))
