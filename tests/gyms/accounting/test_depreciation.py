"""Depreciation against formulas that are written another way."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms.accounting.depreciation import METHODS, wear

COSTS = st.integers(200_00, 9_000_00)
MONTHS = st.integers(12, 96)
RESIDUALS = st.integers(0, 150_00)


def run_down(method: str, cost: int, residual: int, months: int) -> list[int]:
    """Returns what is lost in each month of a life."""
    book, lost = cost, []
    for month in range(1, months + 1):
        lost.append(wear(method, cost, residual, months, book, month))
        book -= lost[-1]
    return lost


@given(method=st.sampled_from(METHODS), cost=COSTS, residual=RESIDUALS, months=MONTHS)
def test_a_life_ends_at_the_residual_value(
    method: str, cost: int, residual: int, months: int
) -> None:
    lost = run_down(method, cost, residual, months)
    assert sum(lost) == cost - residual
    assert min(lost) >= 0


@given(cost=COSTS, residual=RESIDUALS, months=MONTHS)
def test_a_straight_line_is_level_and_the_last_month_takes_the_remainder(
    cost: int, residual: int, months: int
) -> None:
    *level, last = run_down("Straight-line", cost, residual, months)
    exact = Fraction(cost - residual, months)
    assert set(level) == {int(exact)}
    assert last - int(exact) == (cost - residual) % months


@given(cost=COSTS, months=MONTHS)
def test_declining_balance_keeps_near_the_closed_formula(cost: int, months: int) -> None:
    """Without residual and rounding, cost * (1 - 2/n) ** k is left after k months."""
    lost = run_down("Declining balance", cost, 0, months)
    for k in range(1, months):
        exact = cost * (1 - Fraction(2, months)) ** k
        left = cost - sum(lost[:k])
        assert 0 <= left - exact < k  # each month rounds down by less than a cent


@pytest.mark.parametrize(("method", "month", "book", "wanted"), [
    ("Straight-line", 1, 1_000_00, 25_00),
    ("Declining balance", 1, 1_000_00, 55_55),
    ("Declining balance", 2, 944_45, 52_46),
    ("Declining balance", 30, 105_00, 5_00),
    ("Declining balance", 36, 400_00, 300_00),
])  # fmt: skip
def test_some_months_by_hand(method: str, month: int, book: int, wanted: int) -> None:
    assert wear(method, 1_000_00, 100_00, 36, book, month) == wanted
