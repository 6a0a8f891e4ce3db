"""Random work through the tools: commands that mostly fit, on any record in any order.

It gets to what random clicking seldom reaches, for it needs no way there: an action is drawn first,
and then a record that it is possible for.
"""

from __future__ import annotations

import random
from typing import Any

from palaestra.errors import Refused
from palaestra.faces.tools import Reply, Toolbox
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordAction, RecordType
from palaestra.kit.seeding import Faker, sampled
from palaestra.kit.store import Store
from palaestra.testing.tool_parity import as_call
from palaestra.types import Command, Value

POSSIBLE = 0.8
"""Share of the actions that are done to a record that they are possible for, where there is one."""
DELETE, UPDATE = 0.05, 0.25
EMPTY = 0.2


class Caller:
    """Draws calls from one seeded stream.

    Attributes:
        box: What is called.
    """

    def __init__(self, box: Toolbox, seed: int) -> None:
        self.box = box
        self.rng = random.Random(f"caller/{seed}")
        self.faker = Faker(seed)

    def call(self) -> tuple[str, dict[str, Any], Reply] | None:
        """Calls a tool; returns its name, the arguments and the reply. None if nothing came up."""
        try:
            command = self._command(self.rng.choice(self.box.session.app.records))
        except Refused:
            return None
        if command is None:
            return None
        name, given = as_call(command, self.box.session)
        return name, given, self.box.call(name, given)

    def _command(self, kind: RecordType) -> Command | None:
        rng, store = self.rng, self.box.session.store
        numbers = list(store.numbers(kind.index))
        drawn = rng.random()
        if not numbers or (drawn > DELETE + UPDATE and not kind.actions):
            return self._create(kind, store)
        if drawn < DELETE:
            return Command("delete", kind.name, rng.choice(numbers))
        if drawn < DELETE + UPDATE:
            some = rng.sample(kind.form_fields, min(2, len(kind.form_fields)))
            return self._filled("update", kind, rng.choice(numbers), some) if some else None
        deeds: list[RecordAction | None] = [*kind.actions.values(), None]
        action = rng.choice(deeds)
        if action is None:
            return self._create(kind, store)
        if rng.random() < POSSIBLE:
            numbers = [n for n in numbers if action.when(kind.cls(store, n))] or numbers
        return self._filled(action.name, kind, rng.choice(numbers), action.params)

    def _create(self, kind: RecordType, store: Store) -> Command | None:
        if not kind.form_fields:
            return None
        values: dict[str, Value] = sampled(kind, store, self.rng, self.faker)
        if kind.parent:
            owners = list(store.numbers(kind.parent.target.type.index))
            if not owners:
                return None
            values = {kind.parent.name: self.rng.choice(owners), **values}
        return Command("create", kind.name, 0, tuple(values.items()))

    def _filled(
        self, verb: str, kind: RecordType, number: int, fields: list[Field] | tuple[Field, ...]
    ) -> Command:
        store, rng = self.box.session.store, self.rng
        values = tuple(
            (
                field.name,
                None
                if not field.required and rng.random() < EMPTY
                else field.sample(rng, self.faker, store),
            )
            for field in fields
        )
        return Command(verb, kind.name, number, values)
