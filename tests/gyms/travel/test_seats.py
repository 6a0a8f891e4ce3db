"""The seat map: what it shows of a cabin, and what its buttons do."""

from __future__ import annotations

import pytest

from palaestra.errors import InvalidAction
from palaestra.gyms.travel.network import CABINS, cabin
from palaestra.gyms.travel.segments import Segment
from palaestra.kit import Session
from palaestra.types import Action, Node
from tests.gyms.office import broken
from tests.gyms.travel.desk import app


@pytest.fixture
def session() -> Session:
    session = Session(app, seed=3)
    session.store.user = app.roles[0]
    session.dispatch(Action("click", "nav:seats"))
    return session


def buttons(session: Session) -> dict[str, Node]:
    """Returns the seats on the screen, by seat."""
    targets = session.targets().items()
    return {ref.partition(":")[2]: node for ref, node in targets if ref.startswith("seat:")}


def picked(session: Session) -> Segment:
    return Segment(session.store, session.route.number)


def test_a_cabin_is_shown_with_its_seats_once(session: Session) -> None:
    ticket = picked(session)
    seats = buttons(session)
    assert tuple(seats) == CABINS[cabin(ticket.fare_family)]
    for seat, node in seats.items():
        own, taken = seat == ticket.seat, seat in ticket.flight.occupied()
        assert ("pressed" in node.states) == own
        assert ("disabled" in node.states) == (taken and not own)


def test_every_ticket_can_be_picked(session: Session) -> None:
    tickets = Segment.every(session.store, status="Ticketed")
    for ticket in tickets:
        while f"pick:{ticket._id}" not in session.targets():
            session.dispatch(Action("click", "page:1"))
        session.dispatch(Action("click", f"pick:{ticket._id}"))
        assert picked(session) == ticket
        assert tuple(buttons(session)) == CABINS[cabin(ticket.fare_family)]


def test_a_free_seat_is_taken_and_given_up_again(session: Session) -> None:
    ticket = picked(session)
    free = [s for s, n in buttons(session).items() if not {"disabled", "pressed"} & set(n.states)]
    session.dispatch(Action("click", f"seat:{free[0]}"))
    assert ticket.seat == free[0]
    assert "pressed" in buttons(session)[free[0]].states
    session.dispatch(Action("click", f"seat:{free[0]}"))
    assert ticket.seat is None
    assert [command.verb for command in session.commands] == ["assign_seat", "release_seat"]
    assert broken(session.store) == []


def test_a_taken_seat_cannot_be_clicked(session: Session) -> None:
    taken = next(s for s, n in buttons(session).items() if "disabled" in n.states)
    with pytest.raises(InvalidAction, match="disabled"):
        session.dispatch(Action("click", f"seat:{taken}"))


def test_a_desk_without_tickets_shows_none(session: Session) -> None:
    for ticket in Segment.every(session.store, status="Ticketed"):
        ticket.status = "Flown"
    session.dispatch(Action("click", "nav:seats"))
    assert buttons(session) == {}
