from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit import Session
from palaestra.tasks.writing import written
from palaestra.types import Value
from tests.apps import expenses

SESSION = Session(expenses, 3)
FIELDS = {f.name: f for f in expenses.kind("claim").stored}


def forms(field: str, value: Value) -> set[str]:
    return {
        written(FIELDS[field], value, SESSION.store, random.Random(seed)) for seed in range(200)
    }


@given(st.dates(dt.date(1000, 1, 1)), st.integers(0, 99))
def test_a_field_reads_every_form_of_a_date(day: dt.date, seed: int) -> None:
    text = written(FIELDS["spent_on"], day, SESSION.store, random.Random(seed))
    assert FIELDS["spent_on"].parse(text, SESSION.store) == day


@given(st.integers(5_00, 4_000_00), st.integers(0, 99))
def test_a_field_reads_every_form_of_an_amount(cents: int, seed: int) -> None:
    text = written(FIELDS["total"], cents, SESSION.store, random.Random(seed))
    assert FIELDS["total"].parse(text, SESSION.store) == cents


def test_dates_and_amounts_come_in_several_forms() -> None:
    assert forms("spent_on", dt.date(2026, 3, 5))  == {
        "2026-03-05", "5 March 2026", "5 Mar 2026", "March 5, 2026", "Mar 5, 2026",
        "5th March 2026", "the 5th of March 2026", "the fifth of March 2026",
    }  # fmt: skip
    assert "today" in forms("spent_on", SESSION.store.clock.today)
    assert forms("total", 1_250_00) >= {"1,250.00", "1250.00", "1250", "1,250"}
    assert forms("total", 1_250_50) >= {"1,250.50", "1250.50"}
    assert forms("receipt", True) == {"Yes"}
