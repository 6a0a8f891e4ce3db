"""Which deeds may follow one another: some combinations are kept for exams, and never practised.

A combination is what is done to a record of some type, and what is done next to one of some type.
The hash of its names decides, the same in every application, so nobody keeps a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from palaestra.types import Command, content_hash

KEPT = 4
"""One combination in so many is kept for exams."""

Doing = tuple[str, str]
"""The name of a record type, and "create", "update", "delete" or the name of an action."""


def is_kept(before: Doing, after: Doing) -> bool:
    """Says whether a combination is kept for exams."""
    return int(content_hash(["combination", *before, *after]), 16) % KEPT == 0


def doing(command: Command) -> Doing:
    """Returns what a command does."""
    return command.record, command.verb


def combinations(commands: Sequence[Command]) -> list[tuple[Doing, Doing]]:
    """Returns the combinations that occur in commands, in order."""
    return list(pairwise(map(doing, commands)))
