"""The desk as a whole: its size, its words and its handbook."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel import policy, search
from palaestra.gyms.travel.network import CABINS
from palaestra.gyms.travel.office import TOLD
from palaestra.gyms.travel.reports import EVERY_FINDING, EVERY_MONTH
from palaestra.gyms.travel.segments import CHANGE_FEE, REFUND_FEE
from palaestra.kit.blocks import Report, Wizard
from tests.gyms.travel.desk import app


def test_the_handbook_states_the_numbers_that_the_rules_use() -> None:
    for cents in (*CHANGE_FEE.values(), *REFUND_FEE.values(), *(c for _, c in TOLD["caps"])):
        assert cents == 0 or f"{cents / 100:,.2f}" in app.handbook
    assert f"{policy.CONNECTION} minutes" in app.handbook
    assert f"({policy.PASSPORT_DAYS} days)" in app.handbook
    assert f"within {policy.NOTICE_DAYS} days" in app.handbook
    assert all(country in app.handbook for country in TOLD["visas"])


def words() -> set[str]:
    """Everything that a label, noun, button or choice says, and the headings of own screens."""
    found = {screen.title for screen in app.screens} | set(app.roles)
    for kind in app.records:
        found |= {kind.noun[:1].upper() + kind.noun[1:], kind.plural}
        fields = [*kind.fields]
        for action in kind.actions.values():
            found.add(action.label)
            fields += action.params
        for field in fields:
            found |= {field.label, *getattr(field, "choices", ())}
    for screen in app.screens:
        if isinstance(screen, Report):
            found |= {*screen.columns, *screen.labels}
        if isinstance(screen, Wizard):
            found |= {heading for heading, _ in screen.steps}
    found |= {*search.COLUMNS, "Only with seats left", "Book for", "Book", *CABINS, "Row"}
    return found | {EVERY_MONTH, EVERY_FINDING}


@pytest.mark.parametrize("language", ["de", "zh"])
def test_every_word_has_a_translation_and_none_is_left_over(language: str) -> None:
    assert app.words[language].keys() == words()
    assert all(text == text.strip() != "" for text in app.words[language].values())


def test_synonyms_are_new_words_for_words_that_there_are() -> None:
    synonyms = app.words["synonyms"]
    assert synonyms.keys() <= words()
    for word, others in synonyms.items():
        assert len({word, *others}) == len(others) + 1 >= 3, word
    for kind in app.records:
        labels = {field.label for field in kind.fields}
        deeds = {action.label for action in kind.actions.values()}
        for group in (labels, deeds):
            for word in group & synonyms.keys():
                for other in group - {word}:
                    assert not {*synonyms[word]} & {other, *synonyms.get(other, ())}, (word, other)
        noun, plural = kind.noun[:1].upper() + kind.noun[1:], kind.plural
        assert len(synonyms[noun]) == len(synonyms[plural])
    nouns = [word for kind in app.records for word in (kind.plural, kind.noun.capitalize())]
    drawn = [other for noun in nouns for other in (noun, *synonyms[noun])]
    assert len(set(drawn)) == len(drawn)
