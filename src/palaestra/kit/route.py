"""Where a Session is: which screen, of which record."""

from __future__ import annotations

from typing import NamedTuple


class Route(NamedTuple):
    """One place in an application.

    Attributes:
        screen: Key of the screen ("list", "detail", "form", "confirm", "history",
            "handbook").
        record: Name of the record type.
        number: The record; 0 where there is none yet or none in particular.
        verb: What a form or question is for: "create", "update", "delete" or an action's name.
        owner: For a new part: the number of the record it will belong to.
    """

    screen: str
    record: str = ""
    number: int = 0
    verb: str = ""
    owner: int = 0


class Listing(NamedTuple):
    """How a list is being looked at.

    Attributes:
        query: Text in the search box.
        sort: Field it is sorted by; "" for the order of creation.
        descending: Direction of the sort.
        page: Page shown, from 0; in a list that grows, the last page that is shown.
        filters: (field, value) pairs that rows must have, as text.
    """

    query: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 0
    filters: tuple[tuple[str, str], ...] = ()
