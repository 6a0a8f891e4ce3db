from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from palaestra.errors import GymError
from palaestra.kit import App, Record, Store, quantity, text
from palaestra.kit.clock import Clock
from palaestra.kit.store import Key, Row, Snapshot

app = App("boxes", title="Boxes")


@app.record(key="name")
class Box(Record):
    name: str = text()
    size: int = quantity()


@app.record(key="name")
class Lid(Record):
    name: str = text()


def new_store() -> Store:
    return Store(app, Clock.of_seed(0))


def contents(store: Store) -> dict[Key, Row]:
    return {(k, n): store.row(k, n) for k in range(len(app.records)) for n in store.numbers(k)}


values = st.one_of(st.none(), st.integers(), st.text(max_size=5), st.dates())


class StoreMachine(RuleBasedStateMachine):
    """A store beside a plain dict; snapshots beside copies of the dict."""

    stores: Bundle[Any] = Bundle("stores")
    snapshots: Bundle[Any] = Bundle("snapshots")

    def __init__(self) -> None:
        super().__init__()
        first = new_store()
        self.models: dict[int, dict[Key, Row]] = {0: {}}
        self.given: dict[int, tuple[int, int]] = {0: (1, 1)}
        self.stores_by_id = {0: first}

    @rule(target=stores)
    def the_first(self) -> int:
        return 0

    @rule(target=stores, one=stores)
    def fork(self, one: int) -> int:
        twin = len(self.stores_by_id)
        self.stores_by_id[twin] = self.stores_by_id[one].fork()
        self.models[twin] = dict(self.models[one])
        self.given[twin] = self.given[one]
        return twin

    @rule(one=stores, kind=st.integers(0, 1), value=values)
    def insert(self, one: int, kind: int, value: Any) -> None:
        row: Row = (value, 1) if kind == 0 else (value,)
        number = self.stores_by_id[one].insert(kind, row)
        assert number == self.given[one][kind], "numbers run on and are never given twice"
        ahead = list(self.given[one])
        ahead[kind] += 1
        self.given[one] = (ahead[0], ahead[1])
        self.models[one][kind, number] = row

    @rule(one=stores, data=st.data(), value=values)
    def set_field(self, one: int, data: st.DataObject, value: Any) -> None:
        if not self.models[one]:
            return
        key = data.draw(st.sampled_from(sorted(self.models[one])))
        self.stores_by_id[one].set_field(*key, 0, value)
        self.models[one][key] = (value, *self.models[one][key][1:])

    @rule(one=stores, data=st.data())
    def delete(self, one: int, data: st.DataObject) -> None:
        if not self.models[one]:
            return
        key = data.draw(st.sampled_from(sorted(self.models[one])))
        self.stores_by_id[one].delete(*key)
        del self.models[one][key]

    @rule(target=snapshots, one=stores)
    def snapshot(self, one: int) -> Any:
        return self.stores_by_id[one].snapshot(), dict(self.models[one]), self.given[one]

    @rule(one=stores, taken=snapshots)
    def restore(self, one: int, taken: Any) -> None:
        snapshot, model, given_numbers = taken
        self.stores_by_id[one].restore(snapshot)
        self.models[one], self.given[one] = dict(model), given_numbers

    @rule(one=stores, taken=snapshots)
    def touched_is_what_differs(self, one: int, taken: Any) -> None:
        snapshot, model, _ = taken
        now = self.models[one]
        differs = {key for key in now.keys() | model.keys() if now.get(key) != model.get(key)}
        assert self.stores_by_id[one].touched(snapshot) == differs

    @rule(one=stores, other=stores)
    def digests_equal_iff_rows_equal(self, one: int, other: int) -> None:
        same = self.stores_by_id[one].digest() == self.stores_by_id[other].digest()
        assert same == (
            repr(sorted(self.models[one].items())) == repr(sorted(self.models[other].items()))
        )

    @rule(one=stores, kind=st.integers(0, 1), value=values, data=st.data())
    def where_is_a_scan(self, one: int, kind: int, value: Any, data: st.DataObject) -> None:
        rows = {n: row for (k, n), row in sorted(self.models[one].items()) if k == kind}
        if rows and data.draw(st.booleans()):
            value = data.draw(st.sampled_from(list(rows.values())))[0]
        wanted = [(0, value), *([(1, 1)] if kind == 0 and data.draw(st.booleans()) else [])]
        found = self.stores_by_id[one].where(kind, wanted)
        assert list(found) == [
            n for n, row in rows.items() if all(row[at] == equal for at, equal in wanted)
        ]

    @invariant()
    def numbers_are_in_order(self) -> None:
        for name, store in self.stores_by_id.items():
            for kind in range(2):
                wanted = sorted(n for k, n in self.models[name] if k == kind)
                assert list(store.numbers(kind)) == wanted
                assert len(store.numbers(kind)) == len(wanted)

    @invariant()
    def rows_are_the_model(self) -> None:
        for name, store in self.stores_by_id.items():
            assert contents(store) == self.models[name]

    def teardown(self) -> None:
        for store in self.stores_by_id.values():
            fresh = new_store()
            rows: Any = store.snapshot().rows
            fresh.restore(Snapshot.empty(2)._replace(rows=rows))
            assert store.digest() == fresh.digest(), (
                "a digest kept up to date is the one computed anew"
            )


StoreMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestStore = StoreMachine.TestCase


@given(st.integers(1, 30))
def test_what_was_touched_takes_time_in_proportion_to_the_writes(writes: int) -> None:
    store = new_store()
    for i in range(500):
        store.insert(0, (f"box {i}", 1))
    before = store.snapshot()
    for i in range(writes):
        store.set_field(0, 1 + i, 1, 50)
    looked_at = []

    class Watched:
        def __init__(self, rows: Any) -> None:
            self.rows = rows

        def get(self, key: Key) -> Any:
            looked_at.append(key)
            return self.rows.get(key)

    watched: Any = Watched(before.rows)
    assert len(store.touched(before._replace(rows=watched))) == writes
    assert len(looked_at) == writes


def test_an_index_is_made_once_and_then_kept_through_writes_forks_and_sessions() -> None:
    store = new_store()
    for i in range(500):
        store.insert(0, (f"box {i % 7}", 1))
    start = store.snapshot()
    read = []

    class Watched:
        def __init__(self, rows: Any) -> None:
            self.rows = rows

        def __getitem__(self, key: Key) -> Any:
            read.append(key)
            return self.rows[key]

        def __getattr__(self, name: str) -> Any:
            return getattr(self.rows, name)

    watched: Any = Watched(start.rows)
    store.restore(start._replace(rows=watched))
    assert len(store.where(0, [(0, "box 3")])) == 71
    assert len(read) == 500
    read.clear()
    store.set_field(0, 1, 0, "box 3")
    twin = store.fork()
    twin.delete(0, 4)
    later = Store(app, store.clock, start._replace(rows=watched))
    later.set_field(0, 2, 0, "box 3")
    assert [len(one.where(0, [(0, "box 3")])) for one in (store, twin, later)] == [72, 71, 72]
    assert len(read) < 5


def test_writing_what_is_there_already_is_no_write() -> None:
    store = new_store()
    number = store.insert(0, ("box", 1))
    before = store.state
    store.set_field(0, number, 1, 1)
    assert store.state is before


def test_a_row_that_is_not_there_is_a_bug_of_the_gym() -> None:
    with pytest.raises(GymError, match="There is no box number 7"):
        new_store().row(0, 7)


def test_a_snapshot_of_another_store_is_refused() -> None:
    with pytest.raises(GymError, match="another store"):
        new_store().touched(new_store().snapshot())


PROGRAM = """
from tests.apps import expenses
from palaestra.kit import Session
print(Session(expenses, 3).digest())
"""


def test_a_digest_is_the_same_in_every_process() -> None:
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(done.stdout.strip())
    assert len(digests) == 1
    assert len(digests.pop()) == 32
