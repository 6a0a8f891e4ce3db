"""Goals that leave what stands in a record to be read there."""

from __future__ import annotations

import random
from functools import cache

from palaestra import gyms
from palaestra.errors import Refused
from palaestra.kit.seeding import seeded
from palaestra.kit.store import Store
from palaestra.tasks.wording import Describer
from palaestra.types import Command, Value

APP = gyms.find("accounting")


@cache
def commands() -> list[tuple[Store, Command]]:
    """The right command for every document that can be entered, over some seeds."""
    found = []
    kind = APP.kind("document")
    reading = kind.actions["enter"].reading
    assert reading
    for seed in range(12):
        snapshot, clock = seeded(APP, seed)
        store = Store(APP, clock, snapshot)
        for document in kind.cls.every(store, status="New"):
            try:
                told = reading.values(document)
            except Refused:
                continue
            values: tuple[tuple[str, Value], ...] = tuple(
                (p.name, p.store_form(told[p.name])) for p in kind.actions["enter"].params
            )
            found.append((store, Command("enter", kind.name, document._id, values)))
    assert len(found) > 10
    return found


def test_nothing_is_read_from_a_record_that_has_nothing_in_it():
    store, command = commands()[0]
    fork = store.fork()
    kind = APP.kind("document")
    number = fork.insert(kind.index, tuple(None for _ in kind.stored))
    for seed in range(20):
        describer = Describer(fork, random.Random(seed), speech="practice")
        wording = describer.command(command._replace(number=number))
        assert wording is None or not wording.reading


def test_about_half_of_them_tell_no_value():
    silent = told = 0
    for store, command in commands():
        for seed in range(10):
            wording = Describer(store, random.Random(seed), speech="practice").command(command)
            assert wording is not None
            invoice = str(dict(command.values)["invoice"])
            assert wording.reading == (invoice not in wording.goal)
            silent += wording.reading
            told += not wording.reading
    assert silent > 20
    assert told > 20


def test_a_command_that_is_not_what_the_record_says_is_told_in_full():
    store, command = commands()[0]
    other = tuple((n, "INV-1" if n == "invoice" else v) for n, v in command.values)
    for seed in range(30):
        wording = Describer(store, random.Random(seed), speech="practice").command(
            command._replace(values=other)
        )
        assert wording is not None
        assert not wording.reading
