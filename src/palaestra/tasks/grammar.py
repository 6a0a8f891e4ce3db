"""The shapes that goals are worded in: what a template may say, and the choices it may have.

A shape is a template. `{record}` names the record, `{Record}` at the start of a sentence; `{noun}`
is what the record type is called; `{with}`, `{to}`, `{is}` and `{colon}` are lists of fields and
values in four styles; `{label}` and `{value}` are a single one; `{say}` is an action's own phrase.
Shapes with choices, "[Create|Add] a {noun}", are several. Who says what is in `voice.py`.
A "clause" is a shape without the beginning and end of a sentence, for goals of several steps;
how these are joined is in `joining.py`.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

CHOICE = re.compile(r"\[([^\]]*)\]")


def chosen(template: str, rng: random.Random) -> str:
    """Makes the choices of a shape."""
    return CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template)


def expansions(template: str) -> Iterator[str]:
    """Yields every shape that a template with choices can become."""
    parts = CHOICE.split(template)
    ways = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    for made in itertools.product(*ways):
        yield "".join(made)
