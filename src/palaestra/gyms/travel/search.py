"""The flight search: what is on sale between two airports on a day, and the way to book it.

Nothing is booked here: "Book" opens the form for a new segment of the trip that was chosen above,
with the flight filled in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from palaestra.gyms.travel.network import FARES, Airport, Flight
from palaestra.gyms.travel.segments import Segment
from palaestra.gyms.travel.trips import Trip
from palaestra.kit import Session, Store, money
from palaestra.kit.blocks.selection import kept
from palaestra.kit.route import Route
from palaestra.kit.survey import survey
from palaestra.types import Action, Node

PAGE = 10
COLUMNS = ("Flight", "Departure", "Arrival", "Flying time", *FARES, "Seats left")
AMOUNT = money()


class Query(NamedTuple):
    """What is searched for; "" stands for anything.

    Attributes:
        origin: Code of the airport it leaves from.
        destination: Code of the airport it goes to.
        day: Local date of the departure.
        trip: The draft that a flight is booked for.
        free: Whether Economy must have a seat left.
        page: Page shown, from 0.
    """

    origin: str = ""
    destination: str = ""
    day: str = ""
    trip: str = ""
    free: bool = False
    page: int = 0


class FlightSearch:
    """A screen with filters, a table of flights, and a button to book each of them.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
    """

    name = "search"
    title = "Flight search"

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the filters, the flights that fit, and where there are many, their pages."""
        query, label, word = self._query(session), session.lexicon.label, session.lexicon.word
        flights = self._found(session, query)
        last = max(0, (len(flights) - 1) // PAGE)
        page = min(query.page, last)
        names = (*COLUMNS, word("actions"))
        header = Node("row", children=tuple(Node("columnheader", label(name)) for name in names))
        rows = [
            kept(session, ("search", "rows"), partial(self._row, session, number), number)
            for number in flights[page * PAGE : (page + 1) * PAGE]
        ]
        nodes = [
            Node("heading", label(self.title)),
            *self._filters(session, query),
            Node("table", label(self.title), children=(header, *rows)),
            Node("paragraph", word("count", n=len(flights),
                                   things=session.lexicon.things(Flight.type, len(flights)))),
        ]  # fmt: skip
        if last:
            off = ("disabled",)
            nodes += [
                Node("paragraph", word("page", page=page + 1, last=last + 1)),
                Node("button", word("previous"), "page:-1", states=() if page else off),
                Node("button", word("next"), "page:1", states=() if page < last else off),
            ]
        return tuple(nodes)

    def _filters(self, session: Session, query: Query) -> list[Node]:
        store, label = session.store, session.lexicon.label
        airports = kept(session, ("search", "airports"), lambda: _airports(store))
        days = kept(session, ("search", "days"), lambda: _days(store))
        trips = kept(session, ("search", "trips"), lambda: _trips(store))
        anything = session.lexicon.word("all")
        return [
            _box(label("From"), "find:origin", airports, query.origin, anything),
            _box(label("To"), "find:destination", airports, query.destination, anything),
            _box(label("Day"), "find:day", days, query.day, anything),
            Node("checkbox", label("Only with seats left"), "free",
                 states=("checked",) if query.free else ()),
            _box(label("Book for"), "find:trip", trips, query.trip, "—"),
        ]  # fmt: skip

    def _found(self, session: Session, query: Query) -> list[int]:
        store, filters = session.store, query[:3]
        numbers = kept(session, ("search", *filters), lambda: _flights(store, *filters))
        if not query.free:
            return numbers
        return [number for number in numbers if Flight(store, number).economy_left]

    def _row(self, session: Session, number: int) -> Node:
        flight = Flight(session.store, number)
        hours, minutes = divmod(flight.timetable.minutes, 60)
        prices = (AMOUNT.show(flight.price(fare), session.store) for fare in FARES)
        texts = (flight.leaves, flight.lands, f"{hours}:{minutes:02d}", *prices,
                 f"{flight.economy_left} + {flight.business_left}")  # fmt: skip
        link = Node("link", str(flight), f"open:flight:{flight._id}")
        book = f"{session.lexicon.label('Book')} {flight}"
        return Node("row", children=(
            Node("cell", str(flight), children=(link,)),
            *(Node("cell", text) for text in texts),
            Node("cell", book, children=(Node("button", book, f"book:{flight._id}"),)),
        ))  # fmt: skip

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Takes in a filter, turns pages, or leaves for the form that books a flight.

        Raises:
            Refused: If the user's role may not plan trips; the notice already says so.
        """
        query = self._query(session)
        if verb == "find" and action.op == "select":
            session.remember(self.name, _chosen(query, rest[0], action.text, session.store))
        elif verb == "free" and action.op in ("check", "click"):
            session.remember(self.name, query._replace(free=not query.free, page=0))
        elif verb == "page":
            last = max(0, (len(self._found(session, query)) - 1) // PAGE)
            page = min(max(0, min(query.page, last) + int(rest[0])), last)
            session.remember(self.name, query._replace(page=page))
        elif verb == "book":
            self._book(session, query, int(rest[0]))

    def _book(self, session: Session, query: Query, number: int) -> None:
        chosen = Trip.every(session.store, number=query.trip, status="Draft")
        if not chosen:
            session.say("Choose the trip that the flight is booked for", alarmed=True)
            return
        session.require(Segment.type, number, "create")
        session.go(Route("form", Segment.type.name, 0, "create", chosen[0]._id))
        session.enter("flight", Flight.type.label(session.store, number))

    def _query(self, session: Session) -> Query:
        query: Query = session.memory.get(self.name, Query())
        return query


def _chosen(query: Query, field: str, shown: str, store: Store) -> Query:
    """Returns a query with what was chosen in one of its boxes."""
    offered = {"day": _days, "trip": _trips}.get(field, _airports)(store)
    value = next((value for value, text in offered.items() if text == shown), "")
    match field:
        case "origin":
            return query._replace(origin=value, page=0)
        case "destination":
            return query._replace(destination=value, page=0)
        case "day":
            return query._replace(day=value, page=0)
    return query._replace(trip=value)


def _airports(store: Store) -> dict[str, str]:
    """Returns what the boxes for airports offer: code, and how it is shown."""
    return {str(one): f"{one} {one.city}" for one in Airport.every(store)}


def _days(store: Store) -> dict[str, str]:
    """Returns the days on which flights on sale leave, with their weekday."""
    days = sorted({one.day for one in _on_sale(store).values()})
    return {day.isoformat(): f"{day.isoformat()} {day:%a}" for day in days}


class Offered(NamedTuple):
    """What the search looks at in a flight on sale; the airports by number."""

    departs: dt.datetime
    day: dt.date
    origin: int
    destination: int


def _on_sale(store: Store) -> Mapping[int, Offered]:
    """Returns the flights on sale, by number."""

    def tell(flight: Flight) -> Offered | None:
        if not flight.on_sale:
            return None
        return Offered(flight.departs, flight.day, flight.origin._id, flight.destination._id)

    return survey(store, Flight, "on sale", tell)


def _trips(store: Store) -> dict[str, str]:
    """Returns the drafts that a flight can be booked for, with their traveller."""
    return {str(trip): f"{trip} {trip.traveller}" for trip in Trip.every(store, status="Draft")}


def _flights(store: Store, origin: str, destination: str, day: str) -> list[int]:
    """Returns the numbers of the flights on sale that fit, the earliest first."""
    ends = [Airport.every(store, code=c)[0]._id if c else None for c in (origin, destination)]
    fitting = [
        (one.departs, number)
        for number, one in _on_sale(store).items()
        if ends[0] in (None, one.origin)
        and ends[1] in (None, one.destination)
        and day in ("", one.day.isoformat())
    ]
    return [number for _, number in sorted(fitting)]


def _box(label: str, ref: str, offered: Mapping[str, str], value: str, anything: str) -> Node:
    chosen = offered.get(value, anything)
    options = tuple(
        Node("option", text, states=("selected",) if text == chosen else ())
        for text in (anything, *offered.values())
    )
    return Node("combobox", label, ref, chosen, children=options)
