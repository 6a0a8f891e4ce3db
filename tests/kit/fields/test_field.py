from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palaestra.errors import Refused
from palaestra.kit import (
    choice,
    date,
    document,
    moment,
    money,
    quantity,
    ref,
    text,
    yes_no,
)
from palaestra.kit.fields import MAX_TEXT, Field
from palaestra.kit.seeding import Faker
from tests.apps import Employee, expenses
from tests.kit.fields.made import STORE, named

minutes = st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2199, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)
FIELDS: dict[str, tuple[Field, st.SearchStrategy[Any]]] = {
    "text": (text("phrase"), st.text(min_size=1, max_size=MAX_TEXT)),
    "long": (text("phrase", long=True), st.text(min_size=1, max_size=MAX_TEXT)),
    "money": (money(-5_000, 5_000), st.integers(-5_000_00, 5_000_00)),
    "currency": (money(-5_000, 5_000, currency="EUR"), st.integers(-5_000_00, 5_000_00)),
    "quantity": (quantity(-10, 1_000), st.integers(-10, 1_000)),
    "date": (date(), st.dates()),
    "moment": (moment(), minutes),
    "moment elsewhere": (moment(zone="America/St_Johns"), minutes),
    "choice": (choice("Air", "Sea, deep", "Land"), st.sampled_from(("Air", "Sea, deep", "Land"))),
    "yes_no": (yes_no(), st.booleans()),
    "ref": (ref(Employee), st.sampled_from(sorted(STORE.numbers(Employee.type.index)))),
    "document": (document(), st.text(min_size=1, max_size=MAX_TEXT)),
}
for name, (field, _) in FIELDS.items():
    named(field, name)

every = pytest.mark.parametrize("name", FIELDS)


@every
@given(st.data())
def test_what_is_shown_can_be_typed(name: str, data: st.DataObject) -> None:
    field, values = FIELDS[name]
    value = data.draw(values)
    if isinstance(value, str):
        value = value.strip()
        assume(value)
        try:
            value = field.parse(value, STORE)
        except Refused:
            assume(False)
    assert field.parse(field.show(value, STORE), STORE) == value
    assert field.parse(field.edit_form(value, STORE), STORE) == value


@every
@given(st.data())
def test_whatever_is_typed_is_a_value_or_refused(name: str, data: st.DataObject) -> None:
    field, _ = FIELDS[name]
    alphabet = (
        st.characters(codec=None)
        if data.draw(st.booleans())
        else st.sampled_from("0123456789-+,._/: eEUR\n")
    )
    typed = data.draw(st.text(alphabet, min_size=1, max_size=40))
    with suppress(Refused):
        field.show(field.parse(typed, STORE), STORE).encode()


@every
@pytest.mark.parametrize("typed", ["9" * 1_000_000, "x" * 1_000_000, "1," * 500_000 + "000"])
def test_a_megabyte_is_refused_in_a_few_words(name: str, typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        FIELDS[name][0].parse(typed, STORE)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("kind", expenses.records, ids=lambda kind: kind.name)
@given(seed=st.integers(0, 1 << 30))
def test_made_up_values_can_be_typed(kind: Any, seed: int) -> None:
    rng = random.Random(seed)
    for field in kind.form_fields:
        value = field.sample(rng, Faker(seed), STORE)
        assert field.parse(field.edit_form(value, STORE), STORE) == value


@every
@given(seed=st.integers(0, 1 << 30))
def test_values_of_every_kind_are_made_up_as_they_are_typed(name: str, seed: int) -> None:
    field, _ = FIELDS[name]
    value = field.sample(random.Random(seed), Faker(seed), STORE)
    assert field.parse(field.show(value, STORE), STORE) == value == field.store_form(value)
