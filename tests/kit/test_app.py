from __future__ import annotations

from palaestra.kit import App


def test_the_last_synonym_is_kept_for_exams():
    app = App("shop", title="Shop", words={"synonyms": {"Vendor": ("Supplier", "Payee")}})
    assert app.synonyms("Vendor") == ("Supplier",)
    assert app.synonyms("Vendor", exam=True) == ("Supplier", "Payee")
    assert app.synonyms("Bill", exam=True) == ()
