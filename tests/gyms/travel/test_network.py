"""What the airlines publish, and the news about it."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.travel import times
from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.network import CABINS, DAYS, Airport, Flight, Timetable
from palaestra.kit import Refused, Store
from tests.gyms.office import broken, enter, run
from tests.gyms.travel.desk import (
    a_flight,
    a_trip,
    add,
    advanced,
    day,
    pass_days,
    there_and_back,
    ticketed,
)


@pytest.mark.parametrize("kind", [Airport, Timetable, Flight])
def test_r1_what_is_published_stays(store: Store, kind: type[Flight]) -> None:
    one = kind.every(store)[0]
    with pytest.raises(Refused, match="R1"):
        run(one, "delete")
    with pytest.raises(Refused, match="not entered by hand"):
        enter(store, kind)


def test_a_flight_keeps_to_the_clocks_at_both_ends(store: Store) -> None:
    flight = a_flight(store, "FRA-JFK", 5, "13:20")
    assert flight.number == f"{flight.timetable} {day(store, 5)}"
    assert flight.leaves == f"{day(store, 5)} 13:20"
    flown = times.minutes_between(flight.departs, flight.arrives)
    assert flown == flight.timetable.minutes
    assert flight.lands == times.shown(flight.arrives, "America/New_York")
    assert flight.arrival_day == day(store, 5)


def test_r2_a_flight_is_added_on_its_weekdays_once_and_not_for_today(store: Store) -> None:
    timetable = Timetable.every(store)[0]
    weekday = timetable.days.split()[0]
    timetable.days = weekday
    fitting = next(
        d for d in (day(store, n) for n in range(40, 47)) if DAYS[d.weekday()] == weekday
    )
    for wrong in (fitting + dt.timedelta(days=1), store.clock.today, day(store, -7)):
        with pytest.raises(Refused, match="R2"):
            run(timetable, "add_flight", day=wrong)
    run(timetable, "add_flight", day=fitting)
    with pytest.raises(Refused, match="already"):
        run(timetable, "add_flight", day=fitting)
    added = Flight.every(store)[-1]
    assert (str(added), added.day) == (f"{timetable} {fitting}", fitting)
    assert added.economy_left == len(CABINS["Economy"])
    assert broken(store) == []


def test_r3_flights_are_sold_until_the_day_before(store: Store) -> None:
    today, cancelled = a_flight(store, "FRA-LHR", 0, "23:00"), a_flight(store, "FRA-LHR", 9)
    run(cancelled, "cancel")
    trip = a_trip(store, first=-5)
    for flight in (today, cancelled):
        with pytest.raises(Refused, match="R3"):
            add(trip, flight)
    assert a_flight(store, "FRA-LHR", 1).on_sale


def test_r4_a_full_cabin_is_not_sold(store: Store) -> None:
    flight = a_flight(store, "FRA-LHR", 10, taken=" ".join(CABINS["Economy"]))
    trip = a_trip(store)
    with pytest.raises(Refused, match="no seat left in Economy"):
        add(trip, flight, "Light")
    add(trip, flight, "Business")


def test_r4_the_last_seat_goes_to_who_requests_first(store: Store) -> None:
    flight = a_flight(store, "FRA-LHR", 10, taken=" ".join(CABINS["Economy"][1:]))
    first, second = a_trip(store, flight), a_trip(store, flight)
    run(first, "request")
    assert flight.economy_left == 0
    with pytest.raises(Refused, match="R4"):
        run(second, "request")
    run(first, "withdraw")
    run(second, "request")
    assert broken(store) == []


def test_fares_cost_what_the_handbook_says(store: Store) -> None:
    flight = a_flight(store, "FRA-LHR", 10, fare=100_00)
    run(flight, "set_fare", fare=210_00)
    prices = [flight.price(family) for family in ("Light", "Flex", "Business")]
    assert prices == [210_00, 294_00, 525_00]


def test_r20_a_flight_departs_on_its_day(store: Store) -> None:
    flight, _ = flights = there_and_back(store)
    trip = ticketed(store, *flights)
    with pytest.raises(Refused, match="R20"):
        run(flight, "depart")
    pass_days(store, 10)
    run(flight, "depart")
    assert [segment.status for segment in trip.segments()] == ["Flown", "Ticketed"]
    assert broken(store) == []


def test_r20_no_flight_departs_with_an_open_disruption(store: Store) -> None:
    flight, _ = flights = there_and_back(store)
    ticketed(store, *flights)
    run(flight, "delay", minutes=200)
    pass_days(store, 11)
    with pytest.raises(Refused, match="open disruption"):
        run(flight, "depart")
    [case] = Disruption.every(store, segment=flight.booked("Disrupted")[0])
    run(case, "keep")
    run(flight, "depart")


@pytest.mark.parametrize(("minutes", "cases"), [((179,), 0), ((180,), 1), ((100, 90), 1)])
def test_r21_a_flight_that_is_three_hours_late_is_a_disruption(
    store: Store, minutes: tuple[int, ...], cases: int
) -> None:
    flight, _ = flights = there_and_back(store)
    before = len(Disruption.every(store))
    ticketed(store, *flights)
    departs = flight.departs
    for late in minutes:
        run(flight, "delay", minutes=late)
    assert flight.departs - departs == dt.timedelta(minutes=sum(minutes))
    assert len(Disruption.every(store)) - before == cases
    assert broken(store) == []


def test_r21_a_delay_that_breaks_a_connection_is_a_disruption(store: Store) -> None:
    first = a_flight(store, "FRA-LHR", 10, "08:00")
    onward = a_flight(store, "LHR-EDI", 10, "10:30")
    trip = ticketed(store, first, onward, a_flight(store, "EDI-FRA", 14))
    run(first, "delay", minutes=20)
    assert [s.status for s in trip.segments()] == ["Ticketed"] * 3
    run(first, "delay", minutes=70)
    assert [s.status for s in trip.segments()] == ["Ticketed", "Disrupted", "Ticketed"]
    case = Disruption.every(store)[-1]
    assert (case.cause, case.flight) == ("Missed connection", str(onward))
    assert f"{first} arrives too late for {onward}." in case.notice.lines
    assert broken(store) == []


def test_r21_a_cancelled_flight_disrupts_its_tickets_only(store: Store) -> None:
    flight, _ = flights = there_and_back(store)
    bought, planned = ticketed(store, *flights), a_trip(store, *flights)
    held = advanced(a_trip(store, *flights), "request")
    run(flight, "cancel")
    assert bought.segments()[0].status == "Disrupted"
    assert (planned.segments()[0].status, held.segments()[0].status) == ("Planned", "Held")
    run(held, "approve")
    with pytest.raises(Refused, match="R3"):
        run(held, "ticket")
    assert broken(store) == []
