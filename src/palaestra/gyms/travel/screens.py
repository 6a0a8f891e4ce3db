"""The desk's own screens, in the order of the navigation."""

from __future__ import annotations

from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.network import Flight
from palaestra.gyms.travel.office import app
from palaestra.gyms.travel.reports import REPORTS
from palaestra.gyms.travel.search import FlightSearch
from palaestra.gyms.travel.seats import SeatMap
from palaestra.gyms.travel.trips import Trip
from palaestra.kit.blocks import Board, Calendar, Viewer, Wizard
from palaestra.kit.screens.screen import Screen

SCREENS: tuple[Screen, ...] = (
    Wizard(
        "planning",
        title="Plan a trip",
        record=Trip,
        steps=(
            ("Who and why", ("traveller", "purpose")),
            ("When", ("leaves_on", "returns_on")),
            ("Policy", ("justification",)),
        ),
    ),
    FlightSearch(),
    SeatMap(),
    Calendar(
        "departures",
        title="Departures",
        record=Flight,
        day="day",
        shows=("number", "status"),
    ),
    Viewer(
        "queue",
        title="Disruption queue",
        record=Disruption,
        body="notice",
        shows=("traveller", "flight", "cause", "priority"),
        where=lambda case: case.status == "Open",
    ),
    Board(
        "progress",
        title="Trips by status",
        record=Trip,
        by="status",
        shows=("traveller", "leaves_on", "total"),
    ),
    *REPORTS,
)
for screen in SCREENS:
    app.add(screen)
