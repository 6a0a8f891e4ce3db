"""Decisions to learn from, as arrays: what one round of practice leaves behind.

A shard is written once and never changed. Elements are numbers into the shard's own table of
strings, so that shards can be kept on disk and read again when a training is resumed.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from zipfile import BadZipFile

import numpy as np

from palaestra.errors import UsageError
from palaestra.policies.network.elements import Reader
from palaestra.policies.network.tokens import Goal, Ints, Strings, read_goal
from palaestra.types import Action, Observation


@dataclass(frozen=True)
class Shard:
    """Decisions, D of them, with what would be right.

    Attributes:
        goals: The goals' words, K of them.
        goal_of: Which goal each decision is about, (D,).
        lines: Elements of all decisions one after the other, (elements, COLUMNS).
        ends: Where each decision's elements end, (D,).
        right: (decision, element) pairs, element counted within the decision, (rights, 2).
        spans: (decision, element, first, last): what is copied when that element is filled.
        table: Tokens and leads of the strings, as `Strings.table` has them.
    """

    goals: tuple[str, ...]
    goal_of: Ints
    lines: Ints
    ends: Ints
    right: Ints
    spans: Ints
    table: Ints

    def __len__(self) -> int:
        return len(self.ends)

    def to_bytes(self) -> bytes:
        """Returns the content of a file (npz, not compressed)."""
        file = io.BytesIO()
        goals = np.frombuffer(json.dumps(self.goals).encode(), np.uint8)
        arrays = {
            name: getattr(self, name)
            for name in ("goal_of", "lines", "ends", "right", "spans", "table")
        }
        np.savez(file, goals=goals, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Shard:
        """Reads what `to_bytes` wrote.

        Raises:
            UsageError: If it is something else.
        """
        try:
            with np.load(io.BytesIO(data)) as file:
                arrays = {name: file[name] for name in file.files if name != "goals"}
                return cls(goals=tuple(json.loads(file["goals"].tobytes())), **arrays)
        except (AttributeError, BadZipFile, EOFError, KeyError, TypeError, ValueError) as wrong:
            raise UsageError(f"These are no decisions of a training: {wrong!r}") from wrong


class Notebook:
    """Collects decisions and makes a shard of them."""

    def __init__(self) -> None:
        self._strings = Strings()
        self._reader = Reader(self._strings)
        self._goals: dict[str, int] = {}
        self._goal_of: list[int] = []
        self._lines: list[Ints] = []
        self._right: list[tuple[int, int]] = []
        self._spans: list[tuple[int, int, int, int]] = []

    def __len__(self) -> int:
        return len(self._lines)

    def note(self, observation: Observation, right: list[Action]) -> bool:
        """Notes what would be right here; False if the network could not do any of it."""
        screen = self._reader.read(observation)
        goal = read_goal(observation.goal)
        number = len(self._lines)
        found: list[tuple[int, int]] = []
        spans: list[tuple[int, int, int, int]] = []
        for action in right:
            places = goal.places(action.text) if action.op == "fill" else []
            if action.op == "fill" and not places:
                continue
            for element, afforded in enumerate(screen.actions):
                if screen.lines[element, 5] and _same(afforded, action):
                    found.append((number, element))
                    spans += [(number, element, first, last) for first, last in places]
        if not found:
            return False
        self._goal_of.append(self._goals.setdefault(observation.goal, len(self._goals)))
        self._lines.append(screen.lines)
        self._right += found
        self._spans += spans
        return True

    def shard(self) -> Shard:
        """Returns what was noted."""
        return Shard(
            goals=tuple(self._goals),
            goal_of=np.array(self._goal_of, np.int32),
            lines=np.concatenate(self._lines),
            ends=np.cumsum([len(lines) for lines in self._lines]).astype(np.int32),
            right=np.array(self._right, np.int32).reshape(-1, 2),
            spans=np.array(self._spans, np.int32).reshape(-1, 4),
            table=self._strings.table(),
        )


def _same(afforded: Action, action: Action) -> bool:
    if action.op == "fill":
        return afforded.op == "fill" and afforded.ref == action.ref
    return afforded == action


def goals_of(shard: Shard) -> list[Goal]:
    """Returns the tokens of a shard's goals."""
    return [read_goal(text) for text in shard.goals]
