from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import GymError
from palaestra.kit import money
from palaestra.tasks.answer import Answer


@pytest.mark.parametrize(
    ("kind", "text", "given"),
    [
        ("text", "Ada Lovelace", " ada lovelace "),
        ("money", "1,250.00", "1250"),
        ("money", "1,250.00", "1,250.0"),
        ("money", "0.50", "00.5"),
        ("number", "12 claims", "12"),
        ("number", "12 claims", "12 Claims"),
        ("number", "12", "012"),
        ("number", "-3", "-3"),
        ("date", "2026-03-31", "31 March 2026"),
        ("date", "2026-03-31", "31 Mar. 2026"),
    ],
)
def test_the_same_value_in_other_clothes_is_right(kind: str, text: str, given: str) -> None:
    assert Answer(kind, text).accepts(given)


@pytest.mark.parametrize(
    ("kind", "text", "given"),
    [
        ("text", "Ada Lovelace", "Ada"),
        ("text", "Ada Lovelace", "It is Ada Lovelace"),
        ("money", "1,250.00", "1,250.01"),
        ("money", "1,250.00", "1,250.00 or 1,300.00"),
        ("money", "1,250.00", "12,50"),
        ("money", "5.00", "-5.00"),
        ("number", "12 claims", "12 bills"),
        ("number", "12 claims", "12 claims or so"),
        ("number", "12 claims", "12 or 13"),
        ("number", "12 claims", "112"),
        ("number", "12 claims", "twelve"),
        ("date", "2026-03-31", "2026-03-30"),
        ("date", "2026-03-31", "31.3.2026"),
    ],
)
def test_a_near_miss_is_wrong(kind: str, text: str, given: str) -> None:
    assert not Answer(kind, text).accepts(given)


@pytest.mark.parametrize("kind", ["text", "money", "number", "date"])
def test_nothing_and_a_megabyte_are_no_answer(kind: str) -> None:
    right = {"text": "9", "money": "9.00", "number": "9", "date": "2026-01-01"}[kind]
    for wrong in ("", " ", "9" * 1_000_000, "9 " * 500_000, right + " " + "x" * 1_000_000):
        assert not Answer(kind, right).accepts(wrong)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_amounts_are_compared_as_amounts(cents: int, other: int) -> None:
    def show(amount: int) -> str:
        shown: str = money().show(amount, None)
        return shown

    assert Answer("money", show(cents)).accepts(show(cents).replace(",", ""))
    assert Answer("money", show(cents)).accepts(show(other)) == (cents == other)


@given(st.dates(), st.dates())
def test_dates_are_compared_as_days(day: dt.date, other: dt.date) -> None:
    assert Answer("date", str(day)).accepts(str(other)) == (day == other)


@given(st.text(), st.text())
def test_any_text_may_be_given(right: str, given_text: str) -> None:
    if right.strip():
        assert Answer("text", right).accepts(right)
        Answer("text", right).accepts(given_text)


@pytest.mark.parametrize(
    ("kind", "text"), [("text", " "), ("money", "much"), ("number", "many"), ("colour", "red")]
)
def test_what_is_no_answer_is_a_bug_of_the_gym(kind: str, text: str) -> None:
    with pytest.raises(GymError, match="is no answer of kind"):
        Answer(kind, text)


@pytest.mark.parametrize("given", ["1,250.00 EUR", "EUR 1,250.00", "1250", " 1250.0 EUR "])
def test_an_amount_is_answered_with_its_currency_or_bare(given: str) -> None:
    assert Answer("money", "1,250.00 EUR").accepts(given)


@pytest.mark.parametrize(
    "given", ["1,250.00 USD", "EUR 1250 EUR", "1,251.00 EUR", "EUR", "1250 eur"]
)
def test_another_currency_is_another_amount(given: str) -> None:
    assert not Answer("money", "1,250.00 EUR").accepts(given)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("2026-03-31 14:30 Asia/Tokyo", True),
        ("2026-03-31 14:30", True),
        ("31 March 2026, 2:30 pm", True),
        ("2026-03-31 14:30 Europe/Berlin", False),
        ("2026-03-31 02:30", False),
        ("2026-03-31", False),
    ],
)
def test_a_moment_is_answered_with_its_zone_or_bare(given: str, right: bool) -> None:
    assert Answer("moment", "2026-03-31 14:30 Asia/Tokyo").accepts(given) is right


LATE = Answer("reason", "BILL-0001 is over 5,000.00 without a purchase order (handbook, R4)")
NONE = Answer("reason", "0 bills", ("bill BILL-9999", "BILL-9999"))


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (LATE, " bill-0001 is over 5,000.00  without a purchase order (Handbook, R4). "),
        (LATE, "R4"),
        (LATE, "It needs a purchase order, says rule r4."),
        (NONE, "0 bills"),
        (NONE, "There is no bill BILL-9999."),
        (NONE, "No such BILL-9999"),
        (NONE, "bill BILL-9999 does not exist"),
        (Answer("reason", "Rent is still used by vendor Ott"), "rent is still used by vendor Ott."),
    ],
)
def test_a_reason_may_be_given_in_the_applications_words_or_by_its_rule(
    answer: Answer, given: str
) -> None:
    assert answer.accepts(given)


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (LATE, ""),
        (LATE, "no"),
        (LATE, "R1 R2 R3 R4 R5"),
        (LATE, "R44"),
        (LATE, "It is over 5,000.00"),
        (LATE, "R4\nand all that stands on the screen"),
        (LATE, "R4" + " and more" * 50),
        (NONE, "0 vendors"),
        (NONE, "There is no bill BILL-9998"),
        (NONE, "no bill"),
        (NONE, "BILL-9999"),
        (Answer("reason", "Rent is still used by vendor Ott"), "Rent is still used"),
    ],
)
def test_what_is_no_reason(answer: Answer, given: str) -> None:
    assert not answer.accepts(given)


def test_what_is_missing_has_a_name() -> None:
    with pytest.raises(GymError):
        Answer("reason", "0 bills", ("",))


def test_a_word_is_right_translated_or_not() -> None:
    answer = Answer("text", "Aktiv", ("Active",))
    assert answer.accepts("aktiv")
    assert answer.accepts("Active")
    assert not answer.accepts("Inactive")
