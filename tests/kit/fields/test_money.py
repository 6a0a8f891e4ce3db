from __future__ import annotations

import pytest

from palaestra.errors import Refused
from palaestra.kit import money
from tests.kit.fields.made import STORE, named

AMOUNT = named(money(-5_000, 5_000), "amount")
PRICE = named(money(0, 5_000, currency="EUR"), "price")


@pytest.mark.parametrize(
    "typed", ["nan", "inf", "-inf", "1e3", "0x10", "1_000", "٣", "1,00", ".5", "5.", "1.005"]
)
def test_odd_amounts_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match=r"must be an amount like 1,250\.00"):
        AMOUNT.parse(typed, STORE)


@pytest.mark.parametrize("typed", ["1,250.00", "1250", "1250.0", "1,250.00 EUR", "EUR 1,250"])
def test_an_amount_is_typed_with_its_currency_or_bare(typed: str) -> None:
    assert PRICE.parse(typed, STORE) == 1_250_00


@pytest.mark.parametrize("typed", ["1,250.00 USD", "1,250.00EUR", "EUR", "EUR EUR 1"])
def test_another_currency_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="must be an amount"):
        PRICE.parse(typed, STORE)
    with pytest.raises(Refused, match="must be an amount"):
        AMOUNT.parse("1.00 EUR", STORE)


def test_the_currency_is_shown_and_need_not_be_typed() -> None:
    assert PRICE.show(1_250_00, STORE) == "1,250.00 EUR"
    assert PRICE.edit_form(1_250_00, STORE) == "1,250.00"
    assert PRICE.show(None, STORE) == PRICE.edit_form(None, STORE) == ""
    with pytest.raises(Refused, match=r"between 0\.00 EUR and 5,000\.00 EUR"):
        PRICE.parse("-1", STORE)


def test_bounds_are_part_of_the_range() -> None:
    assert AMOUNT.parse("5,000.00", STORE) == 5_000_00
    with pytest.raises(Refused, match=r"between -5,000\.00 and 5,000\.00"):
        AMOUNT.parse("5,000.01", STORE)
