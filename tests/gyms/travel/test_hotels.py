"""The hotels on the list."""

from __future__ import annotations

import pytest

from palaestra.kit import Refused, Store
from tests.gyms.office import run
from tests.gyms.travel.desk import a_hotel, a_stay, a_trip, advanced, pass_days, there_and_back


def test_r25_a_hotel_leaves_the_list_when_its_guests_have(store: Store) -> None:
    trip, hotel = a_trip(store, *there_and_back(store)), a_hotel(store)
    a_stay(trip, hotel, 10, 4)
    advanced(trip)
    with pytest.raises(Refused, match="R25"):
        run(hotel, "delist")
    pass_days(store, 14)
    run(hotel, "delist")
    assert hotel.status == "Delisted"
