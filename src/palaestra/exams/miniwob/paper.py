"""A Paper: one exam on MiniWoB++, who sits it and under which limits; and the files it ends in.

The same paper, sat again in the same folder, goes on where it was stopped.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from palaestra.errors import UsageError
from palaestra.exams.archive import write_text
from palaestra.exams.miniwob.record import Record
from palaestra.exams.miniwob.sitting import CLICKER, sit, sitters
from palaestra.exams.miniwob.standing import Standing
from palaestra.exams.provenance import machine, versions
from palaestra.policies import finder

EPISODES = "miniwob-episodes.jsonl"


@dataclass(frozen=True)
class Paper:
    """What is to be sat.

    Attributes:
        policies: Who sits it, the one it is about first; the random clicker comes besides.
        tasks: Names of the tasks.
        n: Seeds for each.
        steps: Actions that an attempt may take.
        workers: Browsers at a time.
    """

    policies: tuple[str, ...]
    tasks: tuple[str, ...]
    n: int
    steps: int
    workers: int

    def __post_init__(self) -> None:
        if self.steps < 1 or self.workers < 1:
            raise UsageError("--steps and --workers must be 1 or more")

    @property
    def attempts(self) -> int:
        """Returns how many attempts it takes."""
        return (len(self.policies) + 1) * len(self.tasks) * self.n

    def sit(self, out: Path, progress: Callable[[int], None]) -> tuple[Standing, Path]:
        """Has everybody sit it, and writes what came of it.

        Args:
            out: Where the attempts and the results go.
            progress: Told how many more attempts are done.

        Returns:
            The results, and the file that tells them; a table of them is beside it (.md).

        Raises:
            UsageError: If there is no such policy, no Chromium or no MiniWoB++.
        """
        model, began = self.policies[0], time.monotonic()
        who = sitters([*self.policies, CLICKER], self.steps)
        attempts = sit(who, self.tasks, self.n, Record(out / EPISODES), self.workers, progress)
        standing = Standing.of(attempts)
        told = {
            "suite": f"MiniWoB++ {_pages()}",
            "seeds": self.n,
            "steps": self.steps,
            "seconds": round(time.monotonic() - began, 1),
            "workers": self.workers,
            "sitters": [sitter._asdict() for sitter in who],
            "practised": getattr(finder.find(model), "facts", {}).get("practised"),
            "versions": versions(),
            "machine": machine(),
            **standing.to_json(),
        }
        written = out / f"miniwob-{Path(model).name}.json"
        write_text(written, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        write_text(written.with_suffix(".md"), standing.markdown())
        return standing, written


def _pages() -> str:
    try:
        return version("miniwob")
    except PackageNotFoundError:  # the pages lie there without their package's facts
        return ""
