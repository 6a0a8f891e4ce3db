"""The desk's own screens are there, each can be walked to, and they say what the records say."""

from __future__ import annotations

import pytest

from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.network import Flight
from palaestra.gyms.travel.screens import SCREENS
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Session
from palaestra.types import Action
from tests.gyms.travel.desk import app, day


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
@pytest.mark.parametrize("skin", [0, 5, 12])
def test_a_screen_is_reached_and_drawn(screen: object, skin: int) -> None:
    session = Session(app, seed=3, skin=skin)
    session.go(session.route._replace(screen=screen.name, record=""))  # type: ignore[attr-defined]
    nodes = list(session.screen().walk())
    assert len(nodes) > 25
    refs = [node.ref for node in nodes if node.ref]
    assert len(refs) == len(set(refs))


def test_a_trip_is_planned_step_by_step() -> None:
    session = Session(app, seed=3)
    store = session.store
    traveller = Trip.every(store)[0].traveller
    before = len(Trip.every(store))
    for action in (
        Action("click", "nav:planning"),
        Action("select", "field:traveller", str(traveller)),
        Action("fill", "field:purpose", "Trade fair"),
        Action("click", "step:next"),
        Action("fill", "field:leaves_on", str(day(store, 10))),
        Action("fill", "field:returns_on", str(day(store, 12))),
        Action("click", "step:next"),
        Action("click", "step:next"),
        Action("click", "save"),
    ):
        session.dispatch(action)
    trip = Trip.every(store)[-1]
    assert len(Trip.every(store)) == before + 1
    assert (trip.traveller, trip.purpose, trip.returns_on) == (
        traveller, "Trade fair", day(store, 12)
    )  # fmt: skip


def test_the_queue_shows_open_disruptions_and_settles_them() -> None:
    session = Session(app, seed=3)
    session.store.user = app.roles[0]
    session.dispatch(Action("click", "nav:queue"))
    case = Disruption.every(session.store, status="Open")[0]
    assert session.route.number == case._id
    told = [node.name for node in session.screen().walk()]
    assert len(case.notice.lines) >= 7
    assert set(case.notice.lines) <= set(told)
    session.dispatch(Action("click", "do:refund"))
    assert case.status == "Refunded"


def test_departures_stand_on_their_local_day() -> None:
    session = Session(app, seed=3)
    session.dispatch(Action("click", "nav:departures"))
    flight = next(
        f for f in Flight.every(session.store)
        if f.on_sale and f.day.month == session.store.clock.today.month
    )  # fmt: skip
    assert flight.day.isoformat() == flight.leaves.split()[0]
    assert any(str(flight) in node.name for node in session.screen().walk())
