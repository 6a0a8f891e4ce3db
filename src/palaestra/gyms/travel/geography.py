"""Where the airports are: a fixed choice of large ones, read from airportsdata when first asked.

Nothing here knows records; `network.py` makes them of this.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from palaestra.gyms.travel.office import TOLD

EARTH_KM = 6_371.0
CRUISE_KM_PER_HOUR = 820
GROUND_MINUTES = 35
STEP_MINUTES = 5


class Place(NamedTuple):
    """An airport.

    Attributes:
        code: Its IATA code.
        city: The city it serves.
        country: That city's country, in English.
        zone: Its time zone, by IANA name.
        latitude: In degrees.
        longitude: In degrees.
    """

    code: str
    city: str
    country: str
    zone: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Returns the airports of the choice by IATA code; reading them takes a tenth of a second."""
    import airportsdata

    known = airportsdata.load("IATA")
    found = ((code, known[code]) for code in TOLD["network"]["airports"].split())
    return {
        code: Place(
            code, at["city"], TOLD["countries"][at["country"]], at["tz"], at["lat"], at["lon"]
        )
        for code, at in found
    }


def kilometres(one: Place, other: Place) -> int:
    """Returns the great-circle distance (haversine formula) in whole kilometres."""
    lat, lon, lat2, lon2 = map(
        radians, (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(half)))


def minutes(distance: int) -> int:
    """Returns how long a flight of so many kilometres takes from gate to gate, in whole fives."""
    flown = distance * 60 / CRUISE_KM_PER_HOUR + GROUND_MINUTES
    return STEP_MINUTES * round(flown / STEP_MINUTES)
