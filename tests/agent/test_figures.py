"""Amounts and days as people write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.agent.figures import Misfit, amount, currency, day

CENTS = st.integers(-10_000_000_00, 10_000_000_00).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("7", "", "7"),
        ("1,250.00", "", "1250.00"),
        ("1.250,00", "", "1250.00"),
        ("1'250.00", "", "1250.00"),
        ("1 250,00 EUR", "", "1250.00"),
        ("1,250", "", "1250"),
        ("1,25", "", "1.25"),
        ("1,250", "de", "1.250"),
        ("1.250", "de", "1250"),
        ("1.250", "en", "1.250"),
        ("0.125", "", "0.125"),
        ("12.345.678", "", "12345678"),
        ("EUR 1,250.00", "", "1250.00"),
        ("€ -3.50", "", "-3.50"),
        ("\u22123.50", "", "-3.50"),
        ("(12.50)", "", "-12.50"),
        ("about 12 bills", "", "12"),
    ],
)
def test_amounts(text: str, language: str, value: str):
    assert amount(text, language) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Acme",
        "BILL-0007",
        "1.250",
        "3 of 4",
        "1,25,000",
        "1.2.3",
        "12 and 13",
        "A4",
        "1.250.00",
    ],
)
def test_what_is_no_amount_or_two(text: str):
    with pytest.raises(Misfit):
        amount(text)


@given(CENTS)
def test_an_amount_comes_back_from_how_it_is_written(value: Decimal):
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert amount(english) == amount(german) == amount(english.replace(",", "'")) == value


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04", "4 March 2026", "March 4, 2026", "4th of March 2026", "Wed, 4 Mar 2026",
        "4. März 2026", "Mittwoch, den 4. März 2026", "04.03.2026", "2026年3月4日", "2026/3/4",
    ],
)  # fmt: skip
def test_days(text: str):
    assert day(text) == dt.date(2026, 3, 4)


def test_a_slashed_day_is_read_where_it_is_one():
    assert day("13/04/2026") == day("04/13/2026") == dt.date(2026, 4, 13)
    assert day("04/04/2026") == dt.date(2026, 4, 4)


@pytest.mark.parametrize(
    "text",
    ["03/04/2026", "4 March", "March 2026", "30 February 2026", "Acme", "", "4/5/26", "4 5 2026"],
)
def test_what_is_no_day_or_two(text: str):
    with pytest.raises(Misfit):
        day(text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)))
def test_a_day_comes_back_from_how_it_is_written(date: dt.date):
    written = (date.isoformat(), f"{date:%d %B %Y}", f"{date:%B %d, %Y}", f"{date:%d.%m.%Y}")
    assert {day(text) for text in written} == {date}


@given(st.text(max_size=30))
def test_whatever_is_read_is_read_or_does_not_fit(text: str):
    for read in (amount, day):
        try:
            read(text)
        except Misfit:
            continue


@pytest.mark.parametrize(
    ("text", "code"), [("1,250.00 USD", "USD"), ("CHF 5", "CHF"), ("€5", "EUR"), ("5", "")]
)
def test_currencies(text: str, code: str):
    assert currency(text) == code
