"""The steps of a workflow: commands in a row, of which none could be left out.

A step that could be left out without a difference is no step; neither is one of a run of steps, or
of any two, that could be left out together. Carrying out the rest again for each of these takes
time in the fourth power of the number of steps, so only what belongs together is tried together:
steps that write what others write or name are tied into a knot, and a workflow comes out the same
without some steps only if what its knots come to without them adds up to the same changes.

What a rule reads without naming it ties no knot. So a step is not taken either where the knots,
each carried out alone, do not add up to all that was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from palaestra.errors import PalaestraError
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.store import Key, Snapshot, Store
from palaestra.types import Change, Command, Value, content_hash

MOST_TIED = 24
"""How many steps a knot may have: more of it would be a tangle, and long to check."""

LeftOut = tuple[int, ...]
"""Places of steps that are left out, ascending."""


class Knot(NamedTuple):
    """Steps that work on the same records.

    Attributes:
        places: Where they stand among all the steps.
        written: The records that they write.
        named: The records that they name, or that what they write refers to.
        states: The records after these steps alone, by which of them are left out; None where the
            rest cannot be carried out.
        sums: What all of them come to, by (); by what is left out, how much more or less the rest
            comes to: 0 if and only if that is the same. They can be added up over knots.
    """

    places: tuple[int, ...]
    written: frozenset[Key]
    named: frozenset[Key]
    states: dict[LeftOut, Snapshot | None]
    sums: dict[LeftOut, int | None]

    def ties(self, written: frozenset[Key], named: frozenset[Key]) -> bool:
        """Says whether a step that writes and names these records belongs here."""
        return not (
            self.written.isdisjoint(written)
            and self.written.isdisjoint(named)
            and self.named.isdisjoint(written)
        )


class Steps:
    """Commands that were carried out one after another, each of which matters.

    Attributes:
        commands: The commands, in order.
    """

    def __init__(self, start: Store) -> None:
        """Begins with no step.

        Args:
            start: The records before the first step; left as they are.
        """
        self.commands: tuple[Command, ...] = ()
        self._store = start.fork()
        self._start = self._store.snapshot()
        self._before: tuple[Snapshot, ...] = (self._start,)
        self._knots: tuple[Knot, ...] = ()

    def after(self, command: Command) -> Steps | None:
        """Returns these steps and one more; None if then not every step would matter."""
        store = self._store
        store.restore(self._before[-1])
        try:
            execute(store, command)
        except PalaestraError:
            return None
        written = frozenset(store.touched(self._before[-1]))
        named = frozenset(_named(store, self._before[-1], command, written))
        tied = [knot for knot in self._knots if knot.ties(written, named)]
        if sum(len(knot.places) for knot in tied) >= MOST_TIED:
            return None
        longer = Steps.__new__(Steps)
        longer.commands = (*self.commands, command)
        longer._store, longer._start = store, self._start
        longer._before = (*self._before, store.snapshot())
        rest = tuple(knot for knot in self._knots if knot not in tied)
        knot = longer._tied(tied, len(self.commands))
        knot = knot._replace(
            written=written.union(*(one.written for one in tied)),
            named=named.union(*(one.named for one in tied)),
            sums=longer._sums(knot),
        )
        longer._knots = (*rest, knot)
        return longer if longer._adds_up() and longer._each_matters(knot) else None

    def _tied(self, tied: list[Knot], place: int) -> Knot:
        """Returns the knot of all the steps of some knots and of the one at a place."""
        if len(tied) == 1:
            return self._with(tied[0], place)
        knot = Knot((), frozenset(), frozenset(), {(): self._start}, {})
        for one in sorted((*(p for knot in tied for p in knot.places), place)):
            knot = self._with(knot, one)
        return knot

    def _with(self, knot: Knot, place: int) -> Knot:
        """Returns a knot with one step more."""
        states = {out: self._step(state, place) for out, state in knot.states.items()}
        for out, state in knot.states.items():
            if len(out) <= 1 or out == knot.places[-len(out) :]:
                states[*out, place] = state
        return knot._replace(places=(*knot.places, place), states=states)

    def _step(self, state: Snapshot | None, place: int) -> Snapshot | None:
        """Carries out one step; what it makes gets the numbers that it has among all the steps."""
        if state is None:
            return None
        full = self._before[place]
        numbers = tuple(map(max, state.next_numbers, full.next_numbers))
        self._store.restore(state._replace(next_numbers=numbers, history=full.history))
        try:
            execute(self._store, self.commands[place])
        except PalaestraError:
            return None
        return self._store.snapshot()

    def _sums(self, knot: Knot) -> dict[LeftOut, int | None]:
        """Returns what a knot comes to: all of it by (), the rest by what that is more or less."""
        whole = self._sum(knot.states[()])
        sums = {out: self._sum(state) for out, state in knot.states.items()}
        less = {out: None if one is None else one - (whole or 0) for out, one in sums.items()}
        return {**less, (): whole}

    def _sum(self, state: Snapshot | None) -> int | None:
        if state is None:
            return None
        self._store.restore(state)
        return sum(map(_number, diff(self._store, self._start).changes))

    def _adds_up(self) -> bool:
        """Says whether the knots come to the same one by one as all the steps together."""
        alone = [knot.sums[()] for knot in self._knots]
        return None not in alone and sum(filter(None, alone)) == self._sum(self._before[-1])

    def _each_matters(self, knot: Knot) -> bool:
        """Says whether no run of steps and no two could be left out, where all could before."""
        if any(value == 0 for out, value in knot.sums.items() if out):
            return False
        alone = {knot.sums[(place,)] for place in knot.places} - {None}
        others = (other.sums[(place,)] for other in self._knots for place in other.places)
        if any(value is not None and -value in alone for value in others):
            return False
        at = {place: one for one in self._knots for place in one.places}
        return all(self._run_matters(first, at) for first in range(len(self.commands)))

    def _run_matters(self, first: int, at: dict[int, Knot]) -> bool:
        """Says whether no run of steps that begins at a place could be left out."""
        left_out: dict[int, LeftOut] = {}
        total, impossible = 0, 0
        for place in range(first, len(self.commands)):
            knot = at[place]
            before = left_out.get(knot.places[0], ())
            here = left_out[knot.places[0]] = (*before, place)
            was, now = (knot.sums[out] if out else 0 for out in (before, here))
            total += (now or 0) - (was or 0)
            impossible += (now is None) - (was is None)
            if not total and not impossible:
                return False
        return True


def _named(
    store: Store, before: Snapshot, command: Command, written: frozenset[Key]
) -> Iterator[Key]:
    """Yields the records that a command names, and those that what it wrote refers to."""
    kind = store.app.kind(command.record)
    if command.number:
        yield kind.index, command.number
    action = kind.actions.get(command.verb)
    fields = {one.name: one for one in (action.params if action else kind.stored)}
    for name, value in command.values:
        if fields[name].kind == "ref" and isinstance(value, int):
            yield fields[name].target.type.index, value  # type: ignore[attr-defined]
    for key in written:
        for row in (before.rows.get(key), store.row(*key) if store.has(*key) else None):
            yield from _referred(store, key[0], row or ())


def _referred(store: Store, kind: int, row: tuple[Value, ...]) -> Iterator[Key]:
    for target, value in zip(store.app.records[kind].targets, row, strict=False):
        if target is not None and isinstance(value, int):
            yield target.index, value


@lru_cache(maxsize=1 << 16)
def _number(change: Change) -> int:
    """Names a change by 64 bits, so that the sums of different changes hardly ever agree."""
    return int(content_hash([change.record, change.kind, change.key, change.fields]), 16)
