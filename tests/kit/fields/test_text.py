from __future__ import annotations

import pytest

from palaestra.errors import Refused
from palaestra.kit import text
from tests.kit.fields.made import STORE, named

LINE, LONG = named(text("phrase")), named(text("phrase", long=True))


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\ud800b"])
def test_characters_that_cannot_be_shown_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="cannot be shown"):
        LINE.parse(typed, STORE)


def test_a_line_of_text_is_one_line() -> None:
    assert LINE.parse("a \t b\nc", STORE) == "a b c"
    assert LONG.parse("a\nb", STORE) == "a\nb"


def test_a_pattern_is_held() -> None:
    field = named(text(pattern=r"[A-Z]{2}\d+"), "iban")
    assert field.parse("DE12", STORE) == "DE12"
    with pytest.raises(Refused, match="expected form"):
        field.parse("12DE", STORE)
