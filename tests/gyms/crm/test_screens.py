"""The office's own screens: the pipeline, the calendar, the queues and what their buttons do."""

from __future__ import annotations

import pytest

from palaestra.gyms.crm.sales import STAGES, Opportunity
from palaestra.kit import Session
from palaestra.types import Action, Node
from tests.gyms.crm.desk import a_contact, a_deal, app
from tests.gyms.office import run


@pytest.fixture
def session() -> Session:
    session = Session(app, seed=3)
    session.store.user = "Manager"
    return session


def shown(session: Session, screen: str) -> Node:
    session.dispatch(Action("click", f"nav:{screen}"))
    return session.screen()


def rows(screen: Node) -> list[list[str]]:
    """Returns the texts of the rows of the screen's table, its header left out."""
    [table] = [node for node in screen.walk() if node.role == "table"]
    return [[cell.name for cell in row.children] for row in table.children[1:]]


def test_every_screen_is_in_the_navigation_and_can_be_drawn(session: Session) -> None:
    for screen in app.screens:
        main = shown(session, screen.name).children[1]
        assert main.children[0] == Node("heading", screen.title)


def test_a_card_is_moved_on_the_pipeline(session: Session) -> None:
    [deal, *_] = Opportunity.every(session.store, stage="Negotiation")
    shown(session, "pipeline")
    session.dispatch(Action("select", f"move:{deal._id}", "Proposal"))
    assert deal.stage == "Proposal"
    [other, *_] = Opportunity.every(session.store, stage="Prospecting")
    session.dispatch(Action("select", f"move:{other._id}", "Negotiation"))
    assert other.stage == "Prospecting"
    assert session.alarmed
    assert "R11" in session.notice


def test_columns_of_the_pipeline_count_and_add_up(session: Session) -> None:
    headings = [node.name for node in shown(session, "pipeline").walk() if node.role == "heading"]
    for stage in STAGES:
        count = len(Opportunity.every(session.store, stage=stage))
        assert any(heading.startswith(f"{stage} ({count})") for heading in headings)


def test_the_queue_of_leads_leads_to_their_conversion(session: Session) -> None:
    lead, *_, account, contact, _ = rows(shown(session, "conversion"))[0]
    assert (account, contact) == ("—", "—")
    ref = next(r for r, node in session.targets().items() if node.name == f"Convert {lead}")
    session.dispatch(Action("click", ref))
    session.dispatch(Action("fill", "field:title", "Kite frames"))
    session.dispatch(Action("fill", "field:close_on", "2027-12-24"))
    session.dispatch(Action("click", "save"))
    made = {change.record for change in session.diff().changes}
    assert made == {"lead", "account", "contact", "opportunity"}
    assert lead not in {row[0] for row in rows(shown(session, "conversion"))}


def test_a_discount_is_approved_from_its_queue(session: Session) -> None:
    deal = a_deal(session.store, 20)
    run(deal, "ask_discount")
    assert any(row[0] == str(deal) and row[4] == "20" for row in rows(shown(session, "approvals")))
    session.dispatch(Action("click", f"take:{deal._id}:approve_discount"))
    assert (deal.approval, deal.approved) == ("Approved", 20)
    assert f"take:{deal._id}:approve_discount" not in session.targets()


def test_a_queue_refuses_who_may_not(session: Session) -> None:
    deal = a_deal(session.store, 20)
    run(deal, "ask_discount")
    session.store.user = "Sales rep"
    shown(session, "approvals")
    for deed in ("approve_discount", "reject_discount"):
        session.dispatch(Action("click", f"take:{deal._id}:{deed}"))
        assert "Only a Manager may" in session.notice
        assert session.route.screen == "approvals"
    assert deal.approval == "Requested"


def test_duplicates_are_found_and_merged(session: Session) -> None:
    one = a_contact(session.store)
    before = rows(shown(session, "duplicates"))
    twin = a_contact(session.store, one.account)
    assert rows(shown(session, "duplicates")) == before
    twin.email = one.email.upper()
    assert [str(twin), str(one.account), twin.email, str(one)] in [
        row[:4] for row in rows(shown(session, "duplicates"))
    ]
    session.dispatch(Action("click", f"take:{twin._id}:merge"))
    session.dispatch(Action("select", "field:other", str(one)))
    session.dispatch(Action("click", "save"))
    assert (twin.status, twin.merged_into) == ("Merged", one)
    assert rows(shown(session, "duplicates")) == before


def test_a_long_queue_has_pages(session: Session) -> None:
    for _ in range(45):
        run(a_deal(session.store, 20), "ask_discount")
    waiting = len(Opportunity.every(session.store, approval="Requested"))
    assert len(rows(shown(session, "approvals"))) == 20
    seen = set()
    for _ in range(3):
        seen |= {row[0] for row in rows(session.screen())}
        if "disabled" not in session.targets()["page:1"].states:
            session.dispatch(Action("click", "page:1"))
    assert len(seen) == waiting
    session.dispatch(Action("click", "page:-1"))
    assert len(rows(session.screen())) == 20
