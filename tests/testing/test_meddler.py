from __future__ import annotations

from palaestra.kit import Session
from palaestra.tasks.episode import Episode
from palaestra.testing.meddler import Meddler, differs
from palaestra.types import Change, Command, Diff
from tests.apps import expenses
from tests.testing.test_conformance import TASKS


def test_a_meddler_draws_every_kind_of_command_from_its_seed() -> None:
    store = Session(expenses, 1).store
    drawn: list[Command] = []
    for seed in range(20):
        drawn += Meddler(str(seed)).commands(store)
    assert {c.verb for c in drawn} == {"create", "update", "delete", "submit", "approve", "pay"}
    assert {c.record for c in drawn} == {"employee", "claim", "line"}
    assert list(Meddler("7").commands(store)) == list(Meddler("7").commands(store))


def test_a_spoilt_episode_is_a_fork_with_one_more_command() -> None:
    for task in TASKS:
        episode = Episode(task, expenses)
        spoilt = Meddler(task.id).spoil(episode)
        assert spoilt is not None
        assert spoilt.session.diff() != episode.session.diff()
        assert len(spoilt.session.commands) == 1
        assert not episode.session.diff()


def test_only_what_is_not_allowed_makes_a_difference() -> None:
    one = Diff.of([Change("claim", "updated", "a", (("note", "", "x"), ("total", "1", "2")))])
    note = Diff.of([Change("claim", "updated", "a", (("note", "", "y"), ("total", "1", "2")))])
    only_note = Diff.of([Change("claim", "updated", "b", (("note", "", "y"),))])
    assert differs(one, note, ())
    assert not differs(one, note, (("claim", "note"),))
    assert not differs(Diff(), only_note, (("claim", "note"),))
    assert differs(one, note, (("claim", "total"),))
