from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import InvalidAction
from palaestra.kit import Session, lure
from palaestra.kit.disturbance import EXAM_DISTURBANCES, Disturbance
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action
from tests.apps import expenses


def seed_with(**wanted: object) -> int:
    """Returns a seed that draws exactly these troubles."""
    for seed in range(1, 20_000):
        drawn = Disturbance.of_seed(seed)
        told = {k: v for k, v in vars(drawn).items() if k != "seed" and v}
        if told.keys() == wanted.keys() and all(
            v is None or told[k] == v for k, v in wanted.items()
        ):
            return seed
    raise AssertionError(wanted)


def click(session: Session, *refs: str) -> None:
    for ref in refs:
        session.dispatch(Action("click", ref))


def names(session: Session) -> list[str]:
    return [node.name for node in session.screen().walk()]


def edit(session: Session) -> None:
    click(session, "nav:claim", "open:claim:1", "edit")


def test_zero_is_no_trouble():
    assert Disturbance.of_seed(0) == Disturbance()


@given(st.integers(1, 10_000))
def test_every_other_seed_has_some_trouble_and_always_the_same(seed: int):
    assert Disturbance.of_seed(seed) == Disturbance.of_seed(seed)
    assert Disturbance.of_seed(seed) != Disturbance(seed=seed)


def test_a_cookie_banner_stays_until_it_is_answered():
    session = Session(expenses, 1, 0, seed_with(cookies=True))
    click(session, "nav:claim")
    assert "calm:accept" in session.targets()
    click(session, "calm:decline")
    assert "calm:accept" not in session.targets()
    assert session.route.record == "claim"


def test_a_notice_covers_everything_until_it_is_closed():
    session = Session(expenses, 1, 0, seed_with(news_at=1))
    click(session, "nav:claim")
    assert list(session.targets()) == ["calm:news"]
    with pytest.raises(InvalidAction):
        session.dispatch(Action("back"))
    click(session, "calm:news")
    assert "open:claim:1" in session.targets()


def test_a_session_expires_in_place_of_an_action_and_a_draft_is_lost():
    session = Session(expenses, 1, 0, seed_with(expires_at=5))
    edit(session)
    before = session.draft
    session.dispatch(Action("fill", "field:total", "12.00"))
    session.dispatch(Action("fill", "field:note", "late"))
    assert list(session.targets()) == ["calm:sign_in"]
    click(session, "calm:sign_in")
    assert session.route.screen == "form"
    assert session.draft == before


def test_a_save_fails_once_and_nothing_is_lost():
    session = Session(expenses, 1, 0, seed_with(unsaved_at=1))
    edit(session)
    session.dispatch(Action("fill", "field:total", "12.00"))
    before = session.digest()
    click(session, "save")
    assert session.alarmed
    assert session.digest() == before
    assert session.draft["total"] == "12.00"
    click(session, "save")
    assert session.digest() != before


def test_a_stale_record_is_loaded_again_once():
    session = Session(expenses, 1, 0, seed_with(stale=True))
    edit(session)
    first = session.draft["total"]
    session.dispatch(Action("fill", "field:total", "12.34"))
    click(session, "save")
    assert session.route.screen == "form"
    assert session.draft["total"] == first
    assert not session.commands
    session.dispatch(Action("fill", "field:total", "12.34"))
    click(session, "save")
    assert len(session.commands) == 1


def test_a_form_silently_loses_one_of_two_entries_once():
    session = Session(expenses, 1, 0, seed_with(resets=True))
    edit(session)
    first = session.draft
    session.dispatch(Action("fill", "field:total", "12.34"))
    session.dispatch(Action("fill", "field:note", "second"))
    assert session.draft["note"] == "second"
    assert session.draft["total"] == first["total"]
    session.dispatch(Action("fill", "field:total", "12.34"))
    assert (session.draft["total"], session.draft["note"]) == ("12.34", "second")


@pytest.mark.parametrize("covers", [True, False])
def test_a_false_dialog_stays_until_it_is_closed_and_its_other_button_loses_a_draft(covers: bool):
    seed = next(
        seed
        for seed in range(1, 20_000)
        if Disturbance.of_seed(seed) == Disturbance(seed, resets=True, lured_at=4)
        and lure.covers(seed) == covers
        and not lure.stays(seed)
    )
    session = Session(expenses, 1, 0, seed)
    edit(session)
    before, records = session.draft, session.digest()
    assert {lure.PRESS, lure.CLOSE} <= session.targets().keys()
    assert ("save" in session.targets()) != covers
    click(session, lure.PRESS)
    assert session.alarmed
    assert list(session.targets()) == ["calm:sign_in"]
    click(session, "calm:sign_in")
    assert (session.draft, session.digest()) == (before, records)
    click(session, lure.CLOSE)
    assert not {lure.PRESS, lure.CLOSE} & session.targets().keys()
    assert "save" in session.targets()


@given(st.integers(EXAM_DISTURBANCES, 2 * EXAM_DISTURBANCES))
def test_no_exam_has_a_false_dialog(seed: int):
    assert not Disturbance.of_seed(seed).lured_at


def test_late_content_comes_with_the_next_action():
    session = Session(expenses, 1, 0, seed_with(late=True))
    for _ in range(20):
        click(session, "nav:claim")
        if "calm:refresh" in session.targets():
            assert "open:claim:1" not in session.targets()
            click(session, "calm:refresh")
        assert "open:claim:1" in session.targets()


@given(st.integers(1, 500), st.integers(0, 500))
def test_troubles_change_no_record_and_repeat_themselves(disturbance: int, skin: int):
    one, other = (Session(expenses, 1, skin, disturbance) for _ in range(2))
    wanderer = Wanderer(disturbance)
    for _ in range(30):
        action, commands = wanderer.action(one), len(one.commands)
        before = one.digest()
        for session in (one, other):
            try:
                session.dispatch(action)
            except InvalidAction:
                continue
        assert one.screen() == other.screen()
        assert len(one.commands) > commands or one.digest() == before


def test_a_fork_keeps_how_far_the_troubles_have_come():
    session = Session(expenses, 1, 0, seed_with(news_at=1))
    click(session, "nav:claim")
    fork = session.fork()
    click(fork, "calm:news")
    assert "calm:news" in session.targets()
    assert "calm:news" not in fork.targets()
