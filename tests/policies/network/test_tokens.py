from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.policies.network.tokens import (
    COMMA,
    GOAL_TOKENS,
    HASHES,
    KINDS,
    LEADS,
    NAME_TOKENS,
    QUOTE,
    STRING_TOKENS,
    Goal,
    Strings,
    kind_of,
    lead_of,
    leads,
    read_goal,
    split,
    string_tokens,
    string_words,
    token_id,
    word_id,
)


def words(text: str) -> list[str]:
    return [match[0] for match in split(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Set the total to 1,250.00.", ["Set", "the", "total", "to", "1,250.00", "."]),
        ('Claim "late train", please', ["Claim", '"', "late", "train", '"', ",", "please"]),
        ("On 2026-03-31 pay BILL-0012?", ["On", "2026-03-31", "pay", "BILL-0012", "?"]),
        ("a@b.example; O'Neill & Sons", ["a@b.example", ";", "O'Neill", "&", "Sons"]),
        ("naïve Übung 東京", ["naïve", "Übung", "東", "京"]),
        ("采购订单PO-0001", ["采", "购", "订", "单", "PO-0001"]),
        ("", []),
    ],
)
def test_what_belongs_together_is_one_token(text: str, tokens: list[str]):
    assert words(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("approve", "Approved"), ("invoice", "invoices"), ("1,250.00", "1250"), ("5.00", "5"),
        ("BILL-0012", "bill-0012"),
    ],
)  # fmt: skip
def test_words_that_mean_the_same_have_the_same_number(one: str, other: str):
    assert token_id(one) == token_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("approve", "reject"), ("1250", "1251"), ("12.50", "1250"), ("BILL-0012", "BILL-0013")],
)
def test_words_that_mean_something_else_have_another(one: str, other: str):
    assert token_id(one) != token_id(other)


def test_the_very_word_has_a_name_of_its_own():
    assert token_id("customer") == token_id("custom")
    assert len({word_id(word) for word in ("customer", "Customers", "custom")}) == 3
    assert word_id("Vendor") == word_id("vendor")
    assert word_id("1,250.00") == word_id("1250") == token_id("1250")
    goal = Goal("Approved customers")
    assert goal.words.tolist() == [word_id("approved"), word_id("customers")]
    assert goal.ids.tolist() == [token_id("approve"), token_id("custom")]


@given(st.text(min_size=1))
def test_numbers_fit_the_tables(word: str):
    assert 1 <= token_id(word) <= HASHES
    assert 1 <= kind_of(word) < KINDS


def test_numbers_are_the_same_in_every_process_for_ever():
    # Models on disk were trained with these numbers.
    assert token_id("Bills") == 975247844
    assert token_id("1,250.00") == 181699389
    assert lead_of("BILL-0012") == 442777673


def test_kinds_tell_dates_numbers_codes_and_names_apart():
    told = ["2026-03-31", "1,250.00", "BILL-0012", "a@b.example", "Osprey", "train", ",", '"', "€"]
    kinds = [kind_of(word) for word in told]
    assert len(set(kinds)) == len(told)
    assert (kind_of(","), kind_of('"')) == (COMMA, QUOTE)


def test_a_code_is_known_by_the_letters_it_begins_with():
    assert lead_of("BILL-0012") in leads("Bill")
    assert lead_of("BL-0012") in leads("Bill line")
    assert lead_of("B0012") in leads("Bill")
    assert lead_of("PAY-0012") not in leads("Bill")
    assert lead_of("Bill") == lead_of("0012") == 0
    assert leads("") == leads("123") == ()
    assert len(leads("Purchase order line")) == LEADS


@given(st.text())
def test_strings_are_cut_to_their_rows(text: str):
    strings = Strings()
    row = strings.number(text)
    table = strings.table()
    assert table.shape == (len(strings), STRING_TOKENS)
    ids, words = string_tokens(text), [word_id(word) for word in string_words(text)]
    assert table[row, : len(words)].tolist() == words
    assert not table[row, len(ids) :].any()
    assert (strings.words(row), strings.leads(row)) == (ids, leads(text))
    assert strings.counts()[row] == min(len(ids), NAME_TOKENS)
    assert strings.texts[row] == text


def test_a_string_keeps_its_number_while_others_come():
    strings = Strings()
    assert strings.number("") == 0
    numbers = [strings.number(text) for text in ("Bill", "Vendor", "Bill")]
    first = strings.table()
    assert numbers == [1, 2, 1]
    assert strings.number("Payment") == 3
    assert (strings.table()[:3] == first).all()
    assert len(strings.table()) == len(strings) == 4


@given(st.text(max_size=300))
def test_a_span_is_the_goals_own_text(text: str):
    goal = Goal(text)
    assert len(goal.ids) == len(goal.kinds) == len(goal.leads) <= GOAL_TOKENS
    for first in range(0, len(goal.ids), 3):
        for last in range(first, min(first + 5, len(goal.ids))):
            span = goal.span(first, last)
            assert span in text
            assert (first, last) in goal.places(span)


def test_a_text_is_found_in_every_place_but_not_within_a_token():
    goal = Goal("Set note to ten, name to ten and code to often")
    assert [goal.span(*place) for place in goal.places("ten")] == ["ten", "ten"]
    assert goal.places("ofte") == goal.places("") == goal.places("eleven") == []
    assert goal.places("ten, name") == [(3, 5)]


def test_a_megabyte_of_goal_is_cut_quickly():
    for text in ("word " * 200_000, "x" * 1_000_000, "1," * 500_000, '"' * 1_000_000):
        assert len(read_goal(text).ids) <= GOAL_TOKENS
        assert len(string_tokens(text)) <= STRING_TOKENS


def test_a_day_is_the_same_in_words_and_in_figures():
    assert (
        string_tokens("3 March 2027") == string_tokens("2027-03-03") == string_tokens("Mar 3, 2027")
    )
    goal = Goal(
        'Set the due date to the 3rd of March 2027, note "2027" and May 29, 2033 or 2026-01-02.'
    )
    told = [(goal.span(first, last), day.isoformat()) for first, last, day in goal.days]
    assert told == [
        ("the 3rd of March 2027", "2027-03-03"),
        ("May 29, 2033", "2033-05-29"),
        ("2026-01-02", "2026-01-02"),
    ]
    first = goal.days[0][0]
    for words, places in (("2027-03-03", [first]), ("March 2027", [first + 3, first])):
        [token] = string_tokens(words)
        assert goal.at[token] == places
    assert Strings().number("May 2026")
    assert not Strings().months


def test_months_are_known():
    strings = Strings()
    may, june, no = (strings.number(text) for text in ("May 2026", "June 2026", "Maybe 2026"))
    assert strings.months[june] - strings.months[may] == 1
    assert no not in strings.months
