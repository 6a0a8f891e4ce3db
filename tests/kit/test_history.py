from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import GymError, InvalidAction, Refused
from palaestra.kit import App, Record, Session, action, derived, quantity, ref, text
from palaestra.kit.commands import execute
from palaestra.kit.history import History
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Command
from tests.apps import Claim, Line, expenses

dice = App("dice", title="Dice", roles=("Croupier", "Guest"))


@dice.record(key="name", seeds=(2, 2))
class Table(Record):
    name: str = text("word")
    shown: int = quantity(0, 6, editable=False, required=False)

    @action("Throw")
    def throw(self) -> None:
        self.shown = self.draw(1, 6)

    @action("Cheat")
    def cheat(self) -> None:
        self.draw(1, 6)
        raise Refused("Nobody cheats here")

    @action("Bet", chips=quantity(1, 9))
    def bet(self, chips: int) -> None:
        self.create(Bet, table=self, chips=chips)


@dice.record(key="table", seeds=(0, 0))
class Bet(Record):
    table: Table = ref(Table, owner=True, editable=False)
    chips: int = quantity(1, 9, editable=False)


def thrown(session: Session, times: int) -> list[int]:
    shown = []
    for _ in range(times):
        execute(session.store, Command("throw", "table", 1))
        shown.append(Table(session.store, 1).shown)
    return shown


def test_the_same_seed_throws_the_same_and_another_seed_something_else() -> None:
    runs = [thrown(Session(dice, seed), 20) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_going_back_takes_chances_back_and_a_fork_throws_the_same() -> None:
    session = Session(dice, 1)
    thrown(session, 3)
    kept, fork = session.store.snapshot(), session.fork()
    went = thrown(session, 10)
    assert thrown(fork, 10) == went
    session.store.restore(kept)
    assert thrown(session, 10) == went


def test_what_is_refused_has_thrown_nothing() -> None:
    one, other = Session(dice, 1), Session(dice, 1)
    with pytest.raises(Refused):
        execute(one.store, Command("cheat", "table", 1))
    assert thrown(one, 5) == thrown(other, 5)


def test_chances_are_even() -> None:
    counts = Counter(thrown(Session(dice, 5), 6_000))
    assert set(counts) == set(range(1, 7))
    assert all(850 < n < 1150 for n in counts.values())


def test_the_stream_is_splitmix64() -> None:
    """The first numbers for the seed 1234567, as published with the reference implementation."""
    history, numbers = History(1234567), []
    for _ in range(3):
        history, number = history.drawn(0, (1 << 64) - 1)
        numbers.append(number)
    assert numbers == [6457827717110365317, 3203168211198807973, 9817491932198370423]


@given(st.integers(0, 2**64 - 1), st.integers(-9, 9), st.integers(0, 1000))
def test_what_is_drawn_lies_in_the_range(stream: int, low: int, span: int) -> None:
    after, drawn = History(stream).drawn(low, low + span)
    assert low <= drawn <= low + span
    assert after.stream != stream


def test_an_empty_range_is_the_authors_mistake() -> None:
    with pytest.raises(GymError, match="from 2 to 1"):
        History().drawn(2, 1)


def test_what_is_shown_is_not_left_to_chance() -> None:
    odd = App("odd", title="Odd")

    @odd.record(key="name", seeds=(1, 1))
    class Coin(Record):
        name: str = text("word")
        side = derived(lambda coin: coin.draw(1, 2), shown_as=quantity())

    with pytest.raises(GymError, match="cannot be left to chance"):
        Session(odd).screen()


def test_every_command_is_kept_with_time_and_role() -> None:
    session = Session(dice, 1)
    session.dispatch(Action("click", "open:table:1"))
    session.dispatch(Action("click", "do:throw"))
    session.dispatch(Action("click", "do:cheat"))
    [entry] = session.store.history.entries(Table.type.index, 1)
    assert (entry.user, entry.command) == (session.store.user, session.commands[0])
    assert entry.said == session.store.history.last.said
    assert entry.at == session.store.clock.now.replace(second=10)
    assert list(session.store.history.entries(Table.type.index, 2)) == []


def test_a_record_knows_what_was_done_to_its_parts_and_who_made_it() -> None:
    session = Session(dice, 1)
    execute(session.store, Command("bet", "table", 2, (("chips", 3),)))
    for key in ((Table.type.index, 2), (Bet.type.index, 1)):
        assert [e.command.verb for e in session.store.history.entries(*key)] == ["bet"]
    store = Session(expenses, 1).store
    line = Line.every(store)[0]
    claim, name = store.row(Line.type.index, line._id)[Line.claim.position], str(line)
    execute(store, Command("delete", "line", line._id))
    assert [e.said for e in store.history.entries(Claim.type.index, claim)] == [
        f"Line {name} was deleted"
    ]


def test_the_log_is_no_part_of_rows_diffs_and_digests() -> None:
    session = Session(dice, 1)
    before, rows = session.digest(), session.store.snapshot().rows
    name = Table(session.store, 1).name
    execute(session.store, Command("update", "table", 1, (("name", name),)))
    assert session.store.history.last is not None
    assert (session.digest(), session.store.snapshot().rows) == (before, rows)
    assert not session.diff()


@given(st.integers(0, 50))
def test_forks_and_restores_keep_the_log_exactly(seed: int) -> None:
    session, wanderer = Session(dice, seed), Wanderer(seed)
    kept = session.store.snapshot()
    for _ in range(25):
        fork = session.fork()
        last = session.store.history
        try:
            session.dispatch(wanderer.action(session))
        except InvalidAction:
            continue
        assert fork.store.history is last
    said = []
    entry = session.store.history.last
    while entry:
        said.append(entry.command)
        entry = entry.before
    assert tuple(reversed(said)) == session.commands
    session.store.restore(kept)
    assert session.store.history.last is None
