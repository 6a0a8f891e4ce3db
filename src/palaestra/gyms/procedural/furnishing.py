"""Draws the screens that a generated application has beyond its lists: boards, months, reports ...

Every screen is built from records that are there already, so it adds ways to see and to do things
and no new rule.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from palaestra.kit import App, Record, Store
from palaestra.kit.blocks import Board, Calendar, Report, Viewer, Wizard
from palaestra.kit.fields import Choice, Date, Field, Money
from palaestra.kit.record import RecordType

SHARE = 0.3
"""How many of the records that a screen fits get one."""
Choices = Mapping[str, str]


def furnish(app: App, rng: random.Random) -> None:
    """Adds screens to an application; some get none."""
    for kind in [kind for kind in app.records if kind.parent is None]:
        for make in (board, month, reader, steps, report):
            if rng.random() < SHARE:
                screen = make(kind, rng)
                if screen is not None and app.screen(screen.name) is None:
                    app.add(screen)


def board(kind: RecordType, rng: random.Random) -> Board | None:
    """Returns a board of a record that has a choice; cards move where an action does that."""
    choice = _any(kind, Choice, rng)
    if choice is None:
        return None
    moves = [
        action.name
        for action in kind.actions.values()
        if len(action.params) == 1 and action.params[0].input_role == "combobox"
    ]
    return Board(
        f"{kind.name}_board",
        title=f"{kind.noun.capitalize()} board",
        record=kind.cls,
        by=choice.name,
        shows=_some(kind, choice, rng),
        move=moves[0] if moves and rng.random() < 0.5 else "",
    )


def month(kind: RecordType, rng: random.Random) -> Calendar | None:
    """Returns a calendar of a record that has a date."""
    day = _any(kind, Date, rng)
    if day is None:
        return None
    title = f"{kind.noun.capitalize()} calendar"
    return Calendar(f"{kind.name}_calendar", title=title, record=kind.cls, day=day.name)


def reader(kind: RecordType, rng: random.Random) -> Viewer | None:
    """Returns a viewer of a record that has a longer text."""
    texts = [f for f in kind.stored if f.kind == "document" or getattr(f, "long", False)]
    if not texts:
        return None
    title = f"{kind.noun.capitalize()} reader"
    return Viewer(f"{kind.name}_reader", title=title, record=kind.cls, body=texts[0].name)


def steps(kind: RecordType, rng: random.Random) -> Wizard | None:
    """Returns a wizard for a record of which several things are entered."""
    fields = [f.name for f in kind.form_fields]
    if len(fields) < 3:
        return None
    cut = rng.randint(1, len(fields) - 1)
    words = rng.choice((("Basics", "Details"), ("First part", "Second part"), ("What", "The rest")))
    title = f"{kind.noun.capitalize()} step by step"
    parts = ((words[0], tuple(fields[:cut])), (words[1], tuple(fields[cut:])))
    return Wizard(f"{kind.name}_steps", title=title, record=kind.cls, steps=parts)


def report(kind: RecordType, rng: random.Random) -> Report | None:
    """Returns a report that counts records by a choice, and sums an amount up if there is one."""
    choice, amount = _any(kind, Choice, rng), _any(kind, Money, rng)
    if choice is None:
        return None
    columns = [choice.label, kind.plural, *([amount.label] if amount else [])]
    return Report(
        f"{kind.name}_report",
        title=f"{kind.plural} by {choice.label.lower()}",
        columns=columns,
        rows=_counted(kind.cls, choice, amount),
    )


def _counted(
    cls: type[Record], choice: Choice, amount: Money | None
) -> Callable[[Store, Choices], list[tuple[str, ...]]]:
    def rows(store: Store, choices: Choices) -> list[tuple[str, ...]]:
        lines = []
        for word in choice.choices:
            held = cls.every(store, **{choice.name: word})
            line = [word, str(len(held))]
            if amount is not None:
                total = sum(getattr(one, amount.name) or 0 for one in held)
                line.append(amount.show(total, store))
            lines.append(tuple(line))
        return lines

    return rows


def _any(kind: RecordType, wanted: type[Any], rng: random.Random) -> Any:
    """Returns a stored field of a class; None if there is none."""
    fields = [field for field in kind.stored if type(field) is wanted]
    return rng.choice(fields) if fields else None


def _some(kind: RecordType, but: Field, rng: random.Random) -> list[str]:
    """Draws one or two fields to be told beside the key."""
    rest = [f.name for f in kind.fields if f.listed and f not in (kind.key, but, kind.parent)]
    return rng.sample(rest, min(len(rest), rng.randint(1, 2)))
