from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from palaestra import gyms
from palaestra.kit import App, Record, action, choice, text
from palaestra.testing.definition_checks import (
    DEFINITION_CHECKS,
    asked_for,
    practice_keeps_off,
    synonyms_are_new,
    told_apart,
    translated,
)
from palaestra.testing.report import Failure
from tests.apps import expenses

DE = {
    "Bird": "Vogel", "Birds": "Vögel", "Name": "Name", "Colour": "Farbe", "Feed": "Füttern",
    "Red": "Rot", "Blue": "Blau",
}  # fmt: skip


FOWL = {"Bird": ["Fowl", "Winged thing"]}


def aviary(says: str = "feed {record}", **words: Any) -> App:
    app = App("aviary", title="Aviary", words=words)

    class Bird(Record):
        name: str = text("word")
        colour: str = choice("Red", "Blue")

        @action("Feed", says=(says,))
        def feed(self) -> None:
            self.name = self.name

    app.record(key="name")(Bird)
    return app


@pytest.mark.parametrize("check", DEFINITION_CHECKS.values())
def test_sound_applications_pass(check: Callable[[App], int]) -> None:
    assert check(expenses) > 0
    assert check(aviary(de=DE, synonyms=FOWL, practice={"Bird": ["Feathered one"]})) > 0
    for name in ("accounting", "crm", "travel", "procedural:3"):
        assert check(gyms.find(name)) > 0


@pytest.mark.parametrize(
    ("check", "app", "said"),
    [
        (translated, aviary(de={k: v for k, v in DE.items() if k != "Feed"}), "no word for Feed"),
        (translated, aviary(de={**DE, "Red": " "}), "empty word for Red"),
        (told_apart, aviary(de={**DE, "Blue": "Rot"}), "de says 'rot' for two things"),
        (told_apart, aviary(de={**DE, "Colour": "Name"}), "de says 'name' for two things"),
        (synonyms_are_new, aviary(synonyms={"Name": ["Title", "Colour"]}), "another label"),
        (synonyms_are_new, aviary(synonyms={"Name": ["Title", "title"]}), "twice"),
        (synonyms_are_new, aviary(practice={"Name": ["Colour"]}), "another label"),
        (
            practice_keeps_off,
            aviary(synonyms=FOWL, practice={"Bird": ["Winged thing"]}),
            "elsewhere",
        ),
        (practice_keeps_off, aviary(synonyms=FOWL, practice={"Name": ["Fowl"]}), "elsewhere"),
        (practice_keeps_off, aviary(synonyms=FOWL, practice={"Bird": ["Big things"]}), "'thing'"),
        (asked_for, aviary(says="feed them all"), "does not fit"),
        (asked_for, aviary(says="feed {record} {seeds}"), "does not fit"),
    ],
)
def test_what_is_wrong_is_found(check: Callable[[App], int], app: App, said: str) -> None:
    with pytest.raises(Failure, match=said):
        check(app)
