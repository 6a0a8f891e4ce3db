"""Makes up what the airlines offer: a hub, its timetables, and flights in waves around today.

A wave is a few days in which every timetable flies once each way, so that there are trips to plan
and other flights to change to.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import NamedTuple

from palaestra.gyms.travel import geography, times
from palaestra.gyms.travel.network import DAYS, SEATS, Airport, Flight, Timetable
from palaestra.gyms.travel.office import TOLD
from palaestra.kit import Store

WAVES = (-20, 3, 12)
"""Days from today on which the waves begin."""
PAST_WAVE = 0
SHORT_KM = 3_500
RIVALLED, RIVALS = 2, 4
"""The first ways have rivals on the same day; those from the one place to the other have none."""
ONE_DAY = dt.timedelta(days=1)
FLIGHT_NUMBERS = 14
"""How many a hub needs: six ways and the one beyond, out and back."""


Pair = tuple[Timetable, Timetable]
"""A timetable out and one back."""


class Offer(NamedTuple):
    """What can be flown from one hub.

    Attributes:
        hub: Where the travellers live.
        ways: For each timetable pair, out and back.
        beyond: The pair that only connects at the other end of the first way.
        waves: Flights by wave and timetable.
    """

    hub: Airport
    ways: list[Pair]
    beyond: Pair
    waves: list[dict[Timetable, Flight]]


def offer(store: Store, rng: random.Random, numbers: list[int]) -> Offer:
    """Makes up the timetables of a hub and their flights.

    Args:
        store: Where they are put.
        rng: Decides.
        numbers: Flight numbers that are not given yet; those used are taken off its end.
    """
    known = geography.places()
    hub = rng.choice(sorted(TOLD["network"]["hubs"]))
    others = rng.sample([code for code in known if code != hub], len(known) - 1)
    near = [c for c in others if geography.kilometres(known[hub], known[c]) <= SHORT_KM]
    far = [c for c in others if c not in near]
    line, rivals = TOLD["network"]["hubs"][hub], TOLD["network"]["others"]
    airlines = (line, line, line, line, rng.choice(rivals), rng.choice(rivals))
    ends = (far[0], near[0], near[1], far[1], far[0], near[0])
    centre = _airport(store, hub)
    ways = [
        _pair(store, rng, airline, centre, _airport(store, code), numbers)
        for airline, code in zip(airlines, ends, strict=True)
    ]
    near_end = min(far[2:], key=lambda c: geography.kilometres(known[far[0]], known[c]))
    beyond = _onward(store, rng, line, ways[0], _airport(store, near_end), numbers)
    waves = [
        _wave(store, rng, ways[:RIVALS] if days == WAVES[PAST_WAVE] else ways, beyond, days)
        for days in WAVES
    ]
    return Offer(centre, ways, beyond, waves)


def _airport(store: Store, code: str) -> Airport:
    if known := Airport.every(store, code=code):
        return known[0]
    at = geography.places()[code]
    return Airport.make(store, code=code, city=at.city, country=at.country, zone=at.zone)


def _timetable(
    store: Store, rng: random.Random, number: str, ends: tuple[Airport, Airport], leaves: str
) -> Timetable:
    known = geography.places()
    distance = geography.kilometres(*(known[str(end)] for end in ends))
    cents = (6_000 + distance * rng.randint(9, 22)) // 1_000 * 1_000
    days = sorted(rng.sample(range(7), rng.randint(4, 6)))
    return Timetable.make(
        store,
        number=number,
        origin=ends[0],
        destination=ends[1],
        leaves_at=leaves,
        days=" ".join(DAYS[day] for day in days),
        minutes=geography.minutes(distance),
        distance=distance,
        fare=cents,
    )


def _pair(
    store: Store,
    rng: random.Random,
    airline: str,
    hub: Airport,
    other: Airport,
    numbers: list[int],
    leaves: str = "",
) -> Pair:
    """Makes the timetables out and back; `leaves` is the local departure out, if it matters."""
    hours = [rng.randrange(6 * 60, 19 * 60, 5) for _ in range(2)]
    clocks = [f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in hours]
    out = f"{airline}{numbers.pop():04d}"
    back = f"{airline}{numbers.pop():04d}"
    return (
        _timetable(store, rng, out, (hub, other), leaves or clocks[0]),
        _timetable(store, rng, back, (other, hub), clocks[1]),
    )


def _onward(
    store: Store,
    rng: random.Random,
    airline: str,
    way: Pair,
    other: Airport,
    numbers: list[int],
) -> Pair:
    """Makes a pair whose first flight leaves an hour or two after the way out has arrived."""
    out, _ = way
    departs = times.instant(store.today, out.leaves_at, out.origin.zone)
    leaves = departs + dt.timedelta(minutes=out.minutes + rng.randrange(75, 150, 5))
    clock = times.shown(leaves, out.destination.zone).split()[1]
    return _pair(store, rng, airline, out.destination, other, numbers, clock)


def _wave(
    store: Store,
    rng: random.Random,
    pairs: list[Pair],
    beyond: Pair,
    start: int,
) -> dict[Timetable, Flight]:
    """Lets each timetable fly once out, and once back a few days later.

    Ways that only one airline flies are flown once more on the next of its days, so that there is
    something else to take.
    """
    day, back = store.today + dt.timedelta(days=start), rng.randint(3, 5)
    plan = [(way[0], 0) for way in (*pairs, beyond)]
    plan += [*((way[1], back) for way in pairs), (beyond[1], back - 1)]
    flights = {}
    for timetable, after in plan:
        flying = _next(timetable, day + dt.timedelta(days=after))
        flights[timetable] = timetable.dated(flying, _sold(rng))
    if len(pairs) > RIVALS:
        for timetable in (end for way in pairs[RIVALLED:RIVALS] for end in way):
            timetable.dated(_next(timetable, flights[timetable].day + ONE_DAY), _sold(rng))
    return flights


def _next(timetable: Timetable, day: dt.date) -> dt.date:
    """Returns the first day from a day on that a timetable flies on."""
    while not timetable.flies_on(day):
        day += ONE_DAY
    return day


def _sold(rng: random.Random) -> str:
    """Makes up which seats others have bought: about half of them, now and then nearly all."""
    share = 0.93 if rng.random() < 0.15 else rng.uniform(0.2, 0.8)
    return " ".join(seat for seat in SEATS if rng.random() < share)
