"""The words on the screens of one Session: the kit's own, and the gym's labels in other words.

The kit's words stand in `words.toml`, in every language that a skin may have; more of them, which
only practice shows, stand in `practice.toml`. A gym may bring synonyms and translations of its
labels (`App.words`); one that brings no translation stays English.
Messages of a gym's own rules, and the data, are never translated.
"""

from __future__ import annotations

import random
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palaestra.kit.fields import Choice, Field, YesNo
from palaestra.kit.record import RecordType
from palaestra.kit.skin import Skin, kept_apart

if TYPE_CHECKING:
    from palaestra.kit.app import App


def read_words(name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Reads a file of words beside this one: by language, then by what they are for."""
    told = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return {
        language: {key: tuple(words) for key, words in keys.items()}
        for language, keys in told.items()
    }


WORDS = read_words("words.toml")
MORE = read_words("practice.toml")


class Lexicon:
    """How one skin says things in one application.

    Attributes:
        language: "en", or what the skin wants and the application speaks.
    """

    def __init__(self, app: App, skin: Skin) -> None:
        self.language = skin.language if skin.language in app.words else "en"
        rng = random.Random(f"words/{skin.seed}")
        more = MORE[self.language]
        self._words = {
            key: words[0]
            if skin.seed == 0
            else kept_apart(words, rng, exam=skin.exam, more=more.get(key, ()))
            for key, words in WORDS[self.language].items()
        }
        self._labels: dict[str, str] = {}
        if self.language != "en":
            self._labels = dict(app.words[self.language])
        elif skin.synonyms:
            self._labels = _drawn_synonyms(app, skin)
        if skin.strange:
            self._labels |= _made_up(app, skin)
        self._choices = {} if self.language == "en" else self._labels

    def word(self, key: str, **slots: Any) -> str:
        """Returns the kit's word for something, with its slots filled."""
        return self._words[key].format(**slots) if slots else self._words[key]

    def label(self, text: str) -> str:
        """Returns how a label (of a field, an action, several records, a screen) is put here."""
        return self._labels.get(text, text)

    def noun(self, kind: RecordType) -> str:
        """Returns what one record is called in running text."""
        told = self._labels.get(kind.caption)
        if told is None:
            return kind.noun
        return lowered(told) if self.language == "en" else told

    def plural(self, kind: RecordType) -> str:
        """Returns what several records are called in running text."""
        told = self.label(kind.plural)
        return lowered(told) if self.language == "en" else told

    def things(self, kind: RecordType, n: int) -> str:
        """Returns what `n` records are called."""
        return self.noun(kind) if n == 1 else self.plural(kind)

    def shown(self, field: Field, text: str) -> str:
        """Returns a value as the screens show it: the words of a choice are translated."""
        return self._choices.get(text, text) if isinstance(field, Choice | YesNo) else text

    def titled(self, kind: RecordType, label: str) -> str:
        """Names a record in a heading: "Bill BILL-0001"."""
        noun = self.noun(kind)
        return f"{noun[:1].upper()}{noun[1:]} {label}"

    def error(self, field: Field, text: str) -> str:
        """Puts a field's label here in place of its own at the beginning of a message."""
        if text.startswith(f"{field.label} "):
            return self.label(field.label) + text[len(field.label) :]
        return text

    def done(self, kind: RecordType, verb: str, label: str) -> str:
        """Says what was done to a record."""
        named = {"noun": self.titled(kind, "").rstrip(), "label": label}
        told = {"create": "created", "update": "updated", "delete": "deleted"}
        if verb in told:
            return self.word(told[verb], **named)
        return self.word("acted", **named, action=self.label(kind.actions[verb].label))

    def months(self) -> list[str]:
        """Returns the names of the months."""
        return self._words["months"].split()

    def weekdays(self) -> list[str]:
        """Returns the names of the days of the week, from Monday."""
        return self._words["weekdays"].split()


@lru_cache(maxsize=4096)
def lexicon(app: App, skin: Skin) -> Lexicon:
    """Returns the lexicon of a skin in an application; made once."""
    return Lexicon(app, skin)


def _drawn_synonyms(app: App, skin: Skin) -> dict[str, str]:
    """Draws a word for each label that has synonyms; no two labels get the same one."""
    told = app.words.get("synonyms", {})
    if not skin.exam:
        told = {**told, **app.words.get("practice", {})}
    singular = {kind.plural: kind.caption for kind in app.records}
    taken = {label.casefold() for label in told}
    drawn = {}
    for label in told:
        # One record and several of it are drawn alike.
        rng = random.Random(f"{skin.seed}/{singular.get(label, label)}")
        word = rng.choice((label, *app.synonyms(label, exam=skin.exam)))
        if word == label or word.casefold() not in taken:
            drawn[label] = word
            taken.add(word.casefold())
    return drawn


def _made_up(app: App, skin: Skin) -> dict[str, str]:
    """Makes up words for about half the kinds of record: "Tovari" for one, "Tovaris" for more."""
    made = {}
    for kind in app.records:
        rng = random.Random(f"{skin.seed}/{kind.name}/strange")
        if rng.random() < 0.5:
            word = "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(3))
            made[kind.caption] = word.capitalize()
            made[kind.plural] = word.capitalize() + "s"
    return made


def lowered(label: str) -> str:
    """Puts a label into running text: "Due on" is "due on", "IBAN" and "GL account" stay."""
    return label if label.isupper() or label[1:2].isupper() else label[:1].lower() + label[1:]
