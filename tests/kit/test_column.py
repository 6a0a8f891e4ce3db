from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from palaestra.kit import App, Record, Session, Store, choice, derived, money, quantity, ref, text
from palaestra.kit.clock import Clock
from palaestra.kit.column import MAX_LOG, Column
from palaestra.kit.route import Listing
from palaestra.kit.screens.search import found
from palaestra.kit.survey import survey

app = App("shelves", title="Shelves")


@app.record(key="name", seeds=(0, 0))
class Shelf(Record):
    name: str = text()
    filled: int = derived(lambda shelf: sum(b.size for b in shelf.find(Box, shelf=shelf)), money())
    crowd: int = derived(lambda shelf: shelf.filled * len(shelf.find(Shelf)), money())
    day: int = derived(lambda shelf: shelf.today.toordinal(), quantity())


@app.record(key="name", plural="Boxes", seeds=(0, 0))
class Box(Record):
    name: str = text()
    shelf: Shelf = ref(Shelf, required=False, active=lambda shelf: shelf.filled < 20)
    size: int = quantity()
    colour: str = choice("Red", "Blue")
    beside: int = derived(lambda box: box.shelf.filled - box.size if box.shelf else 0, money())


def large(box: Box) -> int | None:
    """Tells the shelf's load of a box that is not small."""
    return box.beside if box.size > 3 else None


def naive(store: Store) -> dict[str, list[Any]]:
    """Computes everything anew in a store that knows nothing but the rows."""
    fresh = store.fork()
    fresh.forget()
    return told(fresh)


def told(store: Store) -> dict[str, list[Any]]:
    return {
        "filled": [shelf.filled for shelf in Shelf.every(store)],
        "crowd": [shelf.crowd for shelf in Shelf.every(store)],
        "day": [shelf.day for shelf in Shelf.every(store)],
        "beside": [box.beside for box in Box.every(store)],
        "large": sorted(survey(store, Box, "large", large).items()),
        "options": list(Box.type.by_name["shelf"].options(store)),
    }


class ColumnMachine(RuleBasedStateMachine):
    """Sessions that share what they know, beside the same answers found out anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions = [Session(app, 0)]
        self.sessions[0].forget()
        store = self.sessions[0].store
        for name in "ab":
            shelf = Shelf.make(store, name=name)
            Box.make(store, name=name, size=4, colour="Red", shelf=shelf)
        self.snapshots = [self.sessions[0].store.snapshot()]

    def one(self, data: st.DataObject) -> Session:
        return data.draw(st.sampled_from(self.sessions))

    @rule(data=st.data())
    def fork(self, data: st.DataObject) -> None:
        if len(self.sessions) < 4:
            self.sessions.append(self.one(data).fork())

    @rule(data=st.data(), name=st.sampled_from("abc"))
    def shelve(self, data: st.DataObject, name: str) -> None:
        Shelf.make(self.one(data).store, name=name)

    @rule(data=st.data(), name=st.sampled_from("abc"), size=st.integers(0, 9))
    def pack(self, data: st.DataObject, name: str, size: int) -> None:
        colour = "Red" if size % 2 else "Blue"
        store = self.one(data).store
        shelves = [None, *store.numbers(0)]
        Box.make(
            store, name=name, size=size, colour=colour, shelf=data.draw(st.sampled_from(shelves))
        )

    @rule(data=st.data(), size=st.integers(0, 9))
    def resize(self, data: st.DataObject, size: int) -> None:
        store = self.one(data).store
        if boxes := Box.every(store):
            data.draw(st.sampled_from(boxes)).size = size

    @rule(data=st.data())
    def move_or_rename(self, data: st.DataObject) -> None:
        store = self.one(data).store
        if boxes := Box.every(store):
            box = data.draw(st.sampled_from(boxes))
            box.shelf = data.draw(st.sampled_from([None, *Shelf.every(store)]))
            box.name = data.draw(st.sampled_from("abc"))

    @rule(data=st.data())
    def unpack(self, data: st.DataObject) -> None:
        store = self.one(data).store
        if boxes := list(store.numbers(1)):
            store.delete(1, data.draw(st.sampled_from(boxes)))

    @rule(data=st.data(), actions=st.sampled_from((1, 20_000)))
    def wait(self, data: st.DataObject, actions: int) -> None:
        store = self.one(data).store
        store.clock = store.clock.after(actions)

    @rule(data=st.data())
    def snapshot(self, data: st.DataObject) -> None:
        self.snapshots.append(self.one(data).store.snapshot())

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        self.one(data).store.restore(data.draw(st.sampled_from(self.snapshots)))

    @rule(
        data=st.data(),
        query=st.sampled_from(("", "a", "B", "0.0")),
        sort=st.sampled_from(("", "name", "shelf", "size", "beside")),
        descending=st.booleans(),
        colour=st.sampled_from(("", "Red")),
    )
    def search(
        self, data: st.DataObject, query: str, sort: str, descending: bool, colour: str
    ) -> None:
        filters = (("colour", colour),) if colour else ()
        session = self.one(data)
        listing = Listing(query, sort, descending, filters=filters)
        cold = session.fork()
        cold.forget()
        rows = [
            (n, "\n".join(Box.type.shown(cold.store, n, f) for f in Box.type.fields))
            for n in cold.store.numbers(1)
        ]
        wanted = [n for n, shown in rows if query.casefold() in shown.casefold()]
        wanted = [n for n in wanted if colour in ("", Box(cold.store, n).colour)]
        if sort:
            field = next(f for f in Box.type.fields if f.name == sort)
            raw = {
                n: getattr(Box(cold.store, n), sort)
                if not field.stored
                else cold.store.row(1, n)[field.position]
                for n in wanted
            }
            wanted.sort(key=lambda n: field.sort_key(raw[n], cold.store), reverse=descending)
        shown = found(session, Box.type, listing)
        assert list(shown) == wanted
        assert shown[1:3] == wanted[1:3]

    @invariant()
    def everything_is_as_computed_anew(self) -> None:
        for session in self.sessions:
            assert told(session.store) == naive(session.store)


ColumnMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestColumn = ColumnMachine.TestCase


def shelves(n: int) -> Store:
    store = Store(app, Clock.of_seed(0))
    for i in range(n):
        shelf = Shelf.make(store, name=f"shelf {i}")
        for size in (1, 2, 3):
            Box.make(store, name=f"box {i}", shelf=shelf, size=size)
    return store


@given(st.integers(1, 50), st.integers(0, 3))
def test_only_what_read_a_changed_row_is_computed_anew(number: int, size: int) -> None:
    store = shelves(50)
    assert [shelf.filled for shelf in Shelf.every(store)] == [6] * 50
    filled: Column[int] = Column.of(store, 0, "filled")
    assert filled.made == 50
    box = Box.every(store, shelf=number)[0]
    box.size = size
    total = sum(shelf.filled for shelf in Shelf.every(store))
    assert total == 6 * 50 - 1 + size
    assert filled.made == (50 if size == 1 else 51)


def test_what_fails_is_not_kept() -> None:
    store = shelves(1)
    column: Column[int] = Column(store, 0)

    def broken() -> int:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        column.get(store, 1, broken)
    assert store.reads is None
    assert column.get(store, 1, lambda: 5) == 5


def test_a_mark_before_too_many_changes_says_that_all_may_have_changed() -> None:
    store = shelves(1)
    column: Column[int] = Column(store, 0)
    mark = column.mark()
    assert list(column.dropped(mark) or ()) == []
    column.drop(3)
    assert list(column.dropped(mark) or ()) == [3]
    for _ in range(MAX_LOG):
        column.drop(1)
    assert column.dropped(mark) is None


def test_the_clock_is_seen() -> None:
    store = shelves(1)
    first = Shelf.every(store)[0].day
    store.clock = Clock(store.clock.start + dt.timedelta(days=3))
    assert Shelf.every(store)[0].day == first + 3


def test_a_search_and_an_order_are_patched_after_a_write() -> None:
    store = shelves(40)
    session = Session(app, 0)
    session.store = store
    session.forget()
    named, ranked = Listing("box 7"), Listing("", "beside", True)
    assert list(found(session, Box.type, named)) == [22, 23, 24]
    assert found(session, Box.type, ranked)[:3] == [1, 4, 7]
    texts, keys = session.drawn["texts", 1], session.drawn["keys", 1, "beside"]
    assert (texts.made, keys.made) == (120, 120)
    store.set_field(1, 9, 0, "box 7 b")
    store.delete(1, 23)
    Box.make(store, name="another box 7", shelf=3, size=9)
    assert list(found(session, Box.type, named)) == [9, 22, 24, 121]
    assert found(session, Box.type, ranked)[:3] == [7, 8, 9]
    assert texts.made < 130
    assert keys.made < 130
