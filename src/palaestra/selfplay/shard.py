"""Decisions to learn from, as arrays: what one round of practice leaves behind.

A shard is written once and never changed. Elements are numbers into the shard's own table of
strings, so that shards can be kept on disk and read again when a training is resumed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from palaestra.errors import UsageError
from palaestra.policies.network.batch import Look
from palaestra.policies.network.composing import COMPOSED, Candidate, candidates, numbered
from palaestra.policies.network.elements import Reader, Screen
from palaestra.policies.network.matching import Lens, Matches, Small
from palaestra.policies.network.policy import Decision
from palaestra.policies.network.tokens import Goal, Ints, Strings, read_goal
from palaestra.types import Action, Observation

ARRAYS = (
    "goal_of", "begins", "lines", "facts", "ends", "hits", "hit_ends", "touched", "touch_ends",
    "composed", "composed_ends", "now", "right", "spans", "tried", "played", "gains", "table",
)  # fmt: skip
UNKNOWN = (-1, -1)


@dataclass(frozen=True)
class Shard:
    """Decisions, D of them, with what would be right.

    Attributes:
        goals: The goals' words, K of them.
        goal_of: Which goal each decision is about, (D,).
        begins: The first token of the goal that is read, (D,).
        lines: Elements of all decisions one after the other, (elements, COLUMNS).
        facts: As `Matches.facts`, one after the other, (elements, FACTS).
        ends: Where each decision's elements end, (D,).
        hits: As `Matches.hits`, one after the other, (hits, 4).
        hit_ends: Where each decision's hits end, (D,).
        touched: As `Matches.touched`, one after the other, (tokens, TOUCHES).
        touch_ends: Where each decision's touches end, (D,).
        composed: As `Look.composed`, one after the other, (candidates, 3).
        composed_ends: Where each decision's candidates end, (D,).
        now: First token of the goal that is being worked on, and where that ends, counted from
            where the goal is read, (D, 2); -1 where that is not known.
        right: (decision, element) pairs, element counted within the decision, (rights, 2).
        spans: (decision, element, first, last): what is copied when that element is filled, counted
            from where the goal is read; or `COMPOSED` and the number of a candidate.
        tried: (decision, element, won, changed): what came of an element that was used: whether the
            episode went well, whether a record was changed; -1 where that is not known.
        played: (decision, element, first, last): what was drawn where a goal was attempted several
            times, first and last as in `spans`, -1 where nothing was typed.
        gains: Advantage of each of these, and its log-probability when it was drawn, (played, 2).
        table: Words of the strings, as `Strings.table` has them.
    """

    goals: tuple[str, ...]
    goal_of: Ints
    begins: Ints
    lines: Ints
    facts: Small
    ends: Ints
    hits: npt.NDArray[np.int16]
    hit_ends: Ints
    touched: Small
    touch_ends: Ints
    composed: Ints
    composed_ends: Ints
    now: Ints
    right: Ints
    spans: Ints
    tried: Ints
    played: Ints
    gains: npt.NDArray[np.float32]
    table: Ints

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def drawn(self) -> set[int]:
        """Returns the decisions that a policy drew by chance; they are learnt from once."""
        return set(self.played[:, 0].tolist())

    def look(self, decision: int) -> Look:
        """Returns a decision as the network reads it."""
        lines = _part(self.ends, decision)
        matches = Matches(
            int(self.begins[decision]),
            self.hits[_part(self.hit_ends, decision)],
            self.facts[lines],
            self.touched[_part(self.touch_ends, decision)],
        )
        composed = self.composed[_part(self.composed_ends, decision)]
        return Look(int(self.goal_of[decision]), self.lines[lines], matches, composed)

    def to_bytes(self) -> bytes:
        """Returns the content of a file (npz, not compressed)."""
        file = io.BytesIO()
        goals = np.frombuffer(json.dumps(self.goals).encode(), np.uint8)
        arrays = {name: getattr(self, name) for name in ARRAYS}
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
        self._lenses: list[Lens] = []
        self._looks: list[Look] = []
        self._now: list[tuple[int, int]] = []
        self._right: list[tuple[int, int]] = []
        self._spans: list[tuple[int, int, int, int]] = []
        self._tried: list[tuple[int, int, int, int]] = []
        self._played: list[tuple[int, int, int, int]] = []
        self._gains: list[tuple[float, float]] = []

    def __len__(self) -> int:
        return len(self._looks)

    def note(
        self,
        observation: Observation,
        right: list[Action],
        tried: Action | None = None,
        won: bool | None = None,
        changed: bool | None = None,
        now: tuple[int, int] | None = None,
    ) -> bool:
        """Notes what would be right here; False if the network could not do any of it.

        Where nothing is known to be right, what came of an action can still be noted.

        Args:
            observation: What was seen.
            right: What would be right, any of it.
            tried: What was done.
            won: Whether the episode went well with that.
            changed: Whether that changed a record.
            now: First character of the goal that is being worked on, and where that ends.
        """
        screen, look, made = self._look(observation)
        told, matches = read_goal(observation.goal), look.matches
        number = len(self._looks)
        found: list[tuple[int, int]] = []
        spans: list[tuple[int, int, int, int]] = []
        for action in right:
            copied = _within(told.places(action.text), matches) if action.op == "fill" else []
            for element in _afforded(screen, action):
                places = copied + _composed(made, element, action.text)
                if places or action.op != "fill":
                    found.append((number, element))
                    spans += [(number, element, first, last) for first, last in places]
        outcomes = [(number, e, _known(won), _known(changed)) for e in _afforded(screen, tried)[:1]]
        if not found and (right or not outcomes):
            return False
        self._looks.append(look)
        self._now.append(_read(told.tokens(*now), matches) if now else UNKNOWN)
        self._right += found
        self._spans += spans
        self._tried += outcomes
        return True

    def play(self, observation: Observation, decision: Decision, advantage: float) -> None:
        """Notes what was drawn here, and how much better than its like the attempt went."""
        self._played.append((len(self._looks), decision.element, *decision.span))
        self._gains.append((advantage, decision.likely))
        self._looks.append(self._look(observation)[1])
        self._now.append(UNKNOWN)

    def _look(self, observation: Observation) -> tuple[Screen, Look, list[Candidate]]:
        screen = self._reader.read(observation)
        goal = self._goals.setdefault(observation.goal, len(self._goals))
        if goal == len(self._lenses):
            self._lenses.append(Lens(read_goal(observation.goal), self._strings))
        matches = self._lenses[goal].match(screen, observation.past)
        made = candidates(observation.goal, screen, matches, self._strings)
        return screen, Look(goal, screen.lines, matches, numbered(made)), made

    def shard(self) -> Shard:
        """Returns what was noted."""
        looks, matches = self._looks, [look.matches for look in self._looks]
        return Shard(
            goals=tuple(self._goals),
            goal_of=np.array([look.goal for look in looks], np.int32),
            begins=np.array([one.begin for one in matches], np.int32),
            lines=np.concatenate([look.lines for look in looks]),
            facts=np.concatenate([one.facts for one in matches]),
            ends=_ends([len(look.lines) for look in looks]),
            hits=np.concatenate([one.hits for one in matches]),
            hit_ends=_ends([len(one.hits) for one in matches]),
            touched=np.concatenate([one.touched for one in matches]),
            touch_ends=_ends([len(one.touched) for one in matches]),
            composed=np.concatenate([look.composed for look in looks]),
            composed_ends=_ends([len(look.composed) for look in looks]),
            now=np.array(self._now, np.int32).reshape(-1, 2),
            right=np.array(self._right, np.int32).reshape(-1, 2),
            spans=np.array(self._spans, np.int32).reshape(-1, 4),
            tried=np.array(self._tried, np.int32).reshape(-1, 4),
            played=np.array(self._played, np.int32).reshape(-1, 4),
            gains=np.array(self._gains, np.float32).reshape(-1, 2),
            table=self._strings.table(),
        )


def _ends(lengths: list[int]) -> Ints:
    return np.cumsum(lengths).astype(np.int32)


def _part(ends: Ints, decision: int) -> slice:
    return slice(int(ends[decision - 1]) if decision else 0, int(ends[decision]))


def _within(places: list[tuple[int, int]], matches: Matches) -> list[tuple[int, int]]:
    """Counts places from where the goal is read; what is not read is left out."""
    moved = [(first - matches.begin, last - matches.begin) for first, last in places]
    return [(first, last) for first, last in moved if 0 <= first <= last < len(matches.touched)]


def _composed(made: list[Candidate], element: int, text: str) -> list[tuple[int, int]]:
    """Returns where a text stands among what could be composed for an element."""
    return [
        (COMPOSED, number)
        for number, one in enumerate(made)
        if (one.element, one.text) == (element, text)
    ]


def _known(what: bool | None) -> int:
    return -1 if what is None else int(what)


def _read(tokens: tuple[int, int], matches: Matches) -> tuple[int, int]:
    """Counts tokens from where the goal is read, as far as they are."""
    first, end = (min(max(0, at - matches.begin), len(matches.touched)) for at in tokens)
    return first, end


def _afforded(screen: Screen, action: Action | None) -> list[int]:
    """Returns the elements that stand for an action."""
    return (
        []
        if action is None
        else [
            element
            for element, afforded in enumerate(screen.actions)
            if screen.lines[element, 5] and _same(afforded, action)
        ]
    )


def _same(afforded: Action, action: Action) -> bool:
    if action.op == "fill":
        return afforded.op == "fill" and afforded.ref == action.ref
    return afforded == action


def goals_of(shard: Shard, used: Iterable[int]) -> dict[int, Goal]:
    """Returns the tokens of those of a shard's goals that are used, by their number."""
    return {number: read_goal(shard.goals[number]) for number in set(used)}
