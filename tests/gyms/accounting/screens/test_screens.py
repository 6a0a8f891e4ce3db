"""The inbox and the wizard for assets, used as a person uses them."""

from __future__ import annotations

from palaestra.gyms.accounting.assets import Asset
from palaestra.gyms.accounting.inbox import Document
from palaestra.kit import Session
from palaestra.types import Action
from tests.gyms.accounting.desk import app


def test_the_inbox_shows_a_document_line_by_line_beside_its_actions() -> None:
    session = Session(app, seed=3)
    session.dispatch(Action("click", "nav:inbox"))
    document = Document.every(session.store, status="New")[-1]
    session.dispatch(Action("click", f"pick:{document._id}"))
    said = [node.name for node in session.screen().walk() if node.role == "paragraph"]
    assert set(document.letter.lines) <= set(said)
    assert {"do:enter", "do:link", "do:reject"} <= set(session.targets())


def test_an_asset_is_entered_in_steps() -> None:
    session = Session(app, seed=3)
    session.store.user = "Manager"
    before = len(Asset.every(session.store))
    today = session.store.clock.today.isoformat()
    for action in (
        Action("click", "nav:capitalise"),
        Action("fill", "field:name", "Safe"),
        Action("fill", "field:dated", today),
        Action("fill", "field:cost", "900"),
        Action("click", "step:next"),
        Action("select", "field:method", "Declining balance"),
        Action("fill", "field:months", "36"),
        Action("click", "step:next"),
        Action("click", "save"),
    ):
        session.dispatch(action)
    made = Asset.every(session.store)
    assert len(made) == before + 1
    assert (made[-1].name, made[-1].cost, made[-1].method) == ("Safe", 900_00, "Declining balance")
    assert made[-1].status == "Draft"
