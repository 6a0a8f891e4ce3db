"""The list of a record type: search, sort, pages, and the way to a new record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from palaestra.kit.record import RecordType
from palaestra.kit.route import Listing, Route
from palaestra.kit.screens.table import columns, row, table
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


def draw(session: Session) -> tuple[Node, ...]:
    """Draws heading, search box, new button, table, count and pages."""
    kind, skin = session.kind(), session.skin
    listing = session.listing(kind.name)
    numbers = found(session, kind, listing)
    last = _last_page(session, numbers)
    page = min(listing.page, last)
    shown = numbers[page * skin.page_size : (page + 1) * skin.page_size]
    new = Node("button", f"{skin.word('new')} {kind.noun}", f"new:{kind.name}")
    return (
        Node("heading", kind.plural),
        Node("searchbox", f"{skin.word('search')} {kind.plural.lower()}", "search", listing.query),
        *([new] if kind.form_fields else ()),
        table(session, kind, _header(session, kind, listing), shown),
        Node(
            "paragraph", f"{len(numbers)} {kind.noun if len(numbers) == 1 else kind.plural.lower()}"
        ),
        Node("paragraph", f"Page {page + 1} of {last + 1}"),
        Node("button", skin.word("previous"), "page:-1", states=() if page else ("disabled",)),
        Node("button", skin.word("next"), "page:1", states=() if page < last else ("disabled",)),
    )


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Searches, sorts, turns pages, or leaves for a record or a new one."""
    kind = session.kind()
    listing = session.listing(kind.name)
    if verb == "search" and action.op == "fill":
        session.look(kind.name, Listing(action.text, listing.sort, listing.descending))
    elif verb == "sort":
        field = rest[0]
        down = listing.sort == field and not listing.descending
        session.look(kind.name, Listing(listing.query, field, down))
    elif verb == "page":
        shown = min(listing.page, _last_page(session, found(session, kind, listing)))
        session.look(kind.name, listing._replace(page=max(0, shown + int(rest[0]))))
    elif verb == "new":
        session.require(kind, 0, "create")
        session.go(Route("form", kind.name, 0, "create"))


def found(session: Session, kind: RecordType, listing: Listing) -> Sequence[int]:
    """Returns the numbers of the records that the search leaves, sorted."""
    if not listing.query.strip() and not listing.sort:
        return session.store.numbers(kind.index)
    key = ("found", kind.index)
    wanted = (session.store.state, listing.query, listing.sort, listing.descending)
    kept = session.drawn.get(key)
    if kept is not None and kept[0] == wanted:
        numbers: list[int] = kept[1]
        return numbers
    store = session.store
    numbers = list(store.numbers(kind.index))
    if needle := listing.query.strip().casefold():
        numbers = [n for n in numbers if needle in _text(session, kind, n)]
    if listing.sort:
        field = next(f for f in kind.fields if f.name == listing.sort)
        values = {
            n: getattr(kind.cls(store, n), field.name)
            if not field.stored
            else store.row(kind.index, n)[field.position]
            for n in numbers
        }
        numbers.sort(key=lambda n: field.sort_key(values[n], store), reverse=listing.descending)
    session.drawn[key] = (wanted, numbers)
    return numbers


def _last_page(session: Session, numbers: Sequence[int]) -> int:
    return max(0, (len(numbers) - 1) // session.skin.page_size)


def _text(session: Session, kind: RecordType, number: int) -> str:
    return "\n".join(cell.name for cell in row(session, kind, number).children).casefold()


def _header(session: Session, kind: RecordType, listing: Listing) -> Node:
    key = ("header", kind.index, listing.sort, listing.descending)
    header: Node | None = session.drawn.get(key)
    if header is None:
        direction = ("descending",) if listing.descending else ("ascending",)
        cells = [
            Node(
                "columnheader",
                field.label,
                states=direction if field.name == listing.sort else (),
                children=(Node("button", field.label, f"sort:{field.name}"),),
            )
            for field in columns(session, kind)
        ]
        if session.skin.opener == "button":
            cells.append(Node("columnheader", "Actions"))
        header = session.drawn[key] = Node("row", children=tuple(cells))
    return header
