from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palaestra.errors import GymError, Refused
from palaestra.kit import Session, choice, code, date, money, quantity, ref, text, yes_no
from palaestra.kit.fields import MAX_TEXT, Field, parse_date
from palaestra.kit.seeding import Faker
from tests.apps import Claim, Employee, expenses

STORE = Session(expenses, 1).store

FIELDS: dict[str, tuple[Field, st.SearchStrategy[Any]]] = {
    "text": (text("phrase"), st.text(min_size=1, max_size=MAX_TEXT)),
    "long": (text("phrase", long=True), st.text(min_size=1, max_size=MAX_TEXT)),
    "money": (money(-5_000, 5_000), st.integers(-5_000_00, 5_000_00)),
    "quantity": (quantity(-10, 1_000), st.integers(-10, 1_000)),
    "date": (date(), st.dates()),
    "choice": (choice("Air", "Sea, deep", "Land"), st.sampled_from(("Air", "Sea, deep", "Land"))),
    "yes_no": (yes_no(), st.booleans()),
    "ref": (ref(Employee), st.sampled_from(sorted(STORE.numbers(Employee.type.index)))),
}
for name, (field, _) in FIELDS.items():
    field.__set_name__(object, name)

named = pytest.mark.parametrize("name", FIELDS)


@named
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


@named
@given(st.data())
def test_whatever_is_typed_is_a_value_or_refused(name: str, data: st.DataObject) -> None:
    field, _ = FIELDS[name]
    alphabet = (
        st.characters(codec=None)
        if data.draw(st.booleans())
        else st.sampled_from("0123456789-+,._/ e")
    )
    typed = data.draw(st.text(alphabet, min_size=1, max_size=40))
    with suppress(Refused):
        field.show(field.parse(typed, STORE), STORE).encode()


@named
@pytest.mark.parametrize("typed", ["9" * 1_000_000, "x" * 1_000_000, "1," * 500_000 + "000"])
def test_a_megabyte_is_refused_in_a_few_words(name: str, typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        FIELDS[name][0].parse(typed, STORE)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "typed", ["nan", "inf", "-inf", "1e3", "0x10", "1_000", "٣", "1,00", ".5", "5.", "1.005"]
)
def test_odd_numbers_are_refused(typed: str) -> None:
    with pytest.raises(Refused):
        FIELDS["money"][0].parse(typed, STORE)
    with pytest.raises(Refused):
        FIELDS["quantity"][0].parse(typed, STORE)


@pytest.mark.parametrize(
    "typed",
    ["2026-02-30", "2026-13-01", "2026-W01-1", "31 February 2026", "1 Foo 2026", "0000-01-01"],
)
def test_days_that_do_not_exist_are_refused(typed: str) -> None:
    assert parse_date(typed) is None
    with pytest.raises(Refused):
        FIELDS["date"][0].parse(typed, STORE)


@given(st.dates())
def test_a_date_may_be_typed_in_words(day: dt.date) -> None:
    words = day.strftime("%d %B ") + f"{day.year:04d}"
    assert parse_date(words) == parse_date(words.lower()) == day


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\ud800b"])
def test_characters_that_cannot_be_shown_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="cannot be shown"):
        FIELDS["text"][0].parse(typed, STORE)


def test_a_line_of_text_is_one_line() -> None:
    assert FIELDS["text"][0].parse("a \t b\nc", STORE) == "a b c"
    assert FIELDS["long"][0].parse("a\nb", STORE) == "a\nb"


def test_bounds_are_part_of_the_range() -> None:
    amount = FIELDS["money"][0]
    assert amount.parse("5,000.00", STORE) == 5_000_00
    with pytest.raises(Refused, match=r"between -5,000\.00 and 5,000\.00"):
        amount.parse("5,000.01", STORE)


def test_a_pattern_is_held() -> None:
    field = text(pattern=r"[A-Z]{2}\d+")
    field.__set_name__(object, "iban")
    assert field.parse("DE12", STORE) == "DE12"
    with pytest.raises(Refused, match="expected form"):
        field.parse("12DE", STORE)


def test_only_active_records_can_be_chosen() -> None:
    field = ref(Employee, active=lambda e: e.grade > 100)
    field.__set_name__(object, "boss")
    assert field.options(STORE) == ()
    name = ref(Employee).show(1, STORE)
    with pytest.raises(Refused, match="there is no employee"):
        field.parse(name, STORE)


@pytest.mark.parametrize("kind", expenses.records, ids=lambda kind: kind.name)
@given(seed=st.integers(0, 1 << 30))
def test_made_up_values_can_be_typed(kind: Any, seed: int) -> None:
    rng = random.Random(seed)
    for field in kind.form_fields:
        value = field.sample(rng, Faker(seed), STORE)
        assert field.parse(field.edit_form(value, STORE), STORE) == value


def test_derived_values_follow_and_cannot_be_set() -> None:
    claim = Claim(STORE, 1)
    assert claim.lines == sum(1 for _ in claim.find(Claim.type.children[0].cls, claim=claim))
    with pytest.raises(GymError, match="derived"):
        claim.lines = 3


@pytest.mark.parametrize("form", ["BILL-", "A#B#", ""])
def test_a_code_without_a_place_for_digits_is_a_bug(form: str) -> None:
    with pytest.raises(GymError, match="ends in #"):
        code(form)


def test_choices_must_differ() -> None:
    with pytest.raises(GymError, match="differ"):
        choice("A", "A")
    with pytest.raises(GymError, match="differ"):
        choice()
