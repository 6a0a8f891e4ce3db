"""Answers as typed values."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Any, Literal

import pydantic
import pytest

from palaestra.agent.figures import Misfit
from palaestra.agent.reading import read
from palaestra.errors import UsageError


class Money(pydantic.BaseModel):
    amount: Decimal
    currency: str = "EUR"


class Status(enum.Enum):
    PAID = "Paid"
    OPEN = "Not paid"


class Vendor(pydantic.BaseModel):
    name: str


class Bill(pydantic.BaseModel):
    number: str
    total: Decimal


@pytest.mark.parametrize(
    ("text", "schema", "value"),
    [
        (" Acme ", str, "Acme"),
        ("1,250", int, 1250),
        ("1.250", int, 1250),
        ("1,250.00", Decimal, Decimal("1250.00")),
        ("2.5", float, 2.5),
        ("Yes", bool, True),
        ("nein", bool, False),
        ("3 March 2026", dt.date, dt.date(2026, 3, 3)),
        ("2026-03-03 15:30", dt.datetime, dt.datetime(2026, 3, 3, 15, 30)),
        ("paid", Literal["Paid", "Draft"], "Paid"),
        ("not paid", Status, Status.OPEN),
        ("paid", Status, Status.PAID),
        ("—", int | None, None),
        ("7", int | None, 7),
        ("Acme; Bolt and Cog", list[str], ["Acme", "Bolt and Cog"]),
        ("1, 2, 3", list[int], [1, 2, 3]),
        ('["a", "b"]', list[str], ["a", "b"]),
        ("1,250.00 USD", Money, Money(amount=Decimal(1250), currency="USD")),
        ("12", Money, Money(amount=Decimal(12))),
        ("Acme", Vendor, Vendor(name="Acme")),
        ('{"number": "B-7", "total": "1,250.00"}', Bill, Bill(number="B-7", total=Decimal(1250))),
        ("5", Annotated[int, pydantic.Field(gt=3)], 5),
    ],
)
def test_what_is_read(text: str, schema: Any, value: Any):
    assert read(text, schema) == value


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ("Acme", int),
        ("3.5", int),
        ("maybe", bool),
        ("Void", Literal["Paid", "Draft"]),
        ("", Status),
        ("03/04/2026", dt.date),
        ("soon", dt.datetime),
        ("1, x", list[int]),
        ("B-7", Bill),
        ('{"number": 7}', Bill),
        ("2", Annotated[int, pydantic.Field(gt=3)]),
    ],
)
def test_what_does_not_fit(text: str, schema: Any):
    with pytest.raises(Misfit):
        read(text, schema)


@pytest.mark.parametrize("schema", [lambda text: text, object(), 7, "no such type"])
def test_what_is_no_schema(schema: Any):
    with pytest.raises(UsageError, match="no type that an answer"):
        read("x", schema)


def test_the_language_of_the_page_decides_what_is_ambiguous():
    assert read("1.250", Decimal, "de") == 1250
    assert read("1.250", Decimal, "en-GB") == Decimal("1.25")
    with pytest.raises(Misfit, match="two numbers"):
        read("1.250", Decimal)
