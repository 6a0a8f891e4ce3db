"""The voices of practice: how different people say what is to be done.

A voice is a TOML file in `voices/` with the shapes of `grammar.py`, `relations.py` and `joining.py`
as its person would word them; a new file there is practised with the rest, nothing else is to be
edited. Whoever writes one does not look at the shapes of the exam; that none of those, nor three of
their words in a row, are in a voice is asserted in `tests/tasks/test_voice.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).with_name("voices")
AROUND = ("openers", "closers", "conditions", "joins")
"""What a file holds beside shapes by kind of goal."""


@dataclass(frozen=True)
class Voice:
    """One way of speaking.

    Attributes:
        name: The file's name.
        shapes: Templates with choices, by kind of goal.
        joins: How steps become one goal: what stands before the first, each other and the last
            one. Where a fourth part ends the goal, the steps are clauses.
        openers: What people put before a goal, now and then.
        closers: What people put behind a goal, now and then.
        conditions: What to do where it is refused: said of what is possible just as often.
    """

    name: str
    shapes: dict[str, tuple[str, ...]]
    joins: tuple[tuple[str, ...], ...]
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    conditions: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Voice:
        """Reads a voice from its file."""
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            path.stem,
            {kind: tuple(shapes) for kind, shapes in told.items() if kind not in AROUND},
            tuple(tuple(parts) for parts in told["joins"]),
            tuple(f"{words} " for words in told["openers"]),
            tuple(f" {words}" for words in told["closers"]),
            tuple(f" {words}" for words in told["conditions"]),
        )


VOICES = tuple(Voice.read(path) for path in sorted(FOLDER.glob("*.toml")))


def merged(kinds: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Returns the templates of all voices, by kind of goal."""
    return {kind: tuple(one for voice in VOICES for one in voice.shapes[kind]) for kind in kinds}


def template(kind: str, rng: Random) -> str:
    """Draws a template: first who speaks, then what is said, so that each voice is heard alike."""
    return rng.choice(rng.choice(VOICES).shapes[kind])
