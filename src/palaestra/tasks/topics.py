"""What can be proposed in an application, listed, so that a proposer can weigh one against another.

A topic says what a wandering is after; what comes of it is seen when it is over. In an application
that everybody knows a topic goes by its records and deeds ("invoice.approve"). In one of an endless
family these names never come again, so there it goes by its shape (`Topic.shape`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple

from palaestra.kit.app import App
from palaestra.tasks.explorer import Aim
from palaestra.tasks.proposing import propose
from palaestra.tasks.refusals import SORTS
from palaestra.tasks.splits import Split
from palaestra.tasks.task import KINDS, Task
from palaestra.types import Start

LONG_FORM = 5
"""Fields from which on a form counts as long."""


class Topic(NamedTuple):
    """Something to propose.

    Attributes:
        kind: The kind of task, one of `KINDS`.
        name: What it is about: "invoice.approve", "rule" (of a refusal), "3 steps" (of a workflow);
            "" where chance decides.
        aim: What is acted towards; None where the kind of task finds its own.
        share: How often it is meant among its kind when all are equally worth while.
    """

    kind: str
    name: str = ""
    aim: Aim | None = None
    share: float = 1.0

    @property
    def shape(self) -> str:
        """Returns what it is about without any name: part or whole, and what form there is."""
        if self.aim is None:
            return self.name
        record, verb = self.aim
        action = record.actions.get(verb)
        fields = record.form_fields if verb in ("create", "update") else ()
        asked = action.params if action else fields
        form = "long form" if len(asked) >= LONG_FORM else "form" if asked else "no form"
        return f"{'part' if record.parent else 'whole'}, {form}"

    def propose(self, app: App, start: Start, rng: random.Random, split: Split) -> Task | None:
        """Wanders after it; see `proposing.propose`."""
        steps = int(self.name.split()[0]) if self.kind == "workflow" and self.name else 0
        sort = self.name if self.kind == "refusal" else ""
        return propose(app, start, rng, split, self.kind, steps=steps, aim=self.aim, sort=sort)


def topics(app: App, split: Split) -> list[Topic]:
    """Lists what can be proposed in an application; the shares of a kind of task add up to 1."""
    found = []
    for kind in split.kinds or KINDS:
        if kind in ("refusal", "workflow"):
            least, most = split.steps
            rarer = {f"{n} steps": 1 / n for n in range(least, most + 1)}
            weights: Mapping[str, float] = SORTS if kind == "refusal" else rarer
            total = sum(weights.values())
            found += [Topic(kind, name, None, w / total) for name, w in weights.items()]
        else:
            aims = Aim.all(app, kind)
            found += [
                Topic(kind, f"{aim.kind.name}.{aim.verb}", aim, 1 / len(aims)) for aim in aims
            ]
    return found
