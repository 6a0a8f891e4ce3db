"""The flight search: filters, what is shown, and the way to a booking."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.network import Airport, Flight
from palaestra.gyms.travel.search import PAGE
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Session
from palaestra.types import Action, Node
from tests.gyms.travel.desk import app


@pytest.fixture
def session() -> Session:
    session = Session(app, seed=3)
    session.dispatch(Action("click", "nav:search"))
    return session


def shown(session: Session) -> list[str]:
    """Returns the flights on the screen, all pages of them."""
    found: list[str] = []
    while True:
        refs = [ref for ref in session.targets() if ref.startswith("book:")]
        labels = [Flight.type.label(session.store, int(ref.split(":")[1])) for ref in refs]
        found += [label for label in labels if label not in found]
        onward = session.targets().get("page:1")
        if onward is None or "disabled" in onward.states:
            return found
        session.dispatch(Action("click", "page:1"))


def option(session: Session, ref: str, place: int) -> str:
    return session.targets()[ref].children[place].name


def test_all_flights_on_sale_are_found_in_order_of_departure(session: Session) -> None:
    wanted = [f for f in Flight.every(session.store) if f.on_sale]
    assert len(wanted) > PAGE
    assert shown(session) == [str(f) for f in sorted(wanted, key=lambda f: f.departs)]


def test_filters_narrow_the_flights(session: Session) -> None:
    store = session.store
    flight = [f for f in Flight.every(store) if f.on_sale][3]
    for ref, text in (
        ("find:origin", f"{flight.origin} {flight.origin.city}"),
        ("find:destination", f"{flight.destination} {flight.destination.city}"),
        ("find:day", f"{flight.day} {flight.day:%a}"),
    ):
        session.dispatch(Action("select", ref, text))
        assert session.targets()[ref].value == text
    same = [
        f for f in Flight.every(store, origin=flight.origin, destination=flight.destination)
        if f.on_sale and f.day == flight.day
    ]  # fmt: skip
    assert shown(session) == [str(f) for f in sorted(same, key=lambda f: f.departs)]
    session.dispatch(Action("select", "find:day", option(session, "find:day", 0)))
    assert len(shown(session)) >= len(same)


def test_full_flights_can_be_left_out(session: Session) -> None:
    full = next(f for f in Flight.every(session.store) if f.on_sale)
    full.economy_left = 0
    session.dispatch(Action("check", "free"))
    assert "checked" in session.targets()["free"].states
    assert str(full) not in shown(session)
    session.dispatch(Action("click", "free"))
    assert str(full) in shown(session)


def test_what_a_row_says_is_the_flight(session: Session) -> None:
    first = next(n for n in session.screen().walk() if n.role == "table").children[1]
    [number] = [int(n.ref.split(":")[1]) for n in first.walk() if n.ref.startswith("book:")]
    flight = Flight(session.store, number)
    hours, minutes = divmod(flight.timetable.minutes, 60)
    cells = [cell.name for cell in first.children]
    assert cells[:4] == [str(flight), flight.leaves, flight.lands, f"{hours}:{minutes:02d}"]
    assert cells[4] == f"{flight.fare / 100:,.2f}"
    assert cells[7] == f"{flight.economy_left} + {flight.business_left}"


def test_a_flight_is_booked_for_the_trip_that_was_chosen(session: Session) -> None:
    store = session.store
    trip = next(t for t in Trip.every(store, status="Draft") if not t.segments())
    flight = next(
        f for f in Flight.every(store)
        if f.on_sale and f.economy_left and trip.holds(f.day, f.arrival_day)
    )  # fmt: skip
    session.dispatch(Action("select", "find:trip", f"{trip} {trip.traveller}"))
    session.dispatch(Action("select", "find:day", f"{flight.day} {flight.day:%a}"))
    while f"book:{flight._id}" not in session.targets():
        session.dispatch(Action("click", "page:1"))
    session.dispatch(Action("click", f"book:{flight._id}"))
    assert session.draft["flight"] == str(flight)
    session.dispatch(Action("select", "field:fare_family", "Flex"))
    session.dispatch(Action("click", "save"))
    [segment] = trip.segments()
    assert (segment.flight, segment.fare_family, segment.status) == (flight, "Flex", "Planned")
    assert isinstance(segment, Segment)


def test_without_a_trip_nothing_is_booked(session: Session) -> None:
    ref = next(ref for ref in session.targets() if ref.startswith("book:"))
    session.dispatch(Action("click", ref))
    assert (session.route.screen, session.alarmed) == ("search", True)
    assert not session.commands


def test_the_search_is_still_there_after_a_look_at_a_flight(session: Session) -> None:
    session.dispatch(Action("select", "find:origin", option(session, "find:origin", 1)))
    before = session.screen()
    ref = next(ref for ref in session.targets() if ref.startswith("open:flight:"))
    session.dispatch(Action("click", ref))
    session.dispatch(Action("back"))
    assert session.screen() == before


def test_forks_do_not_see_each_others_flights(session: Session) -> None:
    session.screen()
    fork = session.fork()
    flight = next(f for f in Flight.every(session.store) if f.on_sale)
    flight.fare = 1_234_00
    fork.dispatch(Action("check", "free"))
    fork.dispatch(Action("check", "free"))
    assert "1,234.00" not in str(fork.screen())
    session.dispatch(Action("check", "free"))
    session.dispatch(Action("check", "free"))
    assert "1,234.00" in str(session.screen())


def test_days_and_airports_are_offered_by_name(session: Session) -> None:
    boxes: dict[str, Node] = session.targets()
    names = [option.name for option in boxes["find:origin"].children]
    assert names[1:] == [f"{a} {a.city}" for a in Airport.every(session.store)]
    days = [option.name for option in boxes["find:day"].children][1:]
    assert days == sorted(days)
