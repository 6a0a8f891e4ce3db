"""The three-way match: order, delivery and bill have to agree before a bill is approved."""

from __future__ import annotations

from palaestra.gyms.accounting.orders import PurchaseOrder

PERCENT = 2
"""Tolerance, in per cent of what was delivered and not billed yet."""
LEAST = 5_00
"""Cents that never matter."""


def tolerance(cents: int) -> int:
    """Returns by how many cents a bill may differ from a delivery of this value."""
    return max(LEAST, cents * PERCENT // 100)


def mismatch(order: PurchaseOrder, vendor: object, total: int) -> str:
    """Says why a bill does not agree with an order and its deliveries; "" where it does.

    Args:
        order: What was ordered and delivered.
        vendor: Whose bill it is.
        total: The bill's total, in cents.
    """
    if order.status not in ("Ordered", "Completed"):
        return f"{order} is {order.status.lower()}"
    if order.vendor != vendor:
        return f"{order} is an order to {order.vendor}"
    delivered = order.received - order.billed
    if delivered <= 0:
        return f"Nothing of {order} is delivered and not billed"
    if abs(total - delivered) > tolerance(delivered):
        return f"{order} was delivered for another amount"
    return ""
