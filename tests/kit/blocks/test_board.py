"""A board has a column for each word of a choice; cards are moved by an action of the record."""

from __future__ import annotations

import pytest

from palaestra.errors import GymError
from palaestra.kit import Session
from palaestra.kit.blocks import Board
from palaestra.types import Action, Command, Node
from tests.apps import STAGES, Deal, agency


@pytest.fixture
def session() -> Session:
    session = Session(agency, 1)
    session.dispatch(Action("click", "nav:pipeline"))
    return session


def columns(session: Session) -> dict[str, Node]:
    return {node.name: node for node in session.screen().walk() if node.role == "group"}


def heading(session: Session, column: str) -> str:
    return columns(session)[column].children[0].name


def cards(session: Session, column: str) -> list[str]:
    items = columns(session)[column].children[1].children
    return [item.children[0].name for item in items]


def test_there_is_a_column_for_each_word_in_order(session: Session) -> None:
    assert tuple(columns(session)) == STAGES


def test_a_heading_counts_and_sums(session: Session) -> None:
    deals = Deal.every(session.store, stage="Lead")
    cents = sum(deal.amount for deal in deals)
    assert heading(session, "Lead") == f"Lead ({len(deals)}): {cents / 100:,.2f}"
    assert heading(session, "Won") == "Won (0)"


def test_a_card_leads_to_its_record_and_says_what_it_should(session: Session) -> None:
    card = columns(session)["Lead"].children[1].children[0]
    deal = Deal.every(session.store)[0]
    told = [node.name for node in card.children if node.role == "paragraph"]
    assert told == [f"Client: {deal.client}", f"Amount: {deal.amount / 100:,.2f}"]
    session.dispatch(Action("click", card.children[0].ref))
    assert (session.route.screen, session.route.number) == ("detail", deal._id)


def test_moving_a_card_runs_the_action_and_moves_the_sum(session: Session) -> None:
    deal = Deal.every(session.store)[0]
    session.dispatch(Action("select", "move:1", "Offer"))
    assert session.commands == (Command("move", "deal", 1, (("to", "Offer"),)),)
    assert deal.stage == "Offer"
    assert cards(session, "Offer") == [str(deal)]
    assert heading(session, "Offer") == f"Offer (1): {deal.amount / 100:,.2f}"


def test_a_box_offers_every_other_column_and_looking_changes_nothing(session: Session) -> None:
    box = session.targets()["move:1"]
    assert [option.name for option in box.children] == ["—", "Offer", "Won", "Lost"]
    for action in (Action("select", "move:1", "—"), Action("press", "move:1", "Enter")):
        session.dispatch(action)
    assert session.commands == ()


def test_where_the_action_is_not_possible_there_is_no_box(session: Session) -> None:
    session.dispatch(Action("select", "move:2", "Won"))
    assert "open:deal:2" in session.targets()
    assert "move:2" not in session.targets()


def test_a_long_column_shows_a_page_and_more_when_asked(session: Session) -> None:
    size, all_of_them = session.skin.page_size, len(Deal.every(session.store))
    assert len(cards(session, "Lead")) == size
    session.dispatch(Action("click", "more:0"))
    assert len(cards(session, "Lead")) == 2 * size
    while "more:0" in session.targets():
        session.dispatch(Action("click", "more:0"))
    assert len(cards(session, "Lead")) == all_of_them


def test_only_records_that_are_wanted_are_shown(session: Session) -> None:
    board = Board(
        "big", title="Big", record=Deal, by="stage", where=lambda deal: deal.amount > 1_000_00
    )
    deals = [str(deal) for deal in Deal.every(session.store) if deal.amount > 1_000_00]
    shown = [node.name for node in Node("main", children=board.draw(session)).walk() if node.ref]
    assert shown[:3] == deals[:3]
    assert len(deals) < len(Deal.every(session.store))


@pytest.mark.parametrize(
    ("by", "move", "told"),
    [
        ("amount", "", "not a choice"),
        ("stage", "nothing", "asks for one choice"),
        ("other", "", "no field"),
    ],
)
def test_what_makes_no_board_is_the_authors_bug(by: str, move: str, told: str) -> None:
    with pytest.raises(GymError, match=told):
        Board("b", title="B", record=Deal, by=by, move=move)
