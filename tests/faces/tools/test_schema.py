"""Values as JSON: what schemas say of each kind, and that what is told can be given back."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.faces.tools import schema
from palaestra.kit import (
    choice,
    date,
    derived,
    document,
    moment,
    money,
    quantity,
    ref,
    text,
    yes_no,
)
from palaestra.kit.session import Session
from tests.apps import Employee, expenses

STORE = Session(expenses, 1).store
FIELDS = {
    "text": (text(), "a b", "a b", {"type": "string"}),
    "money": (money(1, 4_000), 125_050, "1250.50", {"type": ["string", "number"]}),
    "owed": (money(-9, 9), -5, "-0.05", {"type": ["string", "number"]}),
    "quantity": (quantity(1, 9), 7, 7, {"type": "integer", "minimum": 1, "maximum": 9}),
    "date": (date(), dt.date(2026, 3, 31), "2026-03-31", {"type": "string", "format": "date"}),
    "choice": (choice("A", "B"), "B", "B", {"type": "string", "enum": ["A", "B"]}),
    "yes_no": (yes_no(), True, True, {"type": "boolean"}),
    "moment": (
        moment(zone="Europe/Berlin"),
        dt.datetime(2026, 3, 31, 12, 30, tzinfo=dt.UTC),
        "2026-03-31T14:30:00+02:00",
        {"type": "string", "format": "date-time"},
    ),
    "document": (document(required=True), "a.txt\nOne\nTwo", "a.txt\nOne\nTwo", {"type": "string"}),
    "ref": (ref(Employee), 1, Employee.type.label(STORE, 1), {"type": "string"}),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_told_of_a_value_can_be_given_for_it(name: str):
    field, value, told, said = FIELDS[name]
    assert schema.tell(field, value, STORE) == told
    assert field.parse(schema.typed(field, told, STORE), STORE) == value
    entered = schema.entered(field)
    assert {key: entered[key] for key in said} == said


def test_what_may_be_empty_may_be_null():
    assert schema.entered(choice("A", required=False))["enum"] == ["A", None]
    assert schema.entered(money(required=False))["type"] == ["string", "number", "null"]
    assert schema.entered(text())["type"] == "string"
    assert schema.told(text())["type"] == ["string", "null"]
    assert schema.tell(money(), None, STORE) is None
    assert schema.typed(text(), None, STORE) == ""


def test_what_is_derived_is_told_like_what_it_is_shown_as():
    field = derived(lambda record: 3, shown_as=money())
    assert schema.told(field)["pattern"] == schema.AMOUNT
    assert schema.tell(field, 1_234_567_89, STORE) == "1234567.89"


@pytest.mark.parametrize(
    ("given", "typed"), [(12.5, "12.5"), (3.0, "3"), (7, "7"), (1e300, "1e+300")]
)
def test_numbers_are_typed_as_people_do(given: float, typed: str):
    assert schema.typed(quantity(), given, STORE) == typed


@pytest.mark.parametrize("hour", [0, 1])
def test_an_hour_that_comes_twice_is_told_apart(hour: int):
    field = moment(zone="Europe/Berlin")
    value = dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)
    told = schema.tell(field, value, STORE)
    assert told == f"2026-10-25T02:30:00+0{2 - hour}:00"
    assert field.parse(schema.typed(field, told, STORE), STORE) == value


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ("2026-03-31T12:30:00Z", "2026-03-31 14:30 +02:00"),
        ("2026-03-31 14:30", "2026-03-31 14:30"),
        ("31 March 2026, 2:30 pm", "31 March 2026, 2:30 pm"),
        ("2026-03-31T12:30:59Z", "2026-03-31T12:30:59Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:00-14:00", "9999-12-31T23:59:00-14:00"),
    ],
)
def test_times_are_put_into_the_clock_of_the_office(given: str, typed: str):
    field = moment(zone="Europe/Berlin")
    assert schema.typed(field, given, STORE) == typed


def test_currencies_are_told():
    field = money(1, 4_000, currency="EUR", label="Total")
    assert schema.told(field)["description"] == "Total. In EUR"
    assert schema.entered(field)["description"].endswith("from 1.00 to 4000.00 EUR")
    assert schema.tell(field, 1_000_00, STORE) == "1000.00"
