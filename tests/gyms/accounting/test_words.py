"""Everything that a screen calls by a word of this office has that word in every language."""

from __future__ import annotations

from collections import Counter

import pytest

from palaestra.gyms.accounting.screens.reports import BANDS, DAYS
from palaestra.kit import Session
from palaestra.kit.blocks import Report
from palaestra.kit.fields import Choice, Derived, Field
from palaestra.kit.skin import Skin
from palaestra.types import Action
from tests.gyms.accounting.desk import app


def words_of(field: Field) -> set[str]:
    shown = field.shown_as if isinstance(field, Derived) else field
    return {field.label, *(shown.choices if isinstance(shown, Choice) else ())}


def said() -> set[str]:
    """Collects what fields, records, actions, choices, screens and reports are called."""
    words = {screen.title for screen in app.screens} | {*BANDS, *DAYS, *app.roles}
    for kind in app.records:
        words |= {kind.noun[:1].upper() + kind.noun[1:], kind.plural}
        for field in kind.fields:
            words |= words_of(field)
        for action in kind.actions.values():
            words |= {action.label}.union(*map(words_of, action.params))
    for screen in app.screens:
        if isinstance(screen, Report):
            words |= {*screen.columns, *screen.labels}
    return words


@pytest.mark.parametrize("language", ["de", "zh"])
def test_every_word_is_translated_and_no_other(language: str) -> None:
    told = app.words[language]
    assert said() <= set(told)
    rest = {"Payments and receipts", "Date", "All", "What was bought", "How it loses its value"}
    assert set(told) <= said() | rest
    assert all(word.strip() for word in told.values())


def test_synonyms_are_of_words_that_there_are_and_mistaken_for_no_other() -> None:
    synonyms = app.words["synonyms"]
    assert set(synonyms) <= said()
    others = Counter(word.casefold() for words in synonyms.values() for word in words)
    assert max(others.values()) == 1, others.most_common(3)
    assert not set(others) & {word.casefold() for word in said()}
    for word, told in synonyms.items():
        assert len(told) >= 2, word


def test_one_and_several_have_synonyms_together() -> None:
    synonyms = app.words["synonyms"]
    for kind in app.records:
        noun = kind.noun[:1].upper() + kind.noun[1:]
        assert len(synonyms.get(noun, ())) == len(synonyms.get(kind.plural, ())), noun


@pytest.mark.parametrize(("language", "heading"), [("de", "Bankabstimmung"), ("zh", "银行对账")])
def test_the_screens_speak_the_language(language: str, heading: str) -> None:
    skin = next(n for n in range(1, 999) if Skin.of_seed(n).language == language)
    session = Session(app, seed=3, skin=skin)
    if "nav:reconciliation" not in session.targets():  # the navigation is folded up
        session.dispatch(Action("click", "menu"))
    session.dispatch(Action("click", "nav:reconciliation"))
    names = {node.name for node in session.screen().walk()}
    assert {heading, app.words[language]["Payments and receipts"]} <= names
