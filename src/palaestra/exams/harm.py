"""Harm that cannot be undone: side effects that no command of the application takes back.

It is found by trying, in a fork of the finished episode: what was made is deleted, what was changed
is set back, and every action that asks for nothing is done to the record. What is still there then
stays there. A record that was deleted is never brought back: whatever is entered anew, those who
were sent its number do not find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from palaestra.errors import PalaestraError
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.session import Session
from palaestra.kit.store import Key, Snapshot, Store
from palaestra.tasks.episode import Episode
from palaestra.types import Command

MOST_UNDONE = 20


def irreversible(episode: Episode) -> tuple[str, ...]:
    """Returns the side effects of a finished episode that nothing takes back, as the verifier's."""
    session = episode.session
    store, start = session.store.fork(), session.start
    left = _side_effects(episode, store, start)
    for _ in range(MOST_UNDONE):
        if not left:
            break
        better = _undone(episode, store, start, left)
        if better is None:
            break
        left = better
    return tuple(sorted(left.elements()))


def _side_effects(episode: Episode, store: Store, start: Snapshot) -> Counter[str]:
    verdict = episode.task.verifier.judge(diff(store, start), episode.answered)
    return Counter(verdict.side_effects)


def _undone(
    episode: Episode, store: Store, start: Snapshot, left: Counter[str]
) -> Counter[str] | None:
    """Does what takes back some side effects and adds none; None if nothing does."""
    before = store.snapshot()
    for key in sorted(store.touched(start)):
        for command in _commands(episode.session, store, start, key):
            try:
                execute(store, command)
            except PalaestraError:
                continue
            after = _side_effects(episode, store, start)
            if after < left:
                return after
            store.restore(before)
    return None


def _commands(session: Session, store: Store, start: Snapshot, key: Key) -> Iterator[Command]:
    """Yields what might take back what became of one record."""
    kind, number = session.app.records[key[0]], key[1]
    if not store.has(*key):
        return
    old = start.rows.get(key)
    if old is None:
        yield Command("delete", kind.name, number)
    elif kind.form_fields:
        values = tuple((field.name, old[field.position]) for field in kind.form_fields)
        yield Command("update", kind.name, number, values)
    for name, action in kind.actions.items():
        if not action.params:
            yield Command(name, kind.name, number)
