"""The desk's own screens are there, each can be walked to, and they say what the records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.network import Flight
from palaestra.gyms.travel.screens import SCREENS
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Session
from palaestra.testing.parity import parity
from palaestra.types import Action, Start
from tests.gyms.travel.desk import app, day

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


def click(*refs: str) -> list[Action]:
    return [Action("click", ref) for ref in refs]


@pytest.mark.browser
@pytest.mark.parametrize("skin", [0, 7])
def test_the_own_screens_are_the_same_in_chromium(browser: Browser, skin: int) -> None:
    session = Session(app, seed=3, skin=skin)
    wanted = [
        *click("nav:search", "find:origin", "free", "nav:seats"),
        *click("nav:departures", "nav:queue", "nav:progress", "nav:spending", "nav:planning"),
        *click("step:next"),
    ]
    actions = []
    for action in wanted:
        if action.ref.startswith("nav:") and action.ref not in session.targets():
            actions += click("menu")
            session.dispatch(actions[-1])
        if action.ref == "find:origin":
            action = Action("select", action.ref, session.targets()[action.ref].children[1].name)
        session.dispatch(action)
        actions.append(action)
        if action.ref == "nav:seats":
            free = [ref for ref, node in session.targets().items()
                    if ref.startswith("seat:") and "disabled" not in node.states]  # fmt: skip
            actions += click(free[0], free[0])
            for one in actions[-2:]:
                session.dispatch(one)
    assert parity(app, Start(app.name, 3, skin), actions, browser).differences == []
