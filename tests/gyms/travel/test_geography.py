"""The choice of airports, and how far apart they are."""

from __future__ import annotations

import subprocess
import sys
from zoneinfo import available_timezones

import pytest

from palaestra.gyms.travel import geography
from palaestra.gyms.travel.office import TOLD


def test_the_choice_is_large_and_known_to_airportsdata() -> None:
    places = geography.places()
    assert len(places) >= 60
    assert {place.zone for place in places.values()} <= available_timezones()
    assert set(TOLD["network"]["hubs"]) <= set(places)
    assert set(TOLD["visas"]) <= {place.country for place in places.values()}
    assert set(TOLD["countries"].values()) <= {
        *(place.country for place in places.values()), "Canada"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [("FRA", "LHR", 655), ("FRA", "JFK", 6_185), ("SYD", "MEL", 705), ("FRA", "FRA", 0)],
)
def test_distances_are_those_of_the_great_circle(one: str, other: str, kilometres: int) -> None:
    places = geography.places()
    assert abs(geography.kilometres(places[one], places[other]) - kilometres) <= 10
    assert geography.kilometres(places[one], places[other]) == geography.kilometres(
        places[other], places[one]
    )


def test_flying_times_are_plausible_and_whole_fives() -> None:
    assert 75 <= geography.minutes(655) <= 100
    assert 450 <= geography.minutes(6_185) <= 520
    assert all(geography.minutes(km) % 5 == 0 for km in range(100, 12_000, 37))


def test_importing_the_gym_reads_no_airports() -> None:
    code = "import sys, palaestra.gyms.travel; print('airportsdata' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
