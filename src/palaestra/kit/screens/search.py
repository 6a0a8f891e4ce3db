"""Which records a list shows, and in which order.

What was found and sorted is kept with the drawings of a start. After a write only the records whose
texts or sort keys may have changed are looked at again.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, overload

from palaestra.kit.column import Column
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.kit.roll import Roll
from palaestra.kit.route import Listing
from palaestra.kit.screens.table import columns

if TYPE_CHECKING:
    from palaestra.kit.session import Session

MAX_KEPT = 64
"""How many searches are kept for one start."""


class Ranking(Sequence[int]):
    """The numbers of records by their sort keys; equal ones oldest first, in both directions."""

    def __init__(self, keyed: Iterable[tuple[Any, int]], *, descending: bool) -> None:
        self._sign = -1 if descending else 1
        self._pairs = sorted((key, self._sign * number) for key, number in keyed)
        self._keys = {self._sign * number: key for key, number in self._pairs}

    def __len__(self) -> int:
        return len(self._pairs)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        """Returns a number by its place, or several."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self._pairs)))]
        return self._sign * self._pairs[place if self._sign > 0 else -1 - place][1]

    def remove(self, number: int) -> None:
        """Takes a record out, if it is there."""
        if number in self._keys:
            pair = (self._keys.pop(number), self._sign * number)
            del self._pairs[bisect_left(self._pairs, pair)]

    def put(self, number: int, key: Any) -> None:
        """Puts a record where it belongs."""
        self._keys[number] = key
        insort(self._pairs, (key, self._sign * number))


def found(session: Session, kind: RecordType, listing: Listing) -> Sequence[int]:
    """Returns the numbers of the records that search and filters leave, sorted."""
    if listing.query or listing.filters or listing.sort:
        return session.store.apart(lambda: _found(session, kind, listing))
    return session.store.numbers(kind.index)


def _found(session: Session, kind: RecordType, listing: Listing) -> Sequence[int]:
    needle = listing.query.strip().casefold()
    if listing.filters:
        numbers = _filtered(session, kind, listing.filters, needle)
    elif needle:
        numbers = _searched(session, kind, needle)
    else:
        numbers = session.store.numbers(kind.index)
    if not listing.sort:
        return numbers
    field = next(f for f in kind.fields if f.name == listing.sort)
    if not needle and not listing.filters:
        return _ranked(session, kind, field, listing.descending)
    keyed = ((_key(session, kind, field, n), n) for n in numbers)
    return Ranking(keyed, descending=listing.descending)


def _filtered(
    session: Session, kind: RecordType, filters: tuple[tuple[str, str], ...], needle: str
) -> Sequence[int]:
    store, by_name = session.store, kind.by_name
    wanted = [(by_name[n].position, by_name[n].parse(text, store)) for n, text in filters]
    key = (store.state, filters, needle)
    kept, numbers = session.drawn.get(("filtered", kind.index), (None, ()))
    if kept != key:
        numbers = store.where(kind.index, wanted)
        if needle:
            numbers = [n for n in numbers if needle in _text(session, kind, n)]
        session.drawn["filtered", kind.index] = (key, numbers)
    found: Sequence[int] = numbers
    return found


def _searched(session: Session, kind: RecordType, needle: str) -> Sequence[int]:
    everyone = session.store.numbers(kind.index)
    texts: Column[str] = _column(session, ("texts", kind.index), kind)
    texts.follow(session.store)
    kept: dict[str, Any] = session.drawn.setdefault(("searches", kind.index), {})
    numbers, mark = kept.pop(needle, (None, (0, 0)))
    dropped = texts.dropped(mark)
    if numbers is None or dropped is None:
        numbers = Roll(n for n in everyone if needle in _text(session, kind, n))
    else:
        for number in dropped:
            fits = number in everyone and needle in _text(session, kind, number)
            numbers = numbers.plus(number) if fits else numbers.minus(number)
    if len(kept) >= MAX_KEPT:
        del kept[next(iter(kept))]
    kept[needle] = (numbers, texts.mark())
    found: Roll = numbers
    return found


def _ranked(session: Session, kind: RecordType, field: Field, descending: bool) -> Sequence[int]:
    everyone = session.store.numbers(kind.index)
    keys: Column[Any] = _column(session, ("keys", kind.index, field.name), kind)
    keys.follow(session.store)
    name = ("ranking", kind.index, field.name, descending)
    ranking, mark = session.drawn.get(name, (None, (0, 0)))
    dropped = keys.dropped(mark)
    if ranking is None or dropped is None:
        keyed = ((_key(session, kind, field, n), n) for n in everyone)
        ranking = Ranking(keyed, descending=descending)
    else:
        for number in dropped:
            ranking.remove(number)
            if number in everyone:
                ranking.put(number, _key(session, kind, field, number))
    session.drawn[name] = (ranking, keys.mark())
    kept: Ranking = ranking
    return kept


def _column(session: Session, name: tuple[Any, ...], kind: RecordType) -> Column[Any]:
    column: Column[Any] | None = session.drawn.get(name)
    if column is None:
        column = session.drawn[name] = Column(session.store, kind.index)
    return column


def _text(session: Session, kind: RecordType, number: int) -> str:
    def make() -> str:
        shown = [session.shown(kind, number, field) for field in columns(session, kind)]
        return "\n".join(shown).casefold()

    texts: Column[str] = _column(session, ("texts", kind.index), kind)
    return texts.get(session.store, number, make)


def _key(session: Session, kind: RecordType, field: Field, number: int) -> Any:
    def make() -> Any:
        if field.stored:
            value = session.store.row(kind.index, number)[field.position]
        else:
            value = getattr(kind.cls(session.store, number), field.name)
        return field.sort_key(value, session.store)

    keys: Column[Any] = _column(session, ("keys", kind.index, field.name), kind)
    return keys.get(session.store, number, make)
