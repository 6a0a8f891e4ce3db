"""Commands drawn at random, legal or not: what a meddler slips into somebody else's work.

A meddler needs no screen: it uses the door that tools use (`Session.run`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from palaestra.errors import Refused
from palaestra.kit.commands import parse
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.kit.seeding import Faker, sampled
from palaestra.kit.store import Store
from palaestra.tasks.episode import Episode
from palaestra.types import Change, Command, Diff, Value

TRIES = 40
VERBS = ("create", "update", "update", "act", "act", "delete")


class Meddler:
    """Draws commands from one seeded stream."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(f"meddler/{seed}")
        self.faker = Faker(self.rng.getrandbits(32))

    def commands(self, store: Store) -> Iterator[Command]:
        """Yields up to `TRIES` commands that could be entered; rules may still forbid them."""
        for _ in range(TRIES):
            kind = self.rng.choice(store.app.records)
            with suppress(Refused):
                yield self._command(store, kind, self.rng.choice(VERBS))

    def _command(self, store: Store, kind: RecordType, verb: str) -> Command:
        rng = self.rng
        if verb == "create":
            values = sampled(kind, store, rng, self.faker)
            entered = self._entered(kind.form_fields, store, values)
            if kind.parent:
                owner = self._any(kind.parent.target.type, store)
                entered = ((kind.parent.name, owner), *entered)
            return Command("create", kind.name, 0, entered)
        number = self._any(kind, store)
        if verb == "update" and kind.form_fields:
            field = rng.choice(kind.form_fields)
            return Command("update", kind.name, number, self._entered((field,), store))
        if verb == "act" and kind.actions:
            action = rng.choice(list(kind.actions.values()))
            return Command(action.name, kind.name, number, self._entered(action.params, store))
        return Command("delete", kind.name, number)

    def _any(self, kind: RecordType, store: Store) -> int:
        numbers = list(store.numbers(kind.index))
        if not numbers:
            raise Refused(f"There is no {kind.noun}")
        return self.rng.choice(numbers)

    def _entered(
        self, fields: tuple[Field, ...], store: Store, values: dict[str, Any] | None = None
    ) -> tuple[tuple[str, Value], ...]:
        """Returns made-up values as a form would have read them."""
        if values is None:
            values = {f.name: f.sample(self.rng, self.faker, store) for f in fields}
        texts = {f.name: f.edit_form(values.get(f.name), store) for f in fields}
        return parse(fields, texts, store)

    def spoil(self, episode: Episode) -> Episode | None:
        """Returns a fork of an episode with one unrelated change in it, made by somebody else.

        Unrelated is a change whose diff differs in something that the verifier does not allow.
        Somebody else is the application's first role, which may most.

        Returns:
            The fork; None if no legal change was found.
        """
        before = episode.session.diff()
        for command in self.commands(episode.session.store):
            fork = episode.fork()
            store = fork.session.store
            user, store.user = store.user, (*store.app.roles, "")[0]
            with suppress(Refused):
                fork.session.run(command)
            store.user = user
            if differs(fork.session.diff(), before, episode.task.verifier.allowed):
                return fork
        return None


def differs(one: Diff, other: Diff, allowed: tuple[tuple[str, str], ...]) -> bool:
    """Says whether two diffs differ in anything but fields that may change."""
    return _without(one, allowed) != _without(other, allowed)


def _without(diff: Diff, allowed: tuple[tuple[str, str], ...]) -> list[Change]:
    def kept(change: Change) -> tuple[tuple[str, str, str], ...]:
        return tuple(f for f in change.fields if (change.record, f[0]) not in allowed)

    changes = [Change(c.record, c.kind, c.key, kept(c)) for c in diff.changes]
    return sorted(c for c in changes if c.fields or c.kind != "updated")
