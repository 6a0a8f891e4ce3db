"""The rules of bank lines and their reconciliation, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.accounting.bank import DAYS, BankLine
from palaestra.gyms.accounting.ledger import Period
from palaestra.gyms.accounting.payables import Payment
from palaestra.gyms.accounting.receivables import Receipt
from palaestra.kit import Refused, Store
from tests.gyms.accounting.desk import issued, lines_of, named, paid, received
from tests.gyms.office import broken, run


def told(
    store: Store, cents: int, days_ago: int = 0, account: str = "Operating account"
) -> BankLine:
    """Imports a bank line."""
    day = store.clock.today - dt.timedelta(days=days_ago)
    bank = named(store, account)
    return BankLine.make(store, account=bank, dated=day, detail="Told", amount=cents)


def cleared(store: Store, cents: int) -> Payment:
    _, payment = paid(store, cents)
    run(payment, "clear")
    return payment


def got(store: Store, cents: int) -> Receipt:
    receipt = received(store, issued(store, cents), cents)
    run(receipt, "clear")
    return receipt


def test_payments_and_receipts_are_matched(store: Store) -> None:
    out, payment = told(store, -80_00), cleared(store, 80_00)
    in_, receipt = told(store, 70_00), got(store, 70_00)
    run(out, "match_payment", payment=payment)
    run(in_, "match_receipt", receipt=receipt)
    assert (out.status, out.payment, in_.status, in_.receipt) == (
        "Matched", payment, "Matched", receipt,
    )  # fmt: skip
    assert broken(store) == []
    run(out, "undo")
    assert (out.status, out.payment, payment.status) == ("Open", None, "Cleared")


def test_r24_only_what_agrees_is_matched(store: Store) -> None:
    payment = cleared(store, 80_00)
    for line in (
        told(store, -80_01),
        told(store, -80_00, days_ago=1),
        told(store, -80_00, account="Savings account"),
    ):
        with pytest.raises(Refused, match="R24"):
            run(line, "match_payment", payment=payment)
    with pytest.raises(Refused, match="not possible"):
        run(told(store, 80_00), "match_payment", payment=payment)
    _, issued_only = paid(store, 80_00)
    with pytest.raises(Refused, match="has not cleared"):
        run(told(store, -80_00), "match_payment", payment=issued_only)
    run(told(store, -80_00), "match_payment", payment=payment)
    with pytest.raises(Refused, match="matched already"):
        run(told(store, -80_00), "match_payment", payment=payment)


def test_r24_a_receipt_is_matched_once(store: Store) -> None:
    receipt = got(store, 70_00)
    run(told(store, 70_00), "match_receipt", receipt=receipt)
    with pytest.raises(Refused, match="matched already"):
        run(told(store, 70_00), "match_receipt", receipt=receipt)


@pytest.mark.parametrize(("days", "fine"), [(0, True), (DAYS, True), (DAYS + 1, False)])
def test_r24_the_bank_takes_ten_days_at_most(store: Store, days: int, fine: bool) -> None:
    line, payment = told(store, -80_00), cleared(store, 80_00)
    payment.paid_on = store.clock.today - dt.timedelta(days=days)
    if fine:
        run(line, "match_payment", payment=payment)
    else:
        with pytest.raises(Refused, match="R24"):
            run(line, "match_payment", payment=payment)


def test_fees_and_interest_are_booked_from_their_lines(store: Store) -> None:
    charges, bank = named(store, "Bank charges"), named(store, "Operating account")
    before = charges.balance, bank.balance
    fee, gain = told(store, -4_50), told(store, 9_00)
    run(fee, "book_expense", account=charges)
    run(gain, "book_income", account=named(store, "Interest income"))
    assert (charges.balance, bank.balance) == (before[0] + 4_50, before[1] + 4_50)
    assert fee.entry
    assert lines_of(fee.entry) == {
        ("Bank charges", "Debit", 4_50), ("Operating account", "Credit", 4_50),
    }  # fmt: skip
    assert broken(store) == []
    run(fee, "undo")
    assert (fee.status, charges.balance) == ("Open", before[0])
    assert broken(store) == []


def test_what_is_none_of_ours_is_excluded_by_a_manager(store: Store) -> None:
    line = told(store, -5_00)
    store.user = "Clerk"
    with pytest.raises(Refused, match=r"[Mm]anager"):
        run(line, "exclude", reason="bank error")
    store.user = "Manager"
    run(line, "exclude", reason="bank error")
    run(line, "undo")
    assert (line.status, line.excluded_for) == ("Open", None)


def test_r23_what_the_bank_says_stays(store: Store) -> None:
    line = told(store, -5_00)
    for verb in ("update", "delete"):
        with pytest.raises(Refused, match="R23"):
            run(line, verb)


def test_r2_a_line_of_a_closed_month_stays_reconciled(store: Store) -> None:
    closed = Period.every(store, status="Closed")
    matched = next(
        (x for x in BankLine.every(store, status="Matched") if x.dated <= closed[-1].ends), None
    ) or BankLine.every(store, status="Matched")[0]  # fmt: skip
    matched.dated = closed[-1].ends
    with pytest.raises(Refused, match="R2"):
        run(matched, "undo")
