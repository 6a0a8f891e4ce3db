"""Rows of records as Nodes, drawn once and kept until the record changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from palaestra.kit.column import Column
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.types import Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session

EMPTY = "—"


def columns(session: Session, kind: RecordType) -> tuple[Field, ...]:
    """Returns the columns of a record's table in the skin's order; the key comes first."""
    key = ("columns", kind.name)
    found: tuple[Field, ...] | None = session.drawn.get(key)
    if found is None:
        rest = tuple(
            f for f in kind.fields if f.listed and f is not kind.key and f is not kind.parent
        )
        found = session.drawn[key] = (kind.key, *session.skin.ordered(rest))
    return found


def row(session: Session, kind: RecordType, number: int) -> Node:
    """Draws one record as a row; the same object again while nothing it shows has changed."""
    drawn: Column[Node] | None = session.drawn.get(("rows", kind.index))
    if drawn is None:
        drawn = session.drawn[("rows", kind.index)] = Column(session.store, kind.index)
    return drawn.get(session.store, number, lambda: _row(session, kind, number))


def _row(session: Session, kind: RecordType, number: int) -> Node:
    cells = []
    for field in columns(session, kind):
        shown = session.shown(kind, number, field) or EMPTY
        if field is kind.key and session.skin.opener == "link":
            cells.append(
                Node("cell", shown, children=(Node("link", shown, f"open:{kind.name}:{number}"),))
            )
        else:
            cells.append(Node("cell", shown))
    if session.skin.opener == "button":
        word = session.lexicon.word("open")
        cells.append(
            Node("cell", word, children=(Node("button", word, f"open:{kind.name}:{number}"),))
        )
    return Node("row", children=tuple(cells))


def table(session: Session, kind: RecordType, header: Node, numbers: Sequence[int]) -> Node:
    """Draws a table of records under a header row."""
    return Node(
        "table",
        session.lexicon.label(kind.plural),
        children=(header, *[row(session, kind, number) for number in numbers]),
    )


def plain_header(session: Session, kind: RecordType) -> Node:
    """Draws a header row without sort buttons."""
    names = [session.lexicon.label(field.label) for field in columns(session, kind)]
    if session.skin.opener == "button":
        names.append(session.lexicon.word("actions"))
    return Node("row", children=tuple(Node("columnheader", name) for name in names))
