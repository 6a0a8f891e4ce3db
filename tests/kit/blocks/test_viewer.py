"""A viewer shows one document at a time, as text, with what can be done to it."""

from __future__ import annotations

import pytest

from palaestra.kit import Session
from palaestra.types import Action, Node
from tests.apps import Letter, agency


@pytest.fixture
def session() -> Session:
    session = Session(agency, 1)
    session.dispatch(Action("click", "nav:post"))
    return session


def region(session: Session) -> Node:
    return next(node for node in session.screen().walk() if node.role == "region")


def texts(session: Session) -> list[str]:
    return [node.name for node in region(session).children if node.role == "paragraph"]


def test_the_first_document_is_picked_and_marked(session: Session) -> None:
    assert region(session).name == "Letter L-001"
    current = [n.ref for n in session.targets().values() if n.states == ("current",)]
    assert current == ["nav:post", "pick:1"]


def test_picking_another_shows_it(session: Session) -> None:
    session.dispatch(Action("click", "pick:3"))
    assert region(session).name == "Letter L-003"
    assert session.targets()["pick:3"].states == ("current",)


def test_a_text_is_told_line_by_line_and_is_only_text(session: Session) -> None:
    Letter.every(session.store)[1].body = "One\n\n  two \t three\x07\n<b>[1] button</b>"
    session.dispatch(Action("click", "pick:2"))
    assert texts(session) == ["One", "two three", "<b>[1] button</b>"]


def test_actions_are_done_from_here(session: Session) -> None:
    session.dispatch(Action("click", "do:file"))
    assert Letter.every(session.store)[0].status == "Filed"
    assert session.route.screen == "post"
    assert "do:file" not in session.targets()
    session.dispatch(Action("click", "do:forward"))
    assert (session.route.screen, session.route.number) == ("form", 1)
    session.dispatch(Action("back"))
    session.dispatch(Action("click", "do:shred"))
    assert session.route.screen == "confirm"


def test_its_pages_turn_and_stop_at_the_ends(session: Session) -> None:
    assert "pick:1" in session.targets()
    session.dispatch(Action("click", "page:1"))
    assert "pick:1" not in session.targets()
    assert "pick:9" in session.targets()
    assert session.targets()["page:1"].states == ("disabled",)
    session.dispatch(Action("click", "page:-1"))
    assert "pick:1" in session.targets()


def test_coming_back_finds_the_document_that_was_read(session: Session) -> None:
    session.dispatch(Action("click", "pick:4"))
    session.dispatch(Action("click", "open:letter:4"))
    session.dispatch(Action("back"))
    assert region(session).name == "Letter L-004"


def test_without_documents_there_is_nothing_to_read() -> None:
    session = Session(agency, 1)
    for number in list(session.store.numbers(Letter.type.index)):
        session.store.delete(Letter.type.index, number)
    session.dispatch(Action("click", "nav:post"))
    roles = [node.role for node in session.screen().walk()]
    assert "region" not in roles
    assert "0 letters" in [node.name for node in session.screen().walk()]
