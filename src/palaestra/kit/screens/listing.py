"""The list of a record type: search, filters, sort, pages, and the way to a new record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.kit.route import Listing, Route
from palaestra.kit.screens.inputs import raw
from palaestra.kit.screens.search import found
from palaestra.kit.screens.table import columns, table
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session


def draw(session: Session) -> tuple[Node, ...]:
    """Draws heading, search box, filters, new button, table, count, and how the list goes on."""
    kind, skin, lexicon = session.kind(), session.skin, session.lexicon
    listing = session.listing(kind.name)
    numbers = found(session, kind, listing)
    last = _last_page(session, numbers)
    page = min(listing.page, last)
    begin = page * skin.page_size if skin.lists == "pages" else 0
    shown = numbers[begin : (page + 1) * skin.page_size]
    search = lexicon.word("search", plural=lexicon.plural(kind))
    nodes = [
        Node("heading", lexicon.label(kind.plural)),
        Node("searchbox", search, "search", listing.query),
        *(_filter(session, field, listing) for field in filtered(session, kind)),
    ]
    if kind.form_fields:
        new = lexicon.word("new", noun=lexicon.noun(kind))
        nodes.append(Node("button", new, f"new:{kind.name}"))
    rows = table(session, kind, _header(session, kind, listing), shown)
    if skin.lists == "scroll":
        rows = Node("region", lexicon.label(kind.plural), "rows", children=(rows,))
    nodes.append(rows)
    counted = lexicon.word("count", n=len(numbers), things=lexicon.things(kind, len(numbers)))
    nodes.append(Node("paragraph", counted))
    if skin.lists == "pages":
        off = ("disabled",)
        return (
            *nodes,
            Node("paragraph", lexicon.word("page", page=page + 1, last=last + 1)),
            Node("button", lexicon.word("previous"), "page:-1", states=() if page else off),
            Node("button", lexicon.word("next"), "page:1", states=() if page < last else off),
        )
    if len(shown) < len(numbers):
        nodes.append(Node("paragraph", lexicon.word("part", shown=len(shown))))
        if skin.lists == "more":
            nodes.append(Node("button", lexicon.word("more"), "page:1"))
    return tuple(nodes)


def on(session: Session, action: Action, verb: str, rest: list[str]) -> None:
    """Searches, filters, sorts, goes on, or leaves for a new record."""
    kind = session.kind()
    listing = session.listing(kind.name)
    if verb == "search" and action.op == "fill":
        session.look(kind.name, listing._replace(query=action.text, page=0))
    elif verb == "filter" and action.op == "select":
        field = next(f for f in filtered(session, kind) if f.name == rest[0])
        others = tuple(pair for pair in listing.filters if pair[0] != field.name)
        wanted = raw(session, field, action.text)
        chosen = () if wanted not in field.options(session.store) else ((field.name, wanted),)
        session.look(kind.name, listing._replace(filters=others + chosen, page=0))
    elif verb == "sort":
        down = listing.sort == rest[0] and not listing.descending
        session.look(kind.name, listing._replace(sort=rest[0], descending=down, page=0))
    elif verb in ("page", "rows"):
        step = int(rest[0]) if rest else 1
        last = _last_page(session, found(session, kind, listing))
        page = min(max(0, min(listing.page, last) + step), last)
        session.look(kind.name, listing._replace(page=page))
    elif verb == "new":
        session.require(kind, 0, "create")
        session.go(Route("form", kind.name, 0, "create"))


def filtered(session: Session, kind: RecordType) -> list[Field]:
    """Returns the fields that this skin has a filter for."""
    fields = [f for f in kind.fields if f.listed and f.kind == "choice"]
    return fields[: session.skin.filters]


def _filter(session: Session, field: Field, listing: Listing) -> Node:
    """Draws a box that keeps only the rows with one value."""
    lexicon = session.lexicon
    everything = lexicon.word("all")
    wanted = dict(listing.filters).get(field.name)
    shown = everything if wanted is None else lexicon.shown(field, wanted)
    names = [everything, *(lexicon.shown(field, name) for name in field.options(session.store))]
    options = tuple(
        Node("option", name, states=("selected",) if name == shown else ()) for name in names
    )
    return Node("combobox", lexicon.label(field.label), f"filter:{field.name}", shown, (), options)


def _last_page(session: Session, numbers: Sequence[int]) -> int:
    return max(0, (len(numbers) - 1) // session.skin.page_size)


def _header(session: Session, kind: RecordType, listing: Listing) -> Node:
    key = ("header", kind.index, listing.sort, listing.descending)
    header: Node | None = session.drawn.get(key)
    if header is None:
        direction = ("descending",) if listing.descending else ("ascending",)
        cells = [
            Node(
                "columnheader",
                session.lexicon.label(field.label),
                states=direction if field.name == listing.sort else (),
                children=(
                    Node("button", session.lexicon.label(field.label), f"sort:{field.name}"),
                ),
            )
            for field in columns(session, kind)
        ]
        if session.skin.opener == "button":
            cells.append(Node("columnheader", session.lexicon.word("actions")))
        header = session.drawn[key] = Node("row", children=tuple(cells))
    return header
