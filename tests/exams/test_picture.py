from __future__ import annotations

from xml.etree import ElementTree

import pytest

from palaestra.exams.picture import picture
from palaestra.kit import Session
from palaestra.types import Action
from tests.apps import agency, expenses

WAY = ("new:claim", "cancel", "open:claim:1", "delete", "no", "nav:handbook")


def drawn(session: Session, touched: str = "", typed: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(picture(session.screen(), touched, typed).replace("&nbsp;", " "))


@pytest.mark.parametrize("skin", [0, 2, 1_000_003])
def test_every_screen_is_drawn_with_its_names(skin: int):
    session = Session(expenses, 1, skin)
    session.dispatch(Action("click", "nav:claim"))
    for ref in WAY:
        text = " ".join(drawn(session).itertext())
        for node in session.screen().children[1].walk():
            assert (
                node.role == "option" or len(node.name) > 60 or node.name in text or node.children
            )
        session.dispatch(Action("click", ref))


def test_what_was_touched_is_marked_and_shows_what_was_typed():
    session = Session(expenses, 1)
    for ref in ("nav:claim", "new:claim"):
        session.dispatch(Action("click", ref))
    for ref, typed in (("field:total", "12 < 13"), ("field:receipt", ""), ("save", "")):
        marked = [e for e in drawn(session, ref, typed).iter() if "touched" in e.get("class", "")]
        assert len(marked) == 1
        assert typed in (marked[0].text or "")
    assert not any("touched" in e.get("class", "") for e in drawn(session).iter())


@pytest.mark.parametrize("place", [screen.name for screen in agency.screens])
def test_screens_from_blocks_are_drawn_with_their_names(place: str):
    session = Session(agency, 1)
    session.dispatch(Action("click", f"nav:{place}"))
    text = " ".join(" ".join(drawn(session).itertext()).split())
    for node in session.screen().children[1].walk():
        named = node.role not in ("option", "list", "group", "region", "table")
        assert not named or len(node.name) > 60 or node.name in text
