"""A working day of more than twenty commands: a trip from its plan to the money back."""

from __future__ import annotations

from palaestra.gyms.travel.disruptions import Disruption
from palaestra.gyms.travel.expenses import ExpenseLine, ExpenseReport
from palaestra.gyms.travel.people import Traveller, Visa
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.stays import Stay
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Store
from tests.gyms.office import broken, enter, run
from tests.gyms.travel.desk import a_flight, a_hotel, day, pass_days, receipts


def test_a_trip_to_new_york_by_way_of_london(store: Store) -> None:
    traveller = enter(
        store, Traveller, name="Ada Byron", department=1, email="ada@meridian.example",
        loyalty="Basic", passport="P1815", expires=day(store, 150),
    )  # fmt: skip
    assert isinstance(traveller, Traveller)
    traveller.department.budget = 90_000_00
    trip = enter(
        store, Trip, traveller=traveller, purpose="Contract talks", leaves_on=day(store, 10),
        returns_on=day(store, 18), justification=None,
    )  # fmt: skip
    ways = [
        a_flight(store, "FRA-LHR", 10, "07:00"),
        a_flight(store, "LHR-JFK", 10, "11:00", fare=900_00),
        a_flight(store, "JFK-LHR", 14, "18:00", fare=900_00),
        a_flight(store, "LHR-FRA", 15, "12:00"),
    ]
    out, over, back, home = (
        enter(store, Segment, trip=trip, flight=flight, fare_family="Flex") for flight in ways
    )
    stay = enter(store, Stay, trip=trip, hotel=a_hotel(store, "JFK", rate=230_00),
                 check_in=day(store, 10), nights=4)  # fmt: skip
    run(trip, "justify", reason="trade fair fills the city")
    run(traveller, "renew_passport", expires=day(store, 2_000))
    enter(store, Visa, traveller=traveller, country="United States", until=day(store, 300))
    for verb in ("request", "approve", "ticket"):
        run(trip, verb)
    run(over, "assign_seat", seat="7A")
    run(over, "upgrade", fare_family="Business")
    run(over, "assign_seat", seat="2D")
    run(ways[0], "delay", minutes=240)
    late, missed = Disruption.every(store)[-2:]
    run(late, "escalate")
    run(late, "keep")
    run(missed, "rebook", flight=a_flight(store, "LHR-JFK", 10, "16:30", fare=900_00))
    run(over, "assign_seat", seat="1A")
    run(home, "change_flight", flight=a_flight(store, "LHR-FRA", 16, "12:00"))
    run(back, "change_flight", flight=a_flight(store, "JFK-LHR", 15, "18:00", fare=950_00))
    run(stay, "prolong", nights=1)
    assert broken(store) == []
    pass_days(store, 17)
    for segment in (out, over, back, home):
        run(segment.flight, "depart")
    assert trip.status == "Flown"
    report = enter(store, ExpenseReport, trip=trip, comment=None)
    enter(store, ExpenseLine, report=report, category="Taxi", spent_on=day(store, -7),
          amount=62_00, receipt="RN-7", guests=None)  # fmt: skip
    for verb in ("submit", "approve", "reimburse"):
        run(report, verb)
    assert [kind for kind, _ in receipts(trip)] == [
        *["Fare"] * 4, "Hotel", "Fare difference", "Change fee", "Change fee", "Fare difference",
        "Hotel", "Reimbursement",
    ]  # fmt: skip
    flights = 140_00 + 2_250_00 + 1_260_00 + 70_00 + 70_00 + 140_00 + 70_00
    assert trip.paid == flights + 5 * 230_00
    assert receipts(trip)[-1] == ("Reimbursement", 9 * 56_00 + 62_00)
    assert broken(store) == []
