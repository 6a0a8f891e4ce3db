"""What is kept of attempts at MiniWoB++: a line each, written as soon as some are done.

An exam that was killed reads them again and goes on; lines of another model, of other limits or of
other code are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from palaestra.errors import UsageError
from palaestra.types import Action


class Sitter(NamedTuple):
    """Who attempts under which conditions: all that decides what comes of a problem.

    Attributes:
        policy: What people type to name it.
        model: Hash of its weights or source.
        steps: Actions that an attempt may take.
        commit: The code that runs.
    """

    policy: str
    model: str
    steps: int
    commit: str


@dataclass(frozen=True)
class Attempted:
    """What came of one problem.

    Attributes:
        sitter: Who attempted it.
        task: The task's name.
        seed: Which problem.
        success: Whether the page's raw reward was 1; None where it could not be scored.
        ended: "page", "steps" or what broke.
        goal: What was wanted.
        actions: What was done.
    """

    sitter: Sitter
    task: str
    seed: int
    success: bool | None
    ended: str
    goal: str
    actions: tuple[Action, ...]

    def to_json(self) -> dict[str, Any]:
        """Returns plain data, the inverse of `from_json`."""
        return {**asdict(self), "sitter": list(self.sitter)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Attempted:
        """Reads what `to_json` wrote."""
        actions = tuple(Action(*action) for action in data["actions"])
        return cls(**{**data, "sitter": Sitter(*data["sitter"]), "actions": actions})


class Record:
    """A file of attempts.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> list[Attempted]:
        """Returns all attempts; one that was half written when it was killed is left out.

        Raises:
            UsageError: If the file is something else.
        """
        if not self.path.exists():
            return []
        *whole, rest = self.path.read_text(encoding="utf-8").split("\n")
        try:
            found = [Attempted.from_json(json.loads(line)) for line in whole]
        except (KeyError, TypeError, ValueError) as wrong:
            raise UsageError(
                f"{self.path} holds no attempts at MiniWoB++ ({wrong}); name another --out"
            ) from wrong
        if rest:
            self.path.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
        return found

    def add(self, attempts: Iterable[Attempted]) -> None:
        """Writes attempts down.

        Raises:
            UsageError: If there is no room.
        """
        lines = "".join(json.dumps(a.to_json(), ensure_ascii=False) + "\n" for a in attempts)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(lines)
        except OSError as failed:
            raise UsageError(
                f"Cannot write {self.path}: {failed.strerror}; make room, and run the same command "
                "again: it goes on where it stopped"
            ) from failed
