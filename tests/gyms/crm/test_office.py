"""The office as a whole: its size, its words and its handbook."""

from __future__ import annotations

import pytest

from palaestra.kit.record import RecordType
from tests.gyms.crm.desk import app

DERIVED_ONLY = {"Signed in as", "Actions", "Everybody", "Everywhere"}


def test_no_two_record_types_have_codes_of_one_form() -> None:
    forms = [form for kind in app.records if (form := getattr(kind.key, "form", None))]
    assert len(forms) == len(set(forms)) >= 6


def labels(kind: RecordType) -> list[str]:
    params = [param for action in kind.actions.values() for param in action.params]
    return [field.label for field in (*kind.fields, *params)]


def words() -> set[str]:
    """Returns every word of the screens that is neither data nor a standard control."""
    told = {screen.title for screen in app.screens} | set(app.roles)
    for screen in app.screens:
        told |= set(getattr(screen, "columns", ()))
    for kind in app.records:
        told |= {kind.noun.capitalize(), kind.plural, *labels(kind)}
        told |= {action.label for action in kind.actions.values()}
        params = [param for action in kind.actions.values() for param in action.params]
        for field in (*kind.fields, *params):
            told |= set(getattr(field, "choices", ()))
    return {word for word in told if any(letter.isalpha() for letter in word)}


@pytest.mark.parametrize("language", ["de", "zh"])
def test_every_word_has_a_translation_and_none_is_left_over(language: str) -> None:
    known = app.words[language]
    assert not words() - known.keys()
    report_choices = {"Week", "This week", "Next week", "Last week"}
    assert known.keys() - words() <= DERIVED_ONLY | report_choices
    assert all(isinstance(text, str) and text.strip() for text in known.values())


def test_synonyms_are_new_words_for_words_that_there_are() -> None:
    synonyms = app.words["synonyms"]
    assert synonyms.keys() <= words()
    for word, others in synonyms.items():
        assert len(set(others)) == len(others) >= 2
        assert word not in others
    for kind in app.records:
        shown = {field.label for field in kind.fields}
        for label in shown & synonyms.keys():
            rest = shown - {label}
            assert not set(synonyms[label]) & rest, (kind.name, label)
            for other in rest & synonyms.keys():
                assert not set(synonyms[label]) & set(synonyms[other]), (label, other)
    nouns = {kind.noun.capitalize() for kind in app.records}
    assert not {other for noun in nouns & synonyms.keys() for other in synonyms[noun]} & nouns
