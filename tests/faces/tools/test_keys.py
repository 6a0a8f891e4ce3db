"""Keys: every record has one of its own, whatever its label."""

from __future__ import annotations

import pytest

from palaestra.faces.tools.keys import find, key_of
from palaestra.kit import App, Record, date, text
from palaestra.kit.commands import Invalid
from palaestra.kit.session import Session

app = App("rooms", title="Rooms")


@app.record(key="name", seeds=(1, 1))
class Room(Record):
    name: str = text("word")


@app.record(key="day", seeds=(0, 0))
class Holiday(Record):
    day = date()


@app.seeding
def _twins(store, rng) -> None:
    for name in ("Blue", "Blue", "Red #9"):
        Room.make(store, name=name)
    Holiday.make(store, day=store.clock.today)


STORE = Session(app, 1).store


@pytest.mark.parametrize("kind", app.records, ids=lambda kind: kind.name)
def test_every_record_is_found_by_its_key(kind):
    for number in STORE.numbers(kind.index):
        assert find(kind, STORE, key_of(kind, STORE, number)) == number


def test_those_of_one_label_are_told_apart_by_number():
    assert [key_of(Room.type, STORE, n) for n in (2, 3, 4)] == ["Blue #2", "Blue #3", "Red #9"]
    with pytest.raises(Invalid, match="2 rooms are called so: 'Blue #2', 'Blue #3'"):
        find(Room.type, STORE, "Blue")


@pytest.mark.parametrize("key", ["", "Green", "Blue #1", "Blue #99", "Blue #0", "blue #2", "#2"])
def test_what_nobody_is_called_is_told(key: str):
    with pytest.raises(Invalid) as wrong:
        find(Room.type, STORE, key, "room")
    assert list(wrong.value.errors) == ["room"]
