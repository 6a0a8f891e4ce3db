"""Values as JSON: what schemas say of each kind, and that what is told can be given back."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.faces.tools import schema
from palaestra.kit import choice, date, derived, money, quantity, ref, text, yes_no
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
    "ref": (ref(Employee), 1, Employee.type.label(STORE, 1), {"type": "string"}),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_told_of_a_value_can_be_given_for_it(name: str):
    field, value, told, said = FIELDS[name]
    assert schema.tell(field, value, STORE) == told
    assert field.parse(schema.typed(told), STORE) == value
    entered = schema.entered(field)
    assert {key: entered[key] for key in said} == said


def test_what_may_be_empty_may_be_null():
    assert schema.entered(choice("A", required=False))["enum"] == ["A", None]
    assert schema.entered(money(required=False))["type"] == ["string", "number", "null"]
    assert schema.entered(text())["type"] == "string"
    assert schema.told(text())["type"] == ["string", "null"]
    assert schema.tell(money(), None, STORE) is None
    assert schema.typed(None) == ""


def test_what_is_derived_is_told_like_what_it_is_shown_as():
    field = derived(lambda record: 3, shown_as=money())
    assert schema.told(field)["pattern"] == schema.AMOUNT
    assert schema.tell(field, 1_234_567_89, STORE) == "1234567.89"


@pytest.mark.parametrize(
    ("given", "typed"), [(12.5, "12.5"), (3.0, "3"), (7, "7"), (1e300, "1e+300")]
)
def test_numbers_are_typed_as_people_do(given: float, typed: str):
    assert schema.typed(given) == typed
