from __future__ import annotations

import pytest

from palaestra.kit import Session
from palaestra.tasks.naming import Thread
from palaestra.testing.matching import Template, mentions, one_of, parsed, segmented
from tests.apps import expenses

STORE = Session(expenses, 3).store
CLAIM = expenses.kind("claim")
FIELDS = {field.name: field for field in CLAIM.stored}


def test_every_way_to_fill_the_slots_is_found() -> None:
    template = Template.of("Put {a} on {b}.")
    found = list(template.found("Put one on two on three.", {}))
    assert found == [{"a": "one", "b": "two on three"}, {"a": "one on two", "b": "three"}]
    assert list(template.found("Put one on two", {})) == []


def test_an_article_fits_the_word_that_follows() -> None:
    noun = {"noun": one_of({"employee": ["e"], "claim": ["c"]})}
    template = Template.of("Add a {noun}.")
    assert list(template.found("Add an employee.", noun)) == [{"noun": "e"}]
    assert list(template.found("Add a claim.", noun)) == [{"noun": "c"}]


def test_a_capital_at_the_beginning_is_no_other_word() -> None:
    found = list(Template.of("{Say} now.").found("Submit it now.", {}))
    assert found == [{"say": "submit it"}]
    record = {"record": one_of({"the claim": [1]})}
    assert list(Template.of("{Record} goes.").found("The claim goes.", record)) == [{"record": 1}]


def test_a_record_is_mentioned_by_each_of_its_names() -> None:
    label = CLAIM.label(STORE, 1)
    named = mentions(f"Open the claim {label} please.", STORE, Thread())
    assert {name for name, records in named.items() if (CLAIM, 1) in records} == {
        label,
        f"claim {label}",
        f"the claim {label}",
    }


def test_a_list_is_cut_where_labels_begin() -> None:
    fields = (FIELDS["note"], FIELDS["total"])
    ways = set(segmented("note up and down, total 7", fields, (" ",), STORE))
    assert ways == {
        (("note", "up and down"), ("total", 7_00)),
        (("note", "up and down, total 7"),),
    }
    assert list(segmented("colour red", fields, (" ",), STORE)) == []


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [("note", "empty", None), ("note", '"by train"', "by train"), ("receipt", "yes", True)],
)
def test_values_are_read_as_they_are_said(field: str, text: str, value: object) -> None:
    assert list(parsed(FIELDS[field], text, STORE)) == [value]
    assert list(parsed(FIELDS["total"], "a lot", STORE)) == []
