from __future__ import annotations

from palaestra.kit import App


def test_the_last_synonym_is_kept_for_exams():
    app = App("shop", title="Shop", words={"synonyms": {"Vendor": ("Supplier", "Payee")}})
    assert app.synonyms("Vendor") == ("Supplier",)
    assert app.synonyms("Vendor", exam=True) == ("Supplier", "Payee")
    assert app.synonyms("Bill", exam=True) == ()


def test_words_for_practice_are_never_in_exams():
    words = {"synonyms": {"Vendor": ("Supplier", "Payee")}, "practice": {"Vendor": ("Merchant",)}}
    app = App("shop", title="Shop", words={**words, "de": {}})
    assert app.synonyms("Vendor") == ("Supplier", "Merchant")
    assert app.synonyms("Vendor", exam=True) == ("Supplier", "Payee")
    assert app.languages == ["de"]
