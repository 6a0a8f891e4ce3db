from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.policies.network.glossary import LONGEST, entries, readings
from palaestra.policies.network.tokens import string_words, token_id


def means(text: str, english: str) -> float:
    """Returns how likely some word of a text stands for an English word."""
    return max((dict(read).get(token_id(english), 0.0) for read in readings(text)), default=0.0)


def test_an_entry_has_all_three_languages_and_comes_once() -> None:
    found = list(entries())
    assert len(found) > 2_000
    assert [english for english, _, _ in found] == sorted({english for english, _, _ in found})
    for english, german, chinese in found:
        assert english == english.lower().strip()
        assert all(term == term.strip() != "" for term in (*german, *chinese))
        assert all(len(term) <= LONGEST for term in chinese)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Rechnung", "invoice"),
        ("Rechnungen", "invoice"),
        ("Verträge", "contract"),
        ("Lieferant", "vendor"),
        ("Fällig am", "due"),
        ("Kundennummer", "customer"),
        ("Kundennummer", "number"),
        ("Versicherungsbeitrag", "insurance"),
        ("发票", "invoice"),
        ("合同编号", "contract"),
        ("合同编号", "number"),
    ],
)
def test_foreign_words_mean_what_they_are_in_english(text: str, english: str) -> None:
    assert means(text, english) > 0.3


@pytest.mark.parametrize(
    "text", ["Invoice", "Save", "the", "der", "2026-03-01", "BILL-0012", "x", ""]
)
def test_what_is_english_or_no_word_is_not_translated(text: str) -> None:
    assert not any(readings(text))


def test_a_word_of_both_languages_counts_less() -> None:
    assert 0 < means("Tag", "day") < means("Woche", "week")


def test_a_part_counts_less_than_the_whole() -> None:
    assert 0.3 < means("Kundentelefon", "customer") < means("Kunde", "customer")


@given(st.text(max_size=60))
def test_every_word_has_a_bounded_and_sorted_reading(text: str) -> None:
    found = readings(text)
    assert len(found) == len(string_words(text))
    for read in found:
        levels = [how for _, how in read]
        assert levels == sorted(levels, reverse=True)
        assert all(0 < how < 1 for how in levels)
