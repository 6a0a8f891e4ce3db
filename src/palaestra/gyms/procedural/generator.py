"""Draws an App from a seed: the words, the record types with their fields, and the seed data.

What can be done to the records is drawn in `rules.py`, screens of its own in `furnishing.py`.
"""

from __future__ import annotations

import random
from typing import Any

from palaestra.gyms.procedural import words
from palaestra.gyms.procedural.furnishing import furnish
from palaestra.gyms.procedural.rules import Rules
from palaestra.gyms.procedural.thesaurus import practice, synonyms
from palaestra.kit import (
    App,
    Record,
    choice,
    code,
    date,
    document,
    moment,
    money,
    quantity,
    ref,
    text,
    yes_no,
)
from palaestra.kit.record import RESERVED

LIKES = ("person", "company", "email", "phone", "city", "street", "word", "phrase", "phrase")
NAMES = ("person", "company", "city", "phrase", "phrase", "word")
KEY_LABELS = ("number", "code", "reference", "id")
NAME_LABELS = ("name", "title", "label", "designation")
OFFICES = ("desk", "office", "book", "hub", "manager", "planner")
KINDS = ("text", "money", "quantity", "date", "choice", "yes_no", "ref", "moment", "document")
MONEY_WORDS = [
    "amount",
    "price",
    "fee",
    "cost",
    "total",
    "value",
    "charge",
    "balance",
    "budget",
    "rate",
]


def generate(seed: int) -> App:
    """Returns the application of a seed; the same seed always gives the same one."""
    return Generator(random.Random(f"procedural/{seed}"), f"procedural:{seed}").app()


class Generator:
    """Draws one application.

    Attributes:
        rng: Decides everything.
        name: Name of the application.
        invented: Share of its words that are made up.
        roles: Who works here; the first may do everything.
        rules: What the handbook will say.
    """

    def __init__(self, rng: random.Random, name: str) -> None:
        self.rng, self.name = rng, name
        self.invented = rng.choice((0.0, 0.3, 1.0))
        self.roles = tuple(rng.sample(words.ROLES, rng.randint(2, 3))) * (rng.random() < 0.3)
        self.rules: list[str] = []
        self.taken: set[str] = set()
        self.classes: list[type[Record]] = []

    def app(self) -> App:
        """Draws it."""
        rng = self.rng
        title = f"{self.word(words.NOUNS).capitalize()} {rng.choice(OFFICES)}"
        app = App(self.name, title=title, roles=self.roles)
        for _ in range(rng.randint(2, 6)):
            self._record(app, None)
            if rng.random() < 0.35:
                self._record(app, self.classes[-1])
        same = synonyms(app)
        app.words = {"synonyms": same, "practice": practice(app, same)}
        furnish(app, rng)
        app.handbook = "\n".join(f"R{i}. {rule}" for i, rule in enumerate(self.rules, 1))
        return app

    def word(self, pool: list[str]) -> str:
        """Returns a word that this application does not use for anything else yet."""
        while True:
            invented = self.rng.random() < self.invented
            word = words.nonsense(self.rng) if invented else self.rng.choice(pool)
            if word.lower() not in self.taken:
                self.taken.add(word.lower())
                return word.replace("_", " ")

    def _record(self, app: App, owner: type[Record] | None) -> None:
        rng = self.rng
        noun = self.word(words.NOUNS)
        if rng.random() < 0.25:
            noun = f"{self.word(words.NOUNS)} {noun}"
        key, key_field = self._key(noun, owner)
        body: dict[str, Any] = {key: key_field, "__doc__": f"A {noun}."}
        labels = {key_field.label.lower()}
        if owner:
            body["owner_"] = ref(owner, owner=True, label=owner.type.noun.capitalize())
        for _ in range(rng.randint(2, 6 if not owner else 4)):
            self._field(body, labels, owner)
        rules = Rules(self, noun, body, labels)
        rules.add(locks=not owner and rng.random() < 0.35)
        class_name = "".join(part.capitalize() for part in noun.split())
        cls = type(class_name, (Record,), body)
        low = rng.randint(3, 9)
        seeds = (0, 3) if owner else (low, low + rng.choice((2, 6, 14, 20)))
        plural = words.several(noun).capitalize()
        may = self._rights(noun)
        app.record(key=key, plural=plural, seeds=seeds, may=may)(cls)
        self.classes.append(cls)
        app.seeding(lambda store, stream: rules.scatter(store, stream, cls))

    def _rights(self, noun: str) -> dict[str, str]:
        """Draws what only the first role may do to the records themselves."""
        if not self.roles or self.rng.random() < 0.6:
            return {}
        verb = self.rng.choice(("create", "update", "delete"))
        who = words.a(self.roles[0].lower())
        self.rules.append(f"Only {who} may {verb} {words.a(noun)}.")
        return {verb: self.roles[0]}

    def _key(self, noun: str, owner: type[Record] | None) -> tuple[str, Any]:
        """Draws the field that names the record."""
        rng = self.rng
        if owner or rng.random() < 0.5:
            letters = "".join(c for c in noun.upper() if c.isalpha())
            prefix = letters[: rng.randint(1, 4)] + rng.choice(("-", "-", ""))
            label = rng.choice(KEY_LABELS)
            return label, code(prefix + "#" * rng.randint(3, 4), label=label.capitalize())
        label = rng.choice(NAME_LABELS)
        names = self.alike() if rng.random() < 0.35 else rng.choice(NAMES)
        return label, text(names, label=label.capitalize())

    def alike(self) -> tuple[str, ...]:
        """Draws names that share their words with each other, as a firm's branches do."""
        rng = self.rng
        first, second = (rng.sample(words.NOUNS, rng.randint(4, 7)) for _ in range(2))
        return tuple(f"{a} {b}".title() for a in first for b in second)

    def label(self, labels: set[str], pool: list[str], ending: str = "") -> str:
        """Returns a label no other field of the record has; now and then one much like another."""
        rng = self.rng
        while True:
            word = words.nonsense(rng) if rng.random() < self.invented else rng.choice(pool)
            if rng.random() < 0.3:
                twin = rng.choice(sorted(labels)).split()[-1] if rng.random() < 0.5 else word
                word = f"{rng.choice(words.MODIFIERS)} {twin}"
            label = f"{word}{ending}".lower().replace("_", " ")
            if label not in labels and label not in ("owner",):
                labels.add(label)
                return label.capitalize()

    def _field(self, body: dict[str, Any], labels: set[str], owner: type[Record] | None) -> None:
        rng = self.rng
        others = [cls for cls in self.classes if cls is not owner and not cls.type.parent]
        weights = [30, 16, 12, 18, 16, 8, 22 if others else 0, 6, 0 if owner else 3]
        kinds = (
            "text",
            "money",
            "quantity",
            "date",
            "choice",
            "yes_no",
            "ref",
            "moment",
            "document",
        )
        kind = rng.choices(kinds, weights)[0]
        rest: dict[str, Any] = {"required": rng.random() < 0.75}
        if kind == "ref":
            target = rng.choice(others)
            label = target.type.noun.capitalize()
            if label.lower() in labels or rng.random() < 0.3:
                label = self.label(labels, words.LABELS)
            labels.add(label.lower())
            made = ref(target, label=label, **rest)
        elif kind == "date":
            pool, ending = (words.DATE_LABELS, rng.choice((" date", " on", " day", "")))
            label = self.label(labels, pool, ending)
            default = "today" if rng.random() < 0.25 else None
            made = date(
                rng.choice((30, 200)), rng.choice((0, 60)), label=label, default=default, **rest
            )
        elif kind == "moment":
            label = self.label(labels, words.DATE_LABELS, rng.choice((" time", " at", "")))
            made = moment(rng.choice((5, 60)), rng.choice((0, 30)), label=label, **rest)
        elif kind == "document":
            label = self.label(labels, words.LABELS)
            made = document(self.papers(), label=label, required=False)
        elif kind == "choice":
            label = self.label(labels, words.LABELS)
            made = choice(*self.options(), label=label, **rest)
        elif kind == "yes_no":
            label = self.label(labels, words.STATES)
            made = yes_no(label=label)
        elif kind == "money":
            label = self.label(labels, MONEY_WORDS)
            made = money(
                rng.choice((1, 5, 20)), rng.choice((100, 4_000, 90_000)), label=label, **rest
            )
        elif kind == "quantity":
            label = self.label(labels, words.LABELS)
            made = quantity(rng.choice((0, 1)), rng.choice((9, 60, 2_000)), label=label, **rest)
        else:
            label = self.label(labels, words.LABELS)
            long = rng.random() < 0.15
            likes = self.alike() if rng.random() < 0.15 else rng.choice(LIKES)
            made = text(likes, label=label, long=long, **rest)
        made.listed = made.listed and rng.random() < 0.85
        body[slug(label)] = made

    def papers(self) -> tuple[tuple[str, str], ...]:
        """Draws what attached papers say: a heading and a few lines of words and figures."""
        rng = self.rng
        made = []
        for number in range(4):
            lines = [
                f"{rng.choice(words.LABELS).capitalize()}: {rng.choice(words.OPTIONS)}"
                if rng.random() < 0.6
                else f"{rng.choice(words.NOUNS).capitalize()} {rng.randint(1, 900)}"
                for _ in range(rng.randint(2, 6))
            ]
            name = f"{rng.choice(words.NOUNS)}-{number + 1}.txt"
            made.append((name, "\n".join(lines)))
        return tuple(made)

    def options(self) -> list[str]:
        """Draws the words of a choice; some families differ in a number only."""
        rng, n = self.rng, self.rng.randint(2, 6)
        if rng.random() < 0.2:
            stem = rng.choice(words.OPTIONS).capitalize()
            return [
                f"{stem} {number}"
                for number in sorted(rng.sample((1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90), n))
            ]
        if rng.random() < self.invented:
            return sorted({words.nonsense(rng).capitalize() for _ in range(n)})
        picked = rng.sample(words.OPTIONS, n)
        if rng.random() < 0.2:
            picked = [f"{one} {rng.choice(words.OPTIONS)}" for one in picked]
        return [one.capitalize() for one in picked]


def slug(label: str) -> str:
    """Makes a field's name of its label."""
    name = label.lower().replace(" ", "_")
    return f"{name}_" if name in RESERVED or not name.isidentifier() else name
