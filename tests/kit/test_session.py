from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import InvalidAction, Refused, UsageError
from palaestra.kit import Session
from palaestra.kit.session import MAX_TYPED
from palaestra.kit.skin import Skin
from palaestra.testing.wanderer import Wanderer
from palaestra.types import OPS, Action, Command, Start
from tests.apps import Claim, Line, expenses

seeds = st.integers(0, 200)


def fingerprint(session: Session) -> tuple[Any, ...]:
    return session.screen(), session.digest(), session.diff(), session.notice, session.commands


def wander(session: Session, seed: int, steps: int) -> list[Action]:
    wanderer = Wanderer(seed)
    done = []
    for _ in range(steps):
        done.append(wanderer.action(session))
        with suppress(InvalidAction):
            session.dispatch(done[-1])
    return done


def replay(session: Session, actions: list[Action]) -> None:
    for action in actions:
        with suppress(InvalidAction):
            session.dispatch(action)


texts = st.one_of(
    st.text(st.characters(codec=None), max_size=20),
    st.sampled_from(("Enter", "Escape", "Yes", "—", "x" * 1_000_000)),
)


@given(seeds, st.data())
def test_nothing_but_invalid_action_is_ever_raised(seed: int, data: st.DataObject) -> None:
    session = Session(expenses, seed, skin=seed)
    wander(session, seed, data.draw(st.integers(0, 20)))
    for _ in range(data.draw(st.integers(1, 20))):
        known = sorted(session.targets())
        refs = st.one_of(
            st.sampled_from([*known, ""]), st.text(max_size=10), st.sampled_from(FORGED)
        )
        action = Action(data.draw(st.sampled_from(OPS)), data.draw(refs), data.draw(texts))
        before = fingerprint(session)
        try:
            session.dispatch(action)
        except InvalidAction as invalid:
            assert len(str(invalid)) < 300  # noqa: PT017
            assert fingerprint(session) == before
        session.screen()


FORGED = (
    "open:claim:999", "open:rocket:1", "nav:nowhere", "save", "yes", "no", "delete", "edit",
    "do:pay", "field:status", "field:", "page:99", "page:x", "sort:", "new:line", ":", "open:",
)  # fmt: skip


@pytest.mark.parametrize("ref", FORGED[:2] + FORGED[3:10])
def test_a_forged_ref_is_no_element(ref: str) -> None:
    with pytest.raises(InvalidAction, match="no element"):
        Session(expenses, 1).dispatch(Action("click", ref))


@given(seeds)
def test_the_same_seed_gives_the_same_trajectory(seed: int) -> None:
    one, other = Session(expenses, seed, seed), Session(expenses, seed, seed)
    replay(other, wander(one, seed, 40))
    assert fingerprint(one) == fingerprint(other)


def test_different_seeds_give_different_data() -> None:
    assert len({Session(expenses, seed).digest() for seed in range(20)}) == 20


@given(seeds, st.integers(0, 40), st.integers(1, 40))
def test_a_fork_is_exact_and_independent(seed: int, before: int, after: int) -> None:
    session = Session(expenses, seed, seed)
    wander(session, seed, before)
    there = fingerprint(session)
    fork = session.fork()
    assert fingerprint(fork) == there
    actions = wander(fork, seed + 1, after)
    assert fingerprint(session) == there
    apart = fingerprint(fork)
    replay(session, actions)
    assert fingerprint(session) == apart


@given(seeds)
def test_what_is_kept_for_reuse_never_shows_on_a_screen(seed: int) -> None:
    warm, cold = Session(expenses, seed, seed), Session(expenses, seed, seed)
    wanderer = Wanderer(seed)
    for _ in range(60):
        action = wanderer.action(warm)
        cold.forget()
        for session in (warm, cold):
            with suppress(InvalidAction):
                session.dispatch(action)
        assert warm.screen() == cold.screen()


@given(seeds)
def test_refs_are_unique_on_every_screen(seed: int) -> None:
    session = Session(expenses, seed, seed)
    wanderer = Wanderer(seed)
    for _ in range(40):
        refs = [node.ref for node in session.screen().walk() if node.ref]
        assert len(refs) == len(set(refs))
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))


def test_two_links_to_one_record_are_two_elements() -> None:
    session = Session(expenses, 1)
    claim = Claim(session.store, 1)
    claim.approver = claim.payee
    session.dispatch(Action("click", "nav:claim"))
    session.dispatch(Action("click", "open:claim:1"))
    links = [ref for ref in session.targets() if ref.startswith("open:employee:")]
    assert len(links) == 2
    session.dispatch(Action("click", links[1]))
    assert session.route.record == "employee"


@pytest.mark.parametrize("seed", [-1, 1.5, "1", True, None])
def test_a_bad_seed_is_refused(seed: Any) -> None:
    with pytest.raises(UsageError, match="whole number of 0 or more"):
        Session(expenses, seed)
    with pytest.raises(UsageError, match="The skin must be"):
        Session(expenses, 0, seed)
    with pytest.raises(UsageError, match="The disturbance must be"):
        Session(expenses, disturbance=seed)
    with pytest.raises(UsageError, match="The size must be"):
        Session(expenses, size=seed)


@pytest.mark.parametrize("size", [1, 9, 100_001])
def test_a_size_that_cannot_be_made_is_refused(size: int) -> None:
    with pytest.raises(UsageError, match="from 10 to 100000 records"):
        Session(expenses, size=size)


def test_a_session_begins_where_a_start_says() -> None:
    start = Start("expenses", 3, 4, 5, 60)
    session = Session.at(expenses, start)
    assert session.digest() == Session(expenses, 3, 4, 5, 60).digest()
    for one in (session, session.fork()):
        assert (one.skin, one.disturbance.seed, one.size) == (Skin.of_seed(4), 5, 60)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (Action("fill", "nav:claim", "x"), "Cannot fill a link"),
        (Action("click", "search"), "Cannot click a searchbox"),
        (Action("scroll", "search"), "Cannot scroll a searchbox"),
        (Action("done", "search"), "no use for 'done'"),
        (Action("press", "search", "F12"), "Enter and Escape"),
        (Action("click", "page:-1"), "is disabled"),
        (Action("fill", "search", "x" * (MAX_TYPED + 1)), "longer than"),
        (Action("fill", "search", "\x00"), "nobody can type"),
        (Action("back"), "no earlier screen"),
        (Action("click", "x" * 1_000_000), "no element"),
    ],
)
def test_an_action_that_does_not_fit_is_told_why(action: Action, message: str) -> None:
    session = Session(expenses, 1)
    before = fingerprint(session)
    with pytest.raises(InvalidAction, match=message) as invalid:
        session.dispatch(action)
    assert len(str(invalid.value)) < 300
    assert fingerprint(session) == before


def test_an_option_that_is_not_offered_cannot_be_selected() -> None:
    session = Session(expenses, 1)
    session.dispatch(Action("click", "nav:claim"))
    session.dispatch(Action("click", "new:claim"))
    with pytest.raises(InvalidAction, match="has no option 'Nobody'"):
        session.dispatch(Action("select", "field:payee", "Nobody"))


def test_back_goes_past_what_is_gone() -> None:
    session = Session(expenses, 1)
    gone = max(session.store.numbers(Claim.type.index))
    while session.store.next_number(Line.type.index) <= gone:  # so that a line has that number too
        Line.type.insert(session.store, {"claim": 1, "what": "Taxi", "amount": 5_00})
    Line(session.store, gone).claim = Claim(session.store, 1)
    line = Line.type.insert(session.store, {"claim": gone, "what": "Taxi", "amount": 5_00})
    session.dispatch(Action("click", "nav:claim"))
    session.dispatch(Action("click", "page:1"))
    walk = [
        f"open:claim:{gone}",
        f"open:line:{line}",
        f"open:claim:{gone}:claim",
        "new:line",
        "nav:employee",
    ]
    for ref in walk:
        session.dispatch(Action("click", ref))
    session.run(Command("delete", "claim", gone))
    seen = []
    with suppress(InvalidAction):
        while True:
            session.dispatch(Action("back"))
            session.screen()
            seen.append(session.route)
    assert seen
    assert all(route.number == 0 and route.owner == 0 for route in seen)


def test_a_refusal_is_a_notice_and_changes_nothing() -> None:
    session = Session(expenses, 1)
    claim = Claim(session.store, 1)
    claim.status, claim.total, claim.receipt = "Draft", 3_000_00, False
    session.dispatch(Action("click", "nav:claim"))
    session.dispatch(Action("click", "open:claim:1"))
    before = session.digest()
    session.dispatch(Action("click", "do:submit"))
    assert session.notice == "Claims over 2,000.00 need a receipt (R1)"
    assert session.screen().children[1].children[0].role == "alert"
    assert session.digest() == before
    assert not session.commands


def test_time_passes_only_when_somebody_acts() -> None:
    session = Session(expenses, 1)
    start = session.store.clock.now
    session.screen()
    session.fork()
    assert session.store.clock.now == start
    claim = Claim(session.store, 1)
    claim.status, claim.total = "Draft", 10_00
    for ref in ("nav:claim", "open:claim:1", "do:submit"):
        session.dispatch(Action("click", ref))
    assert (session.store.clock.now - start).total_seconds() == 15


def test_the_notice_stays_until_the_next_action() -> None:
    session = Session(expenses, 1)
    Claim(session.store, 1).status, Claim(session.store, 1).total = "Draft", 10_00
    for ref in ("nav:claim", "open:claim:1", "do:submit"):
        session.dispatch(Action("click", ref))
    assert session.notice == "Claim EXP-0001: Submit done"
    session.dispatch(Action("click", "nav:employee"))
    assert session.notice == ""


def test_a_screen_whose_record_vanished_beneath_it_goes_back() -> None:
    session = Session(expenses, 1)
    for ref in ("nav:claim", "open:claim:1", "edit"):
        session.dispatch(Action("click", ref))
    session.run(Command("delete", "claim", 1))
    assert session.screen().children[1].children[0].name == "Claim EXP-0001 was deleted"
    assert session.route.screen == "list"


def test_escape_leaves_a_form_or_a_question_and_nothing_else() -> None:
    session = Session(expenses, 1)
    for refs, inside in ((("edit",), "field:note"), (("delete",), "yes")):
        for ref in ("nav:claim", "open:claim:1", *refs):
            session.dispatch(Action("click", ref))
        session.dispatch(Action("press", inside, "Escape"))
        assert session.route.screen == "detail"
    before = session.screen()
    session.dispatch(Action("press", "nav:employee", "Escape"))
    assert session.screen() == before
    assert not session.commands


def test_what_was_refused_is_known_until_the_next_action():
    session = Session(expenses, 1)
    refused = Command("pay", "claim", 1)
    with pytest.raises(Refused):
        session.run(refused)
    assert session.refused == refused
    assert session.fork().refused == refused
    session.dispatch(Action("click", "nav:claim"))
    assert session.refused is None
