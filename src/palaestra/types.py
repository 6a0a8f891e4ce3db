"""The frozen values that every floor passes around.

They live at the bottom so that no floor needs another one to speak to it. `Node`, `Action` and
`Observation` are named tuples rather than dataclasses because they are made on the step path, where
a frozen dataclass costs four times as much to build.

Nothing here knows what an application is or how a screen is drawn.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

Value = str | int | bool | dt.date | dt.datetime | None
"""A field's value: money is integer cents, a reference is the other record's number, a moment is in
UTC, a document is its name and its lines."""

Op = Literal["click", "fill", "select", "check", "press", "scroll", "back", "answer", "ask", "done"]
OPS: tuple[Op, ...] = get_args(Op)


class Node(NamedTuple):
    """One element of a screen.

    Attributes:
        role: WAI-ARIA 1.2 role ("button", "textbox", "row" ...).
        name: Accessible name, as accname-1.2 would compute it from the page face.
        ref: Address for actions, unique on its screen; empty where there is nothing to do.
        value: Current value of an input ("" for everything else).
        states: ARIA states that hold, sorted ("checked", "current", "disabled", "invalid", ...).
        children: Nodes inside this one, in document order.
    """

    role: str
    name: str = ""
    ref: str = ""
    value: str = ""
    states: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yields this node and every node below it in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def mapped(self, change: Callable[[Node], Node]) -> Node:
        """Returns this node with it and every node below it changed, those below first.

        It is the same object where nothing changes.
        """
        children = tuple(child.mapped(change) for child in self.children)
        same = all(a is b for a, b in zip(children, self.children, strict=True))
        return change(self if same else self._replace(children=children))


class Action(NamedTuple):
    """What an agent does: an operation, the element it is done to, and text where it needs some."""

    op: Op
    ref: str = ""
    text: str = ""


class Past(NamedTuple):
    """One of the agent's own earlier actions, told by the element's name instead of its ref.

    Attributes:
        op: What was done.
        name: The element's accessible name.
        text: What was typed or chosen.
        said: What the application said to it; "" if nothing.
    """

    op: Op
    name: str
    text: str
    said: str = ""


class Observation(NamedTuple):
    """What an agent sees.

    Attributes:
        goal: What is wanted, in words.
        screen: The whole screen.
        feedback: What came of the last action; "" if nothing was said.
        steps_left: Actions left before the episode is over.
        past: The agent's own actions so far, the latest last.
    """

    goal: str
    screen: Node
    feedback: str
    steps_left: int
    past: tuple[Past, ...] = ()


class Command(NamedTuple):
    """What the application was told to do, whichever face said so.

    Attributes:
        verb: "create", "update", "delete", or the name of one of the record's actions.
        record: Name of the record type.
        number: Which record; 0 for "create".
        values: Field (or parameter) name and value, in order of declaration.
    """

    verb: str
    record: str
    number: int = 0
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, order=True)
class Change:
    """One record created, updated or deleted, told so that two runs can be compared.

    Numbers and bookkeeping are normalised out: `key` is the record's label for an existing record
    and empty for a created one; references are told by label, and references to records created in
    the same diff by a hash of what was created.

    Attributes:
        record: Name of the record type.
        kind: What happened to it.
        key: Label of the record before the change ("" where it is new).
        fields: (field, old, new) in order of declaration, as text; unchanged fields are left out.
    """

    record: str
    kind: Literal["created", "updated", "deleted"]
    key: str
    fields: tuple[tuple[str, str, str], ...] = ()

    def atoms(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yields the smallest things that can be right or wrong about this change."""
        yield (self.record, self.kind, self.key, "", "")
        for field, _, new in self.fields:
            yield (self.record, self.kind, self.key, field, new)


@dataclass(frozen=True)
class Diff:
    """The set of changes between two snapshots, sorted, so that equal diffs compare equal."""

    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, changes: list[Change]) -> Diff:
        """Builds a diff from changes in any order."""
        return cls(tuple(sorted(changes)))

    def __bool__(self) -> bool:
        return bool(self.changes)

    def to_json(self) -> list[Any]:
        """Returns plain lists and dicts, the inverse of `from_json`."""
        return [[c.record, c.kind, c.key, [list(f) for f in c.fields]] for c in self.changes]

    @classmethod
    def from_json(cls, data: list[Any]) -> Diff:
        """Reads what `to_json` wrote."""
        return cls.of(
            [Change(r, k, key, tuple((a, b, c) for a, b, c in fs)) for r, k, key, fs in data]
        )


@dataclass(frozen=True)
class Start:
    """Where an episode begins.

    Attributes:
        app: Name of a gym; generated applications carry their own seed ("procedural:17").
        seed: Seed of the data.
        skin: Seed of the skin; 0 is the plain skin.
        disturbance: Seed of what goes wrong on the way; 0 is nothing.
        size: About how many records there are in all (never fewer than the gym's own data, which is
            what 0 makes).
    """

    app: str
    seed: int
    skin: int = 0
    disturbance: int = 0
    size: int = 0

    def to_json(self) -> list[Any]:
        """Returns a plain list; what is plain at the end is left out, so old names still hold."""
        short = [self.app, self.seed, self.skin]
        return [*short, self.disturbance, self.size] if self.disturbance or self.size else short


@dataclass(frozen=True)
class Verdict:
    """What the verifier says of a finished episode.

    Attributes:
        success: The intended change or answer, and nothing else ("clean success").
        progress: Share of the intended atoms that were reached, 0 to 1.
        side_effects: What changed though it was neither required nor allowed.
        reason: One line for people.
    """

    success: bool
    progress: float
    side_effects: tuple[str, ...] = ()
    reason: str = ""


def content_hash(data: Any) -> str:
    """Names plain data by its content: 16 hex digits of the BLAKE2b of its canonical JSON."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
