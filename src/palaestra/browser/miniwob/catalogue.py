"""The tasks of MiniWoB++, what each needs that no action of ours can do, and whose seed is whose.

`tasks.json` was written by reading the pages: for each, what is missing ("" where nothing is) and
why. What is missing is one of: drawing, dragging, pointing (at a place that no element stands for),
selecting (text, with the mouse), hovering, waiting, watching (what moves), and seeing (what only
the picture tells, and the accessibility tree does not).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from palaestra.errors import UsageError

PRACTICE = 1_000_000
"""Seeds below it are for exams, seeds from here on for practice."""


class Wob(NamedTuple):
    """A task.

    Attributes:
        name: What its page is called.
        needs: What it takes that no action of ours can do; "" where nothing is missing.
        why: A line about that.
    """

    name: str
    needs: str
    why: str


@cache
def catalogue() -> dict[str, Wob]:
    """Returns all tasks by name, in alphabetical order."""
    told = json.loads((Path(__file__).parent / "tasks.json").read_text(encoding="utf-8"))
    return {name: Wob(name, needs, why) for name, (needs, why) in told.items()}


def chosen(names: list[str] | None = None) -> list[Wob]:
    """Returns tasks by name.

    Args:
        names: Which; "all" is every one. If left out, those that need nothing that we lack.

    Raises:
        UsageError: If there is no such task.
    """
    known = catalogue()
    if not names:
        return [one for one in known.values() if not one.needs]
    if names == ["all"]:
        return list(known.values())
    for name in names:
        if name not in known:
            raise UsageError(f"MiniWoB++ has no task {name!r}; it has: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)]


def exam_seeds(n: int) -> range:
    """Returns the seeds of the first n attempts of an exam.

    Raises:
        UsageError: If there are not so many.
    """
    if not 1 <= n <= PRACTICE:
        raise UsageError(f"An exam has from 1 to {PRACTICE:,} seeds for each task; got {n}")
    return range(n)


def practice_seed(number: int) -> int:
    """Returns a seed to practise with, never one of an exam.

    Args:
        number: Any whole number from 0 on.
    """
    return PRACTICE + number
