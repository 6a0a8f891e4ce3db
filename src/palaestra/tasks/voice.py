"""Voices: how different people say what is to be done.

A voice is a TOML file with templates by kind of goal (`grammar.py`, `relations.py`), ways to join
steps (`joining.py`) and what its person puts around a goal. It lies in the folder of a speech:
`practice`, `exam`, or `strangers`, whose author had seen neither of the others. A new file there
is a new voice; nothing else is to be edited.

Whoever writes a voice for practice does not look at the other two. `tests/tasks/test_voice.py`
asserts that no shape of theirs is in practice, with whatever choices, nor three words in a row of
the exam's, nor four of the strangers'.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal, get_args

from palaestra.tasks import grammar

Speech = Literal["practice", "exam", "strangers"]
FOLDER = Path(__file__).with_name("voices")
AROUND = ("openers", "closers", "conditions", "joins")
"""What a file holds beside shapes by kind of goal."""


@dataclass(frozen=True)
class Voice:
    """One way of speaking.

    Attributes:
        name: The file's name.
        shapes: Templates, by kind of goal.
        joins: How steps become one goal: what stands before the first, each other and the last
            one. Where a fourth part ends the goal, the steps are clauses.
        openers: What is put before a goal, now and then.
        closers: What is put behind a goal, now and then.
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
            tuple(f"{words} " for words in _said(told["openers"])),
            tuple(f" {words}" for words in _said(told["closers"])),
            tuple(f" {words}" for words in _said(told["conditions"])),
        )

    def shape(self, kind: str, rng: Random) -> str:
        """Draws a shape for one kind of goal; its choices are made."""
        return grammar.chosen(rng.choice(self.shapes[kind]), rng)


def _said(templates: list[str]) -> list[str]:
    """Returns what templates say with all their choices, nothing twice."""
    return list(dict.fromkeys(s for one in templates for s in grammar.expansions(one)))


def _voices(speech: str) -> tuple[Voice, ...]:
    return tuple(Voice.read(path) for path in sorted((FOLDER / speech).glob("*.toml")))


VOICES: dict[Speech, tuple[Voice, ...]] = {speech: _voices(speech) for speech in get_args(Speech)}


def everybody() -> list[Voice]:
    """Returns the voices of all speeches."""
    return [voice for voices in VOICES.values() for voice in voices]
