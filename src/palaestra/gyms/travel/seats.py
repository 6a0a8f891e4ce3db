"""The seat map: the tickets whose seat can still be chosen, and the cabin of one of them."""

from __future__ import annotations

from palaestra.gyms.travel.network import CABINS, cabin
from palaestra.gyms.travel.segments import Segment
from palaestra.kit import Session
from palaestra.kit.blocks.selection import kept
from palaestra.kit.route import Route
from palaestra.types import Action, Command, Node

LETTERS = "ABCDEF"
PAGE = 8


class SeatMap:
    """A screen with a list of tickets, and the seats of the one that was picked as buttons.

    The ticket that was picked is in the Session's route, the page of the list in its memory.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
    """

    name = "seats"
    title = "Seat map"

    def begin(self, session: Session) -> None:
        """Picks the first ticket, unless one is picked already."""
        if not session.route.number:
            tickets = self._tickets(session)
            number = tickets[0] if tickets else 0
            session.route = Route(self.name, Segment.type.name, number)

    def _tickets(self, session: Session) -> list[int]:
        store = session.store
        return kept(
            session,
            (self.name, "tickets"),
            lambda: [one._id for one in Segment.every(store, status="Ticketed")],
        )

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the tickets, and the cabin of the one that was picked."""
        label, word, tickets = session.lexicon.label, session.lexicon.word, self._tickets(session)
        last = max(0, (len(tickets) - 1) // PAGE)
        page = min(session.memory.get(self.name, 0), last)
        items = tuple(
            self._item(session, Segment(session.store, one))
            for one in tickets[page * PAGE : (page + 1) * PAGE]
        )
        side = [Node("list", label(Segment.type.plural), children=items)]
        if last:
            off = ("disabled",)
            side += [
                Node("paragraph", word("page", page=page + 1, last=last + 1)),
                Node("button", word("previous"), "page:-1", states=() if page else off),
                Node("button", word("next"), "page:1", states=() if page < last else off),
            ]
        group = Node("group", label(Segment.type.plural), children=tuple(side))
        heading, number = Node("heading", label(self.title)), session.route.number
        if number not in tickets:
            return (heading, group)
        key = (self.name, "cabin")
        return (heading, group, kept(session, key, lambda: self._cabin(session), number))

    def _item(self, session: Session, ticket: Segment) -> Node:
        states = ("current",) if ticket._id == session.route.number else ()
        told = f"{ticket.flight}, {ticket.trip.traveller}, {ticket.seat or '—'}"
        link = Node("link", str(ticket), f"pick:{ticket._id}", states=states)
        return Node("listitem", children=(link, Node("paragraph", told)))

    def _cabin(self, session: Session) -> Node:
        """Draws flight and traveller of the ticket that was picked, and its cabin.

        A seat is a button: pressed where it is the traveller's own, disabled where it is taken.
        """
        lexicon, ticket = session.lexicon, Segment(session.store, session.route.number)
        name = cabin(ticket.fare_family)
        title = f"{lexicon.label(name)}, {ticket.flight}"
        header = tuple(Node("columnheader", text) for text in (lexicon.label("Row"), *LETTERS))
        occupied, seats = ticket.flight.occupied(), CABINS[name]
        rows = [Node("row", children=header)]
        for row in dict.fromkeys(seat[:-1] for seat in seats):
            cells = [Node("rowheader", row)]
            for letter in LETTERS:
                seat = f"{row}{letter}"
                if seat not in seats:
                    cells.append(Node("cell"))
                    continue
                button = self._seat(ticket, seat, taken=seat in occupied)
                cells.append(Node("cell", button.name, children=(button,)))
            rows.append(Node("row", children=tuple(cells)))
        link = Node("link", lexicon.titled(Segment.type, str(ticket)), f"open:segment:{ticket._id}")
        inside = (
            Node("heading", title),
            link,
            Node("paragraph", f"{lexicon.label('Traveller')}: {ticket.trip.traveller}"),
            Node("paragraph", f"{lexicon.label('Seat')}: {ticket.seat or '—'}"),
            Node("table", title, children=tuple(rows)),
        )
        return Node("region", title, children=inside)

    def _seat(self, ticket: Segment, seat: str, *, taken: bool) -> Node:
        states = ("pressed",) if seat == ticket.seat else ("disabled",) if taken else ()
        return Node("button", seat, f"seat:{seat}", states=states)

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Picks a ticket, turns pages, takes a free seat, or gives the own one up.

        Raises:
            Refused: If a rule forbids it; the notice already says so.
        """
        number = session.route.number
        if verb == "pick":
            session.route = session.route._replace(number=int(rest[0]))
        elif verb == "page":
            last = max(0, (len(self._tickets(session)) - 1) // PAGE)
            page = min(session.memory.get(self.name, 0), last) + int(rest[0])
            session.remember(self.name, min(max(0, page), last))
        elif verb == "seat":
            own = Segment(session.store, number).seat == rest[0]
            deed = Segment.type.actions["release_seat" if own else "assign_seat"]
            session.require(Segment.type, number, deed.name)
            values = () if own else (("seat", rest[0]),)
            session.attempt(Command(deed.name, Segment.type.name, number, values))
