from __future__ import annotations

import re

import pytest

from palaestra.kit import App, Record, choice, code, ref, text
from palaestra.kit.lexicon import MORE, WORDS, Lexicon, lexicon
from palaestra.kit.session import Session
from palaestra.kit.skin import EXAM_SKINS, Skin

SLOT = re.compile(r"{(\w+)}")
CONTROL = 30
"""Characters that the words of a control have at most; what is longer is a sentence."""

shop = App(
    "shop",
    title="Shop",
    words={
        "synonyms": {
            "Vendor": ["Supplier", "Seller"],
            "Vendors": ["Suppliers", "Sellers"],
            "Payee": ["Supplier", "Receiver"],
        },
        "practice": {
            "Vendor": ["Merchant", "Trader"],
            "Vendors": ["Merchants", "Traders"],
            "State": ["Situation"],
        },
        "de": {
            "Vendor": "Lieferant",
            "Vendors": "Lieferanten",
            "State": "Zustand",
            "Open": "Offen",
        },
    },
)


@shop.record(key="name", seeds=(3, 4))
class Vendor(Record):
    name: str = text("company")


@shop.record(key="number", seeds=(3, 4))
class Order(Record):
    number: str = code("ORD-####")
    vendor: Vendor = ref(Vendor)
    state: str = choice("Open", "Shut")


def parts(word: str) -> set[str]:
    """The words in a text, without its slots."""
    return {part.removesuffix("s") for part in re.findall(r"\w+", SLOT.sub("", word).casefold())}


def lexicons(seeds: range) -> list[tuple[Skin, Lexicon]]:
    return [(Skin.of_seed(seed), lexicon(shop, Skin.of_seed(seed))) for seed in seeds]


def test_the_plain_skin_takes_the_first_words_and_the_gyms_own_labels():
    plain = lexicon(shop, Skin.of_seed(0))
    assert all(plain.word(key) == words[0] for key, words in WORDS["en"].items())
    assert plain.label("Vendor") == "Vendor"
    assert plain.noun(Vendor.type) == "vendor"


@pytest.mark.parametrize("language", ["de", "zh"])
def test_every_language_has_every_word_with_the_same_slots(language: str):
    assert WORDS[language].keys() == WORDS["en"].keys()
    for key, words in WORDS[language].items():
        for word in words:
            assert set(SLOT.findall(word)) == set(SLOT.findall(WORDS["en"][key][0])), key


def test_practice_never_shows_the_words_and_synonyms_kept_for_exams():
    kept = {words[-1] for words in WORDS["en"].values() if len(words) > 1}
    seen = set()
    for skin, words in lexicons(range(1, 300)):
        if skin.language == "en":
            shown = {words.word(key) for key in WORDS["en"]}
            assert not shown & kept
        if not skin.strange:
            seen.add(words.label("Vendor"))
    assert seen == {"Vendor", "Supplier", "Merchant", "Trader", "Lieferant"}


def test_exams_show_no_word_that_is_only_for_practice():
    practice, exams = (
        {(skin.language, words.word(key)) for skin, words in lexicons(seeds) for key in WORDS["en"]}
        for seeds in (range(1, 400), range(EXAM_SKINS, EXAM_SKINS + 400))
    )
    more = {
        (language, word)
        for language, keys in MORE.items()
        for words in keys.values()
        for word in words
    }
    assert len(practice & more) > 100
    assert not exams & more
    shown = {
        words.label(label)
        for _, words in lexicons(range(EXAM_SKINS, EXAM_SKINS + 200))
        for label in ("Vendor", "State")
    }
    assert shown == {"Vendor", "Supplier", "Seller", "Lieferant", "State", "Zustand"}


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_more_words_fit_and_give_nothing_of_exams_away(language: str):
    known = [word.casefold() for words in WORDS[language].values() for word in words]
    for key, words in MORE[language].items():
        *others, kept = WORDS[language][key]
        told = parts(kept).difference(*map(parts, others)) if others else set()
        for word in words:
            assert sorted(SLOT.findall(word)) == sorted(SLOT.findall(WORDS[language][key][0])), key
            assert word.casefold() not in known, word
            assert not told & parts(word) or len(kept) > CONTROL, word
            if language == "zh" and others:
                assert SLOT.sub("", kept).strip() not in word


def test_strange_skins_call_some_records_by_words_that_nobody_knows_and_never_in_exams():
    strange = [words for skin, words in lexicons(range(1, 400)) if skin.strange]
    assert 30 < len(strange) < 90
    known = ("Vendor", "Supplier", "Merchant", "Trader", "Lieferant")
    made_up = [words for words in strange if words.label("Vendor") not in known]
    assert 0.3 < len(made_up) / len(strange) < 0.7
    for words in made_up:
        assert words.label("Vendors") == f"{words.label('Vendor')}s"
        assert words.label("Vendor").isalpha()
    assert len({words.label("Vendor") for words in made_up}) == len(made_up)
    assert not any(s.strange for s, _ in lexicons(range(EXAM_SKINS, EXAM_SKINS + 400)))


def test_exams_show_them():
    seen = {w.label("Vendor") for _, w in lexicons(range(EXAM_SKINS, EXAM_SKINS + 200))}
    assert "Seller" in seen


def test_no_two_labels_get_the_same_synonym_and_a_plural_follows_its_noun():
    for _, words in lexicons(range(EXAM_SKINS, EXAM_SKINS + 200)):
        assert words.label("Vendor") != words.label("Payee")
        if words.language == "en":
            assert words.label("Vendors") == f"{words.label('Vendor')}s"


def test_a_language_that_the_application_does_not_speak_is_english():
    for skin, words in lexicons(range(1, 200)):
        assert words.language == ("de" if skin.language == "de" else "en")


def test_choices_are_translated_on_the_screen_and_not_in_the_draft():
    seed = next(s for s in range(1, 500) if Skin.of_seed(s).language == "de")
    session = Session(shop, 1, seed)
    state = next(f for f in Order.type.fields if f.name == "state")
    shown = {session.shown(Order.type, n, state) for n in session.store.numbers(Order.type.index)}
    assert shown <= {"Offen", "Shut"}
    assert session.store.row(Order.type.index, 1)[state.position] in ("Open", "Shut")


def test_messages_name_the_label_that_the_screen_has():
    seed = next(s for s in range(1, 500) if Skin.of_seed(s).language == "de")
    words = lexicon(shop, Skin.of_seed(seed))
    state = next(f for f in Order.type.fields if f.name == "state")
    assert words.error(state, "State is required") == "Zustand is required"
    assert words.done(Vendor.type, "create", "Acme") == "Lieferant Acme wurde angelegt"
