"""An App: the definition of a simulated application, as data and plain functions.

A gym builds one with the decorators below. Nothing here runs anything: a `Session` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from palaestra.errors import GymError
from palaestra.kit.record import Record, RecordType, told

if TYPE_CHECKING:
    import random

    from palaestra.kit.screens.screen import Screen
    from palaestra.kit.store import Store

C = TypeVar("C", bound=type[Record])
Seeding = Callable[["Store", "random.Random"], None]
BUILT_IN = frozenset(("list", "detail", "form", "confirm", "handbook", "history"))
"""Names of the screens that every application has."""
VOCABULARIES = frozenset(("synonyms", "practice"))
"""What of an application's words is no language."""


@dataclass(frozen=True)
class Invariant:
    """Something that holds in every state that the rules allow.

    Attributes:
        text: What holds, in a sentence.
        holds: Returns what breaks it, as text for people; nothing where it holds.
    """

    text: str
    holds: Callable[[Any], list[str]]


class App:
    """Records, actions, rules, seed data and handbook of one application.

    Attributes:
        name: Name that people type ("accounting").
        title: Name on the screens.
        handbook: The house rules, shown to whoever works here; paragraphs of plain text.
        records: Record types in order of declaration.
        invariants: What must always hold.
        roles: Who may be working here ("Manager", "Clerk"); the first is the usual one, in which
            made-up data is prepared. None where everybody may do everything.
        zone: IANA name of the time zone in which moments are typed and shown.
        words: What else things are called: "synonyms" maps a label, noun or plural (as the plain
            screen has it, with a capital) to other words, the last of them kept for exams;
            "practice" to more words that are never in exams; a language's code to one word.
        screens: The application's own screens, in order of the navigation.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        handbook: str = "",
        roles: tuple[str, ...] = (),
        zone: str = "UTC",
        words: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.name = name
        self.title = title
        self.handbook = handbook
        self.roles = roles
        self.zone = zone
        self.words = words or {}
        self.records: list[RecordType] = []
        self.invariants: list[Invariant] = []
        self.seedings: list[Seeding] = []
        self.screens: list[Screen] = []

    def record(
        self,
        *,
        key: str,
        plural: str = "",
        seeds: tuple[int, int] = (8, 20),
        may: Mapping[str, str | tuple[str, ...]] | None = None,
    ) -> Callable[[C], C]:
        """Adds a record class.

        Args:
            key: The field that names a record to people.
            plural: What several of them are called; the class's name and "s" if left out.
            seeds: How many of them made-up data has; for a part of another record, per owner.
                (0, 0) where a seeding makes them.
            may: The role (or several) that may "create", "update" or "delete" them; everybody may
                do what is left out.

        Raises:
            GymError: If it speaks of a role that the application does not have.
        """
        rights = {verb: told(by) for verb, by in (may or {}).items()}

        def add(cls: C) -> C:
            kind = RecordType.of(cls, len(self.records), plural, key, seeds, rights)
            self._require_roles(kind)
            names = {*(other.name for other in self.records), *(s.name for s in self.screens)}
            if kind.name in names:
                raise GymError(f"{self.name} has two records or screens named {kind.name}")
            self.records.append(kind)
            return cls

        return add

    def _require_roles(self, kind: RecordType) -> None:
        if odd := kind.may.keys() - {"create", "update", "delete"}:
            raise GymError(f"{kind.cls.__name__}: there are no rights to {', '.join(sorted(odd))}")
        for by in (*kind.may.values(), *(action.by for action in kind.actions.values())):
            if unknown := [role for role in by if role not in self.roles]:
                raise GymError(f"{kind.cls.__name__}: {self.name} has no role {unknown[0]!r}")

    def invariant(
        self, text: str
    ) -> Callable[[Callable[[Store], list[str]]], Callable[[Store], list[str]]]:
        """Adds a function that returns what breaks an invariant, given a store."""

        def add(holds: Callable[[Store], list[str]]) -> Callable[[Store], list[str]]:
            self.invariants.append(Invariant(text, holds))
            return holds

        return add

    def seeding(self, prepare: Seeding) -> Seeding:
        """Adds a function that prepares data after the made-up records, given store and stream."""
        self.seedings.append(prepare)
        return prepare

    def synonyms(self, text: str, *, exam: bool = False) -> tuple[str, ...]:
        """Returns what else a label, noun or plural may be called.

        Args:
            text: The word as the plain screen has it, with a capital.
            exam: Whether to tell what exams say, where the last is one that practice never shows;
                otherwise what practice says, of which exams do not say everything.
        """
        told = tuple(self.words.get("synonyms", {}).get(text, ()))
        return told if exam else (*told[:-1], *self.words.get("practice", {}).get(text, ()))

    @property
    def languages(self) -> list[str]:
        """The codes of the languages that it speaks besides English, in order."""
        return sorted(self.words.keys() - VOCABULARIES)

    def add(self, screen: Screen) -> None:
        """Adds a screen of the application's own.

        Raises:
            GymError: If its name is taken or cannot stand in a ref.
        """
        taken = BUILT_IN | {kind.name for kind in self.records} | {s.name for s in self.screens}
        if screen.name in taken or not re.fullmatch(r"[a-z][a-z0-9_]*", screen.name):
            raise GymError(f"{self.name}: a screen cannot be called {screen.name!r}")
        self.screens.append(screen)

    def screen(self, name: str) -> Screen | None:
        """Returns the application's own screen of a name; None if there is none."""
        return next((screen for screen in self.screens if screen.name == name), None)

    def kind(self, name: str) -> RecordType:
        """Returns a record type by name.

        Raises:
            GymError: If there is none of that name.
        """
        for kind in self.records:
            if kind.name == name:
                return kind
        raise GymError(f"{self.name} has no record {name!r}")
