"""The books under random play, and that every invariant can be broken."""

from __future__ import annotations

from contextlib import suppress

from palaestra.errors import InvalidAction
from palaestra.gyms.accounting.assets import Asset
from palaestra.gyms.accounting.bank import BankLine
from palaestra.gyms.accounting.inbox import Document
from palaestra.gyms.accounting.ledger import PAYABLE, RECEIVABLE, WEAR, JournalEntry, Period
from palaestra.gyms.accounting.orders import OrderLine
from palaestra.gyms.accounting.payables import Bill, Payment
from palaestra.gyms.accounting.receivables import Invoice
from palaestra.kit import Record, Session, Store
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action
from tests.gyms.accounting.desk import app, named
from tests.gyms.office import broken


def test_wandering_on_the_screens_keeps_the_invariants() -> None:
    done = sum(map(wandered, range(4)))
    assert done > 12


def wandered(seed: int) -> int:
    """Wanders for a while, and returns how much was done."""
    session, wanderer = Session(app, seed=seed, skin=seed), Wanderer(seed)
    session.store.user = "Manager"
    done = 0
    for _ in range(1500):
        ways = [ref for ref in session.targets() if ref.startswith("nav:")]
        action = wanderer.action(session)
        if ways and session.route.screen == "list" and wanderer.rng.random() < 0.15:
            action = Action("click", wanderer.rng.choice(ways))
        with suppress(InvalidAction):
            session.dispatch(action)
        if len(session.commands) > done:
            done = len(session.commands)
            assert broken(session.store) == [], session.commands[-1]
    return done


def test_every_invariant_can_be_broken(store: Store) -> None:
    """An invariant that nothing breaks would be no check; each is broken behind the rules' back."""
    posted = JournalEntry.every(store, status="Posted")[0]
    closed = Period.every(store, status="Closed")
    line = posted.lines()[0]
    draft, settled = (Bill.every(store, status=status)[0] for status in ("Draft", "Paid"))
    waiting = next(b for b in Bill.every(store, status="Approved") if not b.order)
    cleared = Payment.every(store, status="Cleared")[0]
    invoice, received = (Invoice.every(store, status=s)[0] for s in ("Issued", "Paid"))
    received_line = next(x for x in OrderLine.every(store) if x.received)
    matched = BankLine.every(store, status="Matched")[0]
    asset = Asset.every(store, status="In use")[0]
    document = Document.every(store, status="Entered")[0]
    bank = named(store, "Operating account")
    breaking: list[tuple[str, Record, str, object]] = [
        ("debits and credits", line, "amount", 1),
        ("Balances and turnovers", bank, "balance", 1),
        ("Balances and turnovers", closed[0], "turnover", 1),
        ("nothing unfinished", draft, "dated", closed[0].ends),
        ("its turnover", closed[0], "closed_at", 1),
        ("before an earlier", closed[0], "status", "Open"),
        ("its payment and its credits", cleared, "status", "Void"),
        ("its payment and its credits", settled, "status", "Approved"),
        ("its payment and its credits", waiting, "credited", 1),
        ("A bill is in the books", draft, "status", "Approved"),
        ("A bill is in the books", waiting, "entry", None),
        ("Accounts payable", waiting, "status", "Void"),
        ("Accounts payable", waiting.vendor, "owed", 1),
        ("Accounts payable", named(store, PAYABLE), "balance", 1),
        ("An invoice is in the books", invoice, "entry", None),
        ("An invoice is paid when", received, "paid", 1),
        ("An invoice is paid when", received, "status", "Issued"),
        ("Accounts receivable", invoice, "status", "Paid"),
        ("Accounts receivable", invoice.customer, "owes", 1),
        ("Accounts receivable", named(store, RECEIVABLE), "balance", 1),
        ("received of an order", received_line, "received", 0),
        ("billed of an order", received_line.order, "billed", 1),
        ("billed of an order", waiting, "order", received_line.order),
        ("matched with agree", matched, "amount", 1),
        ("matched with agree", matched, "status", "Open"),
        ("as long as it is booked", matched, "status", "Booked"),
        ("A document and the bill", document.bill, "invoice", "INV-0"),
        ("A document and the bill", document, "bill", None),
        ("book value", asset, "book_value", 1),
        ("Equipment and its", asset, "status", "Disposed"),
        ("Equipment and its", named(store, WEAR), "balance", 1),
        ("inactive account", bank, "status", "Inactive"),
    ]
    start = store.snapshot()
    reached = set()
    for words, record, field, value in breaking:
        setattr(record, field, value)
        texts = [invariant.text for invariant in app.invariants if invariant.holds(store)]
        assert any(words in text for text in texts), words
        reached |= set(texts)
        store.restore(start)
    assert reached == {invariant.text for invariant in app.invariants}
