"""What records, record types and fields are called in a goal.

People have more than one word for a thing, and call a record they spoke of "it". Nothing here says
what is done to it; a name is only offered where no other record, type or field has it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from palaestra.kit.app import App
from palaestra.kit.fields import Code, Field
from palaestra.kit.lexicon import lowered
from palaestra.kit.record import RecordType
from palaestra.kit.store import Snapshot, Store
from palaestra.types import Command

ANOTHER_WORD = 0.6
"""How often a synonym stands for a label or noun."""
BY_VALUE = 0.12
BACK = 0.75
"""How often a record that a workflow spoke of is called "it", "the same bill" or "the new bill"."""


def words_for(app: App, label: str, rivals: Iterable[str], *, exam: bool) -> list[str]:
    """Returns what a thing may be called in running text, its own label first.

    Args:
        app: Whose synonyms are used.
        label: What the plain screen calls it, with a capital.
        rivals: The labels of things that it must not be taken for.
        exam: Whether the words kept for exams are used too.
    """
    taken = {
        word.casefold()
        for rival in rivals
        if rival != label
        for word in (rival, *app.synonyms(rival), *app.synonyms(rival, exam=True))
    }
    others = [word for word in app.synonyms(label, exam=exam) if word.casefold() not in taken]
    return [lowered(word) for word in (label, *others)]


@dataclass(frozen=True)
class Thread:
    """What the steps of a workflow have spoken of so far.

    Attributes:
        since: The records as they were before the first step; None where there are no steps.
        subject: The record that "it" would be.
        spoken: The records that were spoken of, by type.
    """

    since: Snapshot | None = None
    subject: tuple[str, int] | None = None
    spoken: dict[str, frozenset[int]] = field(default_factory=dict)

    def after(self, command: Command, store: Store) -> Thread:
        """Returns the thread after a step.

        Args:
            command: What the step came to.
            store: The records after it.
        """
        kind = store.app.kind(command.record)
        number = command.number or store.next_number(kind.index) - 1
        spoken = dict(self.spoken)
        parts = [f for f in (*kind.stored, *_params(kind, command.verb)) if f.kind == "ref"]
        targets = {f.name: f.target.type.name for f in parts}  # type: ignore[attr-defined]
        told = [(targets[n], v) for n, v in command.values if n in targets and v is not None]
        for name, one in [(kind.name, number), *told]:
            spoken[name] = spoken.get(name, frozenset()) | {int(one)}  # type: ignore[arg-type]
        alone = not told if command.verb != "create" else kind.parent is None
        clear = alone and store.has(kind.index, number)
        return replace(self, subject=(kind.name, number) if clear else None, spoken=spoken)

    def new(self, kind: RecordType, store: Store) -> list[int]:
        """Returns the records of a type that the steps have made."""
        if self.since is None:
            return []
        first = self.since.next_numbers[kind.index]
        return [n for n in range(first, store.next_number(kind.index)) if store.has(kind.index, n)]

    def names(self, kind: RecordType, number: int, noun: str, store: Store) -> list[str]:
        """Returns what a record that was spoken of or made may be called besides its own name."""
        names = []
        if self.subject == (kind.name, number):
            names.append("it")
        if self.spoken.get(kind.name) == frozenset((number,)):
            names += [f"the same {noun}", f"that {noun}"]
        if self.new(kind, store) == [number]:
            names.append(f"the new {noun}")
        return names


def _params(kind: RecordType, verb: str) -> tuple[Field, ...]:
    return kind.actions[verb].params if verb in kind.actions else ()


@dataclass
class Naming:
    """Finds names, and remembers what to search a record by.

    Attributes:
        store: The records as they are when the goal (or the step) is given.
        rng: Decides between names.
        exam: Whether the words kept for exams are used too.
        thread: What earlier steps have spoken of.
        by_value: Whether a record may be named by a value that no other one has.
    """

    store: Store
    rng: random.Random
    exam: bool
    thread: Thread = field(default_factory=Thread)
    by_value: bool = True

    def noun(self, kind: RecordType) -> str:
        """Returns a word for one record of a type."""
        return self._word(kind.caption, [one.caption for one in self.store.app.records])

    def plural(self, kind: RecordType) -> str:
        """Returns a word for several records of a type."""
        return self._word(kind.plural, (other.plural for other in self.store.app.records))

    def label(self, one: Field, scope: Iterable[Field]) -> str:
        """Returns a word for a field, among the fields that it stands beside."""
        return self._word(one.label, (other.label for other in scope))

    def _word(self, label: str, rivals: Iterable[str]) -> str:
        words = words_for(self.store.app, label, rivals, exam=self.exam)
        others = words[1:] if self.rng.random() < ANOTHER_WORD else []
        return self.rng.choice(others) if others else words[0]

    def record(self, kind: RecordType, number: int, but: Field | None = None) -> tuple[str, str]:
        """Names a record.

        Args:
            kind: Its type.
            number: Which one.
            but: A field that must not give it away.

        Returns:
            The name, and what to search the list by; "" for both where no name is to be had.
        """
        noun = self.noun(kind)
        back = self.thread.names(kind, number, noun, self.store)
        made = number in self.thread.new(kind, self.store)
        unnamed = made and (kind.parent is not None or isinstance(kind.key, Code))
        label = kind.label(self.store, number)
        if back and (unnamed or self.rng.random() < BACK):
            return self.rng.choice(back), label
        if unnamed:
            return "", ""
        if kind.parent:
            owner, search = self.record(*kind.owner(self.store, number))
            return (f"{noun} {label} of {owner}" if owner else ""), search
        by_value = self.by_value and self.rng.random() < BY_VALUE
        if by_value and (found := self._telling(kind, number, but)):
            told, shown = found
            return f"the {noun} with {self.label(told, kind.fields)} {shown}", shown
        forms = [f"{noun} {label}", f"the {noun} {label}"] * 2
        if isinstance(kind.key, Code):
            forms += [label] * self._codes_are_its_own(kind.key)
        else:
            forms += [f'{noun} "{label}"', f"the {noun} called {label}"]
        return self.rng.choice(forms), label

    def _codes_are_its_own(self, key: Code) -> bool:
        """Says whether no other record type has codes of the same form."""
        keys = [kind.key for kind in self.store.app.records if isinstance(kind.key, Code)]
        return sum(other.form == key.form for other in keys) == 1

    def _telling(
        self, kind: RecordType, number: int, but: Field | None
    ) -> tuple[Field, str] | None:
        """Returns a listed field whose value occurs in no other row of the list, if any."""
        told = [
            f
            for f in kind.stored
            if f.listed and f not in (kind.key, but) and f.kind in ("text", "money", "ref")
        ]
        if not told:
            return None
        one = self.rng.choice(told)
        shown = kind.shown(self.store, number, one)
        return (one, shown) if shown and is_only(kind, number, shown, self.store) else None


def is_only(kind: RecordType, number: int, shown: str, store: Store) -> bool:
    """Says whether a text stands in the list's row of no other record."""
    sought = shown.casefold()
    listed = [f for f in kind.fields if f.listed]
    rows = (
        "\n".join(kind.shown(store, n, f) for f in listed).casefold()
        for n in store.numbers(kind.index)
        if n != number
    )
    return not any(sought in row for row in rows)
