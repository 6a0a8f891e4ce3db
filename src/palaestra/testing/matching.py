"""Finds in a text the slots of a template: what the reader of a goal reads with.

Every way to fill the slots is found, for a goal that can be read in two ways is a bug.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from palaestra.errors import Refused
from palaestra.kit.app import App
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.kit.store import Store
from palaestra.tasks.grammar import expansions
from palaestra.tasks.naming import Thread, words_for
from palaestra.tasks.voice import everybody
from palaestra.types import Value

JOINTS = {"with": (" ",), "to": (" to ",), "is": (" is ",), "colon": (": ", " = ", " ")}
BETWEEN = re.compile(r", and | and |, ")
SLOT = re.compile(r"\{(\w+)\}")
Pairs = tuple[tuple[str, Value], ...]
Found = dict[str, Any]
Filler = Callable[[str, int, Found], Iterator[tuple[Any, int]]]
"""Given text, position and what was found so far, yields a slot's content and where it ends."""


class Template(NamedTuple):
    """A shape cut into pieces.

    Attributes:
        literals: What stands before, between and after the slots; one more than there are slots.
        slots: Their names, in order.
        heads: How a text may begin that has this shape.
    """

    literals: tuple[str, ...]
    slots: tuple[str, ...]
    heads: tuple[str, ...]

    @classmethod
    def of(cls, shape: str) -> Template:
        """Cuts a shape."""
        parts = SLOT.split(shape)
        return cls(tuple(parts[::2]), tuple(parts[1::2]), (parts[0], _an(parts[0])))

    def found(self, text: str, fillers: dict[str, Filler]) -> Iterator[Found]:
        """Yields every way to read a whole text as this template.

        Args:
            text: The text.
            fillers: By slot (in lower case); a slot without one may be anything.
        """
        if text.endswith(self.literals[-1]):
            yield from self._rest(text, 0, 0, {}, fillers)

    def _rest(
        self, text: str, place: int, begin: int, found: Found, fillers: dict[str, Filler]
    ) -> Iterator[Found]:
        literal = self.literals[place]
        for spelt in {literal, _an(literal)}:
            if not text.startswith(spelt, begin):
                continue
            start = begin + len(spelt)
            if place == len(self.slots):
                if start == len(text):
                    yield found
                continue
            slot = self.slots[place]
            filler = fillers.get(slot.lower())
            contents = filler(text, start, found) if filler else self._anything(text, place, start)
            for content, end in contents:
                told = {**found, slot.lower(): content}
                yield from self._rest(text, place + 1, end, told, fillers)

    def _anything(self, text: str, place: int, start: int) -> Iterator[tuple[str, int]]:
        following = self.literals[place + 1]
        last = place + 1 == len(self.slots)
        if last or not following:
            ends = [len(text) - len(following)]
        else:
            either = "|".join(re.escape(spelt) for spelt in sorted({following, _an(following)}))
            ends = [start + 1 + m.start() for m in re.finditer(either, text[start + 1 :])]
        slot = self.slots[place]
        for end in ends:
            if end > start:
                content = text[start:end]
                yield (content[:1].lower() + content[1:] if slot[0].isupper() else content), end


def _an(literal: str) -> str:
    """Returns a text that ends in the article "a" with "an" in its place."""
    return re.sub(r"\b([Aa]) $", r"\1n ", literal)


@lru_cache(maxsize=1)
def templates() -> dict[str, tuple[Template, ...]]:
    """Returns every shape of every voice, by group."""
    found: dict[str, dict[Template, None]] = {}
    for voice in everybody():
        for group, told in voice.shapes.items():
            cut = (Template.of(shape) for one in told for shape in expansions(one))
            found.setdefault(group, {}).update(dict.fromkeys(cut))
    return {group: tuple(cut) for group, cut in found.items()}


@lru_cache(maxsize=4096)
def fitting(group: str, text: str) -> tuple[Template, ...]:
    """Returns the shapes that a text could have by how it begins and ends."""
    return tuple(
        t for t in templates()[group] if text.startswith(t.heads) and text.endswith(t.literals[-1])
    )


@lru_cache(maxsize=4096)
def all_words(app: App, label: str) -> tuple[str, ...]:
    """Returns everything that a label, noun or plural is called anywhere."""
    told = (word for exam in (True, False) for word in words_for(app, label, (), exam=exam))
    return tuple(dict.fromkeys(told))


def one_of(words: dict[str, list[Any]]) -> Filler:
    """Returns a filler that finds one of some words, in any case of the first letter."""

    def fill(text: str, start: int, found: Found) -> Iterator[tuple[Any, int]]:
        for word, meanings in words.items():
            if text[start : start + 1].lower() == word[:1].lower() and text.startswith(
                word[1:], start + 1
            ):
                for meaning in meanings:
                    yield meaning, start + len(word)

    return fill


def mentions(text: str, store: Store, thread: Thread) -> dict[str, list[tuple[RecordType, int]]]:
    """Returns the records that a text may name, by name."""
    named: dict[str, list[tuple[RecordType, int]]] = {}
    kinds = sorted(store.app.records, key=lambda kind: _depth(kind))
    names_of: dict[tuple[int, int], set[str]] = {}
    for kind in kinds:
        nouns = all_words(store.app, kind.caption)
        for number in store.numbers(kind.index):
            names = _own_names(kind, number, nouns, store, text, names_of)
            for noun in nouns:
                names |= set(thread.names(kind, number, noun, store))
            present = {n for n in names if n in text or n[:1].upper() + n[1:] in text}
            names_of[kind.index, number] = present
            for name in sorted(present):
                named.setdefault(name, []).append((kind, number))
    return named


def _depth(kind: RecordType) -> int:
    return 1 + _depth(kind.parent.target.type) if kind.parent else 0


def _own_names(
    kind: RecordType,
    number: int,
    nouns: Sequence[str],
    store: Store,
    text: str,
    names_of: dict[tuple[int, int], set[str]],
) -> set[str]:
    """Returns what a record may be called by its key, or by a value of its own."""
    label = kind.label(store, number)
    if kind.parent:
        if label not in text:
            return set()
        owner, owner_number = kind.owner(store, number)
        owners = names_of.get((owner.index, owner_number), set())
        return {f"{noun} {label} of {name}" for noun in nouns for name in owners}
    names: set[str] = set()
    for noun in nouns:
        if label in text:
            names |= {f"{noun} {label}", f"the {noun} {label}"}
            names |= {label} if kind.key.kind == "code" else set()
            names |= {f'{noun} "{label}"', f"the {noun} called {label}"}
        if f"the {noun} with " in text.lower():
            for field in kind.stored:
                if (
                    field.listed
                    and field is not kind.key
                    and (shown := kind.shown(store, number, field)) in text
                ):
                    names |= {
                        f"the {noun} with {word} {shown}"
                        for word in all_words(store.app, field.label)
                    }
    return names


def segmented(
    listed: str, fields: tuple[Field, ...], joints: tuple[str, ...], store: Store
) -> Iterator[Pairs]:
    """Yields every way to read a list of labels and values."""
    for field, begin in _headed(listed, fields, joints, store.app):
        others = tuple(f for f in fields if f is not field)
        for end, following in _ends(listed):
            if end <= begin:
                continue
            for value in parsed(field, listed[begin:end], store):
                if following == len(listed):
                    yield ((field.name, value),)
                    continue
                for rest in segmented(listed[following:], others, joints, store):
                    yield ((field.name, value), *rest)


def _headed(
    listed: str, fields: tuple[Field, ...], joints: tuple[str, ...], app: App
) -> list[tuple[Field, int]]:
    """Returns the fields that a list may begin with, and where the value begins.

    Who sees "phone number" there does not take it for a phone with the value "number": the longest
    label is meant.
    """
    found: list[tuple[int, Field, int]] = []
    for field in fields:
        for word in all_words(app, field.label):
            for the in ("", "the "):
                for joint in joints:
                    head = f"{the}{word}{joint}"
                    begins = listed[: len(head)].casefold() == head.casefold()
                    if begins and listed[len(head) : len(head) + 1] not in (":", "=", " ", ""):
                        found.append((len(the + word), field, len(head)))
    longest = max((length for length, _, _ in found), default=0)
    return [(field, begin) for length, field, begin in found if length == longest]


def _ends(listed: str) -> Iterator[tuple[int, int]]:
    """Yields where a value could end and where the next label would begin."""
    yield len(listed), len(listed)
    for match in BETWEEN.finditer(listed):
        yield match.start(), match.end()


def parsed(field: Field, text: str, store: Store) -> Iterator[Value]:
    """Yields what a value could mean in a field."""
    if text == "empty" and not field.required:
        yield None
        return
    if field.kind == "yes_no":
        text = text.capitalize()
    if len(text) > 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    try:
        yield field.parse(text, store)
    except Refused:
        return
