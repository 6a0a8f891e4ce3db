"""The rules of products, opportunities, their stages and discounts, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.crm.sales import (
    FREE,
    MOST,
    REOPENED,
    STAGES,
    Opportunity,
    OpportunityLine,
    Product,
)
from palaestra.kit import Refused, Store
from tests.gyms.crm.desk import a_contact, a_deal, a_user, negotiated, won
from tests.gyms.office import broken, enter, run


def test_r9_a_product_on_an_open_opportunity_is_not_discontinued(store: Store) -> None:
    deal = a_deal(store, 0)
    [line] = deal.lines()
    product = enter(store, Product, name="Foot pedal", family="Hardware", price=120_00)
    run(line, "update", product=product)
    with pytest.raises(Refused, match=f"open {deal} .*R9"):
        run(product, "discontinue")
    run(deal, "lose", reason="no decision")
    run(product, "discontinue")
    assert str(product) not in OpportunityLine.product.options(store)
    with pytest.raises(Refused, match="R9"):
        run(product, "update", price=90_00)
    run(product, "reinstate")
    with pytest.raises(Refused, match="still used by"):
        run(product, "delete")
    assert broken(store) == []


def test_r10_an_account_has_no_two_open_opportunities_with_one_title(store: Store) -> None:
    deal = a_deal(store)
    other = a_deal(store, contact=deal.contact)
    with pytest.raises(Refused, match="R10"):
        run(other, "update", title=deal.title)
    run(deal, "lose", reason="no decision")
    run(other, "update", title=deal.title)
    with pytest.raises(Refused, match="R10"):
        run(deal, "reopen")
    assert broken(store) == []


@pytest.mark.parametrize("at", STAGES)
@pytest.mark.parametrize("to", STAGES)
def test_r11_one_stage_forward_or_any_back(store: Store, at: str, to: str) -> None:
    deal = negotiated(store, 0)
    deal.stage = at
    if STAGES.index(to) in (*range(STAGES.index(at)), STAGES.index(at) + 1):
        run(deal, "change_stage", to=to)
        assert deal.stage == to
    else:
        with pytest.raises(Refused, match="R11"):
            run(deal, "change_stage", to=to)


def test_r12_a_proposal_needs_lines_and_a_negotiation_a_contact(store: Store) -> None:
    deal = a_deal(store)
    run(deal, "change_stage", to="Qualification")
    with pytest.raises(Refused, match="no lines"):
        run(deal, "change_stage", to="Proposal")
    line = {"product": Product.every(store, status="Active")[0], "quantity": 1, "discount": 0}
    enter(store, OpportunityLine, opportunity=deal, **line)
    run(deal, "change_stage", to="Proposal")
    contact, deal.contact = deal.contact, None
    with pytest.raises(Refused, match="names no contact"):
        run(deal, "change_stage", to="Negotiation")
    with pytest.raises(Refused, match="R12"):
        run(deal, "choose_contact", who=a_contact(store))
    run(deal, "choose_contact", who=contact)
    run(deal, "change_stage", to="Negotiation")


def test_r13_a_product_stands_on_an_opportunity_once_at_the_price_of_the_day(store: Store) -> None:
    deal = a_deal(store, 0, 5)
    one, other = deal.lines()
    with pytest.raises(Refused, match="R13"):
        run(other, "update", product=one.product)
    run(one.product, "update", price=100_00)
    before = one.price
    assert before != 100_00
    run(one, "update", quantity=3, discount=15)
    assert (one.price, one.total) == (100_00, 255_00)


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "total"),
    [(1, 99_99, 50, 50_00), (3, 33_33, 1, 98_99), (2, 10_00, 0, 20_00), (7, 1, 60, 3)],
)
def test_a_line_costs_its_price_less_the_discount_half_a_cent_up(
    store: Store, quantity: int, price: int, discount: int, total: int
) -> None:
    [line] = a_deal(store, 0).lines()
    line.quantity, line.price, line.discount = quantity, price, discount
    assert line.total == line.opportunity.amount == total


@pytest.mark.parametrize(("discount", "needed"), [(0, False), (FREE, False), (FREE + 1, True)])
def test_r14_a_discount_above_the_limit_needs_approval(
    store: Store, discount: int, needed: bool
) -> None:
    deal = negotiated(store, 0, discount)
    if not needed:
        with pytest.raises(Refused, match="R14"):
            run(deal, "ask_discount")
        run(deal, "win", closed_on=store.clock.today)
        return
    with pytest.raises(Refused, match=r"not approved .*R16"):
        run(deal, "win", closed_on=store.clock.today)
    run(deal, "ask_discount")
    run(deal, "approve_discount")
    assert (deal.approval, deal.approved) == ("Approved", discount)
    with pytest.raises(Refused, match="R14"):
        run(deal, "ask_discount")
    run(deal, "win", closed_on=store.clock.today)
    assert broken(store) == []


def test_r14_none_above_the_highest_is_approved(store: Store) -> None:
    deal = a_deal(store, MOST + 1)
    run(deal, "ask_discount")
    with pytest.raises(Refused, match="R14"):
        run(deal, "approve_discount")
    run(deal, "reject_discount", reason="margin too small")
    assert (deal.approval, deal.rejected_for) == ("Rejected", "margin too small")
    run(deal.lines()[0], "update", discount=MOST)
    run(deal, "ask_discount")
    run(deal, "approve_discount")
    assert (deal.approved, deal.rejected_for) == (MOST, None)


def test_r14_what_was_approved_covers_what_is_less(store: Store) -> None:
    deal = negotiated(store, 30)
    run(deal, "ask_discount")
    run(deal, "approve_discount")
    [line] = deal.lines()
    run(line, "update", discount=20)
    run(deal, "win", closed_on=store.clock.today)
    other = negotiated(store, 30)
    run(other, "ask_discount")
    run(other, "approve_discount")
    run(other.lines()[0], "update", discount=31)
    with pytest.raises(Refused, match="R16"):
        run(other, "win", closed_on=store.clock.today)


def test_r15_while_a_discount_waits_nothing_moves(store: Store) -> None:
    deal = negotiated(store, 20)
    [line] = deal.lines()
    run(deal, "ask_discount")
    product = Product.every(store, status="Active")[-1]
    new = {"product": product, "quantity": 1, "discount": 0}
    for deed in (
        lambda: run(line, "update", discount=0),
        lambda: run(line, "delete"),
        lambda: enter(store, OpportunityLine, opportunity=deal, **new),
        lambda: run(deal, "win", closed_on=store.clock.today),
        lambda: run(deal, "lose", reason="no decision"),
        lambda: run(deal, "ask_discount"),
    ):
        with pytest.raises(Refused, match="R15"):
            deed()
    run(deal, "withdraw_discount")
    assert deal.approval == "None"
    run(line, "update", discount=0)


def test_r16_only_what_is_negotiated_is_won(store: Store) -> None:
    deal = a_deal(store, 0)
    with pytest.raises(Refused, match="R16"):
        run(deal, "win", closed_on=store.clock.today)
    deal = negotiated(store, 0)
    for day in (-1, 1):
        with pytest.raises(Refused, match="R16"):
            run(deal, "win", closed_on=store.clock.today + dt.timedelta(days=day))
    for line in deal.lines():
        run(line, "delete")
    with pytest.raises(Refused, match="no lines"):
        run(deal, "win", closed_on=store.clock.today)


def test_winning_books_the_amount(store: Store) -> None:
    deal = won(store, 0, 10)
    assert (deal.stage, deal.booked, deal.closed_on) == ("Won", deal.amount, store.clock.today)
    run(deal.lines()[0].product, "update", price=20_00)
    assert deal.booked == deal.amount
    assert broken(store) == []


def test_r17_closed_opportunities_are_not_changed(store: Store) -> None:
    deal = won(store, 0)
    [line] = deal.lines()
    for record, deed, values in (
        (deal, "update", {"title": "Other"}),
        (deal, "delete", {}),
        (line, "update", {"quantity": 9}),
        (line, "delete", {}),
    ):
        with pytest.raises(Refused, match="R17"):
            run(record, deed, **values)
    for deed in ("lose", "change_stage", "reassign"):
        action = Opportunity.type.actions[deed]
        assert not action.when(deal)


@pytest.mark.parametrize(("days", "fine"), [(REOPENED, True), (REOPENED + 1, False)])
def test_r17_closed_opportunities_are_reopened_for_a_while(
    store: Store, days: int, fine: bool
) -> None:
    deal = won(store, 0)
    deal.opened_on = deal.closed_on = store.clock.today - dt.timedelta(days=days)
    if not fine:
        with pytest.raises(Refused, match="R17"):
            run(deal, "reopen")
        return
    run(deal, "reopen")
    assert (deal.stage, deal.closed_on, deal.booked) == ("Qualification", None, None)
    assert broken(store) == []


def test_r1_what_is_reopened_has_an_owner_who_may_own_it(store: Store) -> None:
    deal = won(store, 0)
    owner = deal.owner
    account = deal.account
    run(account, "reassign", to=a_user(store))
    run(owner, "deactivate")
    with pytest.raises(Refused, match="is inactive and cannot own"):
        run(deal, "reopen")


def test_what_is_reopened_has_a_contact_and_products_in_use(store: Store) -> None:
    deal = won(store, 0)
    contact, product = (
        deal.contact,
        enter(store, Product, name="Foot pedal", family="Hardware", price=120_00),
    )
    assert contact
    [line] = deal.lines()
    line.product = product
    run(contact, "deactivate")
    with pytest.raises(Refused, match="R5"):
        run(deal, "reopen")
    run(contact, "reactivate")
    run(product, "discontinue")
    with pytest.raises(Refused, match="R9"):
        run(deal, "reopen")
    run(product, "reinstate")
    run(deal, "reopen")
    assert broken(store) == []
