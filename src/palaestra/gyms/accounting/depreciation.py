"""How an asset loses its value, in integer cents; knows nothing of records."""

from __future__ import annotations

METHODS = ("Straight-line", "Declining balance")
SPEED = 2
"""Declining balance loses twice what a straight line over the same life would lose at first."""


def wear(method: str, cost: int, residual: int, months: int, book_value: int, month: int) -> int:
    """Returns what an asset loses in one month, in cents.

    A straight line loses the same every month, rounded down. Declining balance loses `SPEED` parts
    in `months` of the book value, rounded down, and never goes below the residual value. Whatever
    is left comes in the last month.

    Args:
        method: One of `METHODS`.
        cost: What it was bought for.
        residual: What it is worth at the end of its life.
        months: Its life.
        book_value: What it is worth before this month.
        month: Which month of its life, from 1.
    """
    left = book_value - residual
    if month >= months:
        return left
    if method == "Straight-line":
        return min(left, (cost - residual) // months)
    return min(left, book_value * SPEED // months)
