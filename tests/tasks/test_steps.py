"""The quick check that each step matters, held against carrying everything out again."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from palaestra import gyms
from palaestra.errors import PalaestraError
from palaestra.kit import App, Session
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.tasks.deeds import act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.steps import MOST_TIED, Steps
from palaestra.types import Command, Start
from tests.apps import agency, notes

GYMS = ["accounting", "crm", "procedural:3", "procedural:21"]
LEANINGS = ["create", "update", "update", "delete", "action", "action"]


def each_matters(start: Session, commands: tuple[Command, ...]) -> bool:
    """Says the same as `Steps`, by brute force."""

    def outcome(left_out: tuple[int, ...]):
        store = start.store.fork()
        try:
            for place, command in enumerate(commands):
                if place not in left_out:
                    execute(store, command)
        except PalaestraError:
            return None
        return diff(store, start.start)

    places = range(len(commands))
    runs = {tuple(places[a:b]) for a, b in itertools.combinations((*places, len(commands)), 2)}
    left_out = runs | set(itertools.combinations(places, 2))
    return all(outcome(out) != outcome(()) for out in sorted(left_out))


def walk(gym: str, seed: int, n: int = 6) -> tuple[Session, list[Command]]:
    """Does something again and again, often to the same few records."""
    rng = random.Random(seed)
    start = Session.at(gyms.find(gym), Start(gym, seed))
    here, commands, about = start.fork(), [], []
    for _ in range(12 * n):
        aim = Aim.draw(here.app, rng, rng.choice(LEANINGS))
        number = 0
        about = [(kind, number) for kind, number in about if here.store.has(kind.index, number)]
        if about and rng.random() < 0.8:
            kind, number = rng.choice(about)
            aim = Aim(kind, rng.choice(["update", "delete", *kind.actions]))
        deed = act(here, aim, rng, number) if aim else None
        if deed is None:
            continue
        here.attempt(deed.command)
        commands.append(deed.command)
        kind = here.app.kind(deed.command.record)
        about.append((kind, deed.command.number or here.store.next_number(kind.index) - 1))
        if len(commands) == n:
            break
    return start, commands


@pytest.mark.parametrize("gym", GYMS)
def test_the_verdict_is_that_of_brute_force(gym: str) -> None:
    sound, moot = 0, 0
    for seed in range(8):
        start, commands = walk(gym, seed)
        steps = Steps(start.store)
        for command in commands:
            expected = each_matters(start, (*steps.commands, command))
            longer = steps.after(command)
            assert (longer is not None) == expected, (seed, steps.commands, command)
            sound, moot = sound + expected, moot + (not expected)
            steps = longer or steps
    assert sound > 15
    assert moot >= 1


def note(title: str, number: int = 0) -> Command:
    verb = "update" if number else "create"
    return Command(verb, "note", number, (("title", title),))


def deal(client: int, amount: int) -> Command:
    values = (("client", client), ("amount", amount), ("closes_on", dt.date(2026, 1, 5)))
    return Command("create", "deal", 0, values)


def matters(*commands: Command, app: App = notes) -> list[bool]:
    steps, told = Steps(Session(app, 1).store), []
    for command in commands:
        longer = steps.after(command)
        told.append(longer is not None)
        steps = longer or steps
    return told


def test_what_is_undone_or_overwritten_is_no_step() -> None:
    old = Session(notes, 1)
    kind = old.app.kind("note")
    first, second, *_ = old.store.numbers(kind.index)
    label = kind.label(old.store, first)
    assert matters(note("A", first), note("B", second)) == [True, True]
    assert matters(note("A", first), note("B", first)) == [True, False]
    assert matters(note("A", first), note(label, first)) == [True, False]
    assert matters(note("A", first), Command("delete", "note", first)) == [True, False]


def test_two_new_records_that_swap_are_the_same_without_the_swap() -> None:
    number = Session(agency, 1).store.next_number(agency.kind("deal").index)
    first, second = deal(1, 100), deal(1, 200)
    over = Command("update", "deal", number, (("amount", 200),))
    back = Command("update", "deal", number + 1, (("amount", 100),))
    assert matters(first, second, over, back, app=agency) == [True, True, True, False]


def test_a_knot_does_not_grow_without_end() -> None:
    session = Session(agency, 1)
    client = session.store.numbers(agency.kind("client").index)[0]
    tied = Steps(session.store).after(Command("update", "client", client, (("name", "Acme"),)))
    assert tied is not None
    for day in range(1, MOST_TIED + 5):
        longer = tied.after(deal(client, 100 * day))
        assert (longer is None) == (day >= MOST_TIED)
        tied = longer or tied
    free = tied.after(Command("create", "client", 0, (("name", "Bolt"),)))
    assert free is not None
