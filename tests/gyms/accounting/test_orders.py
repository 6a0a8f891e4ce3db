"""The rules of orders, deliveries and the three-way match, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.accounting.matching import LEAST, tolerance
from palaestra.gyms.accounting.orders import Delivery, PurchaseOrder
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Refused, Store
from tests.gyms.accounting.desk import a_bill, a_vendor, an_order
from tests.gyms.office import broken, enter, run


def test_r3_an_order_without_lines_is_not_placed(store: Store) -> None:
    with pytest.raises(Refused, match="R3"):
        an_order(store)


def test_r5_a_vendor_on_hold_is_sent_no_order(store: Store) -> None:
    order = enter(store, PurchaseOrder, vendor=a_vendor(store), dated=store.clock.today)
    other = an_order(store, 10_00, received=False)
    run(a_vendor(store), "hold", reason="disputed delivery")
    assert isinstance(order, PurchaseOrder)
    order.status, other.status = "Draft", "Draft"
    with pytest.raises(Refused, match="R5"):
        run(other, "place")


def test_what_is_delivered_is_on_file(store: Store) -> None:
    order = an_order(store, 10_00, 25_00)
    deliveries = [d for d in Delivery.every(store) if d.order == order]
    assert [(d.quantity, d.status) for d in deliveries] == [(2, "Received")] * 2
    assert (order.total, order.received) == (70_00, 70_00)
    with pytest.raises(Refused, match="R8"):
        run(deliveries[0], "delete")
    assert broken(store) == []


def test_r14_no_more_is_received_than_ordered(store: Store) -> None:
    [line] = an_order(store, 10_00, received=False).lines()
    run(line, "receive", quantity=1, received_on=store.clock.today)
    with pytest.raises(Refused, match="R14"):
        run(line, "receive", quantity=2, received_on=store.clock.today)


@pytest.mark.parametrize("days", [-1, 1])
def test_r13_a_delivery_is_neither_before_its_order_nor_in_the_future(
    store: Store, days: int
) -> None:
    [line] = an_order(store, 10_00, received=False).lines()
    day = store.clock.today + dt.timedelta(days=days)
    with pytest.raises(Refused, match="R13"):
        run(line, "receive", quantity=1, received_on=day)


def test_r16_an_order_is_completed_when_delivered_and_cancelled_while_not(store: Store) -> None:
    order = an_order(store, 10_00, received=False)
    [line] = order.lines()
    with pytest.raises(Refused, match="R16"):
        run(order, "complete")
    run(line, "receive", quantity=1, received_on=store.clock.today)
    with pytest.raises(Refused, match="R16"):
        run(order, "cancel")
    run(line, "receive", quantity=1, received_on=store.clock.today)
    run(order, "complete")
    with pytest.raises(Refused, match="R16"):
        run(Delivery.every(store)[-1], "send_back")
    unwanted = an_order(store, 10_00, received=False)
    run(unwanted, "cancel")
    assert (order.status, unwanted.status) == ("Completed", "Cancelled")


def test_goods_are_sent_back_until_they_are_billed(store: Store) -> None:
    order = an_order(store, 400_00)
    delivery = Delivery.every(store)[-1]
    bill = a_bill(store, 800_00, order=order)
    run(bill, "submit")
    run(bill, "match")
    with pytest.raises(Refused, match="R15"):
        run(delivery, "send_back")
    run(bill, "withdraw")
    assert (bill.matched, order.billed) == (False, 0)
    run(delivery, "send_back")
    assert (order.received, delivery.status) == (0, "Sent back")
    assert broken(store) == []


def test_the_tolerance_is_two_per_cent_or_five() -> None:
    assert [tolerance(c) for c in (0, 100_00, 250_00, 1_000_00)] == [LEAST, LEAST, 5_00, 20_00]


@pytest.mark.parametrize(("cents", "fine"), [
    (1_000_00, True), (1_020_00, True), (980_00, True), (1_020_01, False), (979_99, False),
])  # fmt: skip
def test_r15_a_bill_matches_within_the_tolerance(store: Store, cents: int, fine: bool) -> None:
    order = an_order(store, 500_00)
    bill = a_bill(store, cents, order=order)
    run(bill, "submit")
    with pytest.raises(Refused, match="R15"):
        run(bill, "approve")
    if not fine:
        with pytest.raises(Refused, match="another amount"):
            run(bill, "match")
        return
    run(bill, "match")
    run(bill, "approve")
    assert (bill.status, order.billed) == ("Approved", cents)
    assert broken(store) == []


def test_r15_nothing_is_billed_twice_or_before_it_is_delivered(store: Store) -> None:
    order = an_order(store, 500_00)
    first, second = (a_bill(store, 1_000_00, order=order) for _ in range(2))
    for bill in (first, second):
        run(bill, "submit")
    run(first, "match")
    with pytest.raises(Refused, match="delivered and not billed"):
        run(second, "match")
    run(first, "reject", reason="wrong price")
    run(second, "match")
    empty = a_bill(store, 1_000_00, order=an_order(store, 500_00, received=False))
    run(empty, "submit")
    with pytest.raises(Refused, match="delivered and not billed"):
        run(empty, "match")


def test_r15_the_order_is_one_to_the_same_vendor(store: Store) -> None:
    order = an_order(store, 500_00)
    bill = a_bill(store, 1_000_00, order=order)
    other = next(v for v in Vendor.every(store) if v != bill.vendor)
    run(bill, "update", vendor=other)
    run(bill, "submit")
    with pytest.raises(Refused, match=f"is an order to {order.vendor}"):
        run(bill, "match")


def test_voiding_a_matched_bill_frees_what_it_billed(store: Store) -> None:
    order = an_order(store, 500_00)
    bill = a_bill(store, 1_000_00, order=order)
    for verb in ("submit", "match", "approve", "void"):
        run(bill, verb)
    assert order.billed == 0
    assert broken(store) == []


def test_r15_a_cancelled_order_is_billed_nothing(store: Store) -> None:
    order = an_order(store, 500_00)
    bill = a_bill(store, 1_000_00, order=order)
    run(bill, "submit")
    order.status = "Cancelled"
    with pytest.raises(Refused, match="is cancelled"):
        run(bill, "match")
