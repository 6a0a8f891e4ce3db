"""Records by the day they are on: a month as a table, and a single day as a list."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from palaestra.errors import GymError
from palaestra.kit.blocks.selection import Selection, field_of, kept
from palaestra.kit.fields import Field
from palaestra.kit.record import Record
from palaestra.types import Action, Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session

MOST_IN_A_CELL = 3
FIRST_YEAR, LAST_YEAR = 1900, 2200
DAYLIKE = ("date", "moment")


class Looked(NamedTuple):
    """What a calendar shows.

    Attributes:
        day: A day of the month that is shown.
        alone: Whether only that day is shown.
    """

    day: dt.date
    alone: bool = False


class Calendar:
    """A screen that shows one month, beginning with the one that the clock is in.

    Attributes:
        name: Word for it in refs.
        title: Its heading, and its name in the navigation.
    """

    def __init__(
        self,
        name: str,
        *,
        title: str,
        record: type[Record],
        day: str,
        shows: Sequence[str] = (),
        where: Callable[[Any], bool] | None = None,
    ) -> None:
        """Makes a calendar.

        Args:
            name: Word for it in refs, unique in the application.
            title: Its heading, and its name in the navigation.
            record: What stands on the days.
            day: The date (or moment) that says on which.
            shows: Fields that name a record here; what it is called where they are left out.
            where: Which records are shown; all where it is left out.

        Raises:
            GymError: If `day` is no date.
        """
        self.name, self.title = name, title
        self._selection = Selection(record, shows, where)
        self._day = field_of(record.type, day)
        if _shown_as(self._day).kind not in DAYLIKE:
            raise GymError(f"{title}: {day!r} is not a date")

    def draw(self, session: Session) -> tuple[Node, ...]:
        """Draws the month as a table, or the one day that was asked for."""
        looked = self._looked(session)
        return self._one(session, looked.day) if looked.alone else self._month(session, looked.day)

    def _month(self, session: Session, day: dt.date) -> tuple[Node, ...]:
        word = session.lexicon.word
        heading = f"{session.lexicon.months()[day.month - 1]} {day.year}"
        today = session.store.today
        here = (day.year, day.month) == (today.year, today.month)
        key = ("calendar", self.name, day.year, day.month)
        table = kept(session, key, lambda: self._table(session, day, heading))
        return (
            Node("heading", session.lexicon.label(self.title)),
            Node("button", word("earlier"), "month:-1"),
            Node("button", word("this_month"), "month:0", states=("disabled",) if here else ()),
            Node("button", word("later"), "month:1"),
            Node("heading", heading),
            table,
        )

    def _table(self, session: Session, day: dt.date, heading: str) -> Node:
        today = session.store.today
        names = session.lexicon.weekdays()
        rows = [Node("row", children=tuple(Node("columnheader", name) for name in names))]
        for week in calendar.Calendar().monthdatescalendar(day.year, day.month):
            cells = (
                self._cell(session, one, self._on(session, one), one == today)
                if one.month == day.month
                else Node("cell")
                for one in week
            )
            rows.append(Node("row", children=tuple(cells)))
        return Node("table", heading, children=tuple(rows))

    def _cell(self, session: Session, day: dt.date, numbers: list[int], today: bool) -> Node:
        shown = numbers if len(numbers) <= MOST_IN_A_CELL else numbers[: MOST_IN_A_CELL - 1]
        links = [self._item(session, number) for number in shown]
        if len(shown) < len(numbers):
            others = session.lexicon.word("others", n=len(numbers) - len(shown))
            links.append(Node("link", others, f"day:{day}"))
        name = " ".join([str(day.day), *(link.name for link in links)])
        return Node("cell", name, states=("current",) if today else (), children=tuple(links))

    def _one(self, session: Session, day: dt.date) -> tuple[Node, ...]:
        word = session.lexicon.word
        heading = f"{day.day} {session.lexicon.months()[day.month - 1]} {day.year}"
        numbers = self._on(session, day)
        items = tuple(
            Node("listitem", children=(self._item(session, number),)) for number in numbers
        )
        one = dt.timedelta(days=1)
        return (
            Node("heading", session.lexicon.label(self.title)),
            Node("button", word("day_earlier"), f"day:{day - one}"),
            Node("button", word("whole_month"), "month:here"),
            Node("button", word("day_later"), f"day:{day + one}"),
            Node("heading", heading),
            Node("list", heading, children=items),
        )

    def _item(self, session: Session, number: int) -> Node:
        return self._selection.link(
            session, number, ", ".join(self._selection.values(session, number))
        )

    def _on(self, session: Session, day: dt.date) -> list[int]:
        """Returns the numbers of the records of one day."""
        if self._day.stored and self._day.kind == "date":
            return list(self._selection.having(session, self._day, day))
        return self._days(session).get(day, [])

    def _days(self, session: Session) -> dict[dt.date, list[int]]:
        """Returns the numbers of the records by day."""
        return kept(session, ("calendar", self.name), lambda: self._by_day(session))

    def _by_day(self, session: Session) -> dict[dt.date, list[int]]:
        days = dict[dt.date, list[int]]()
        told = self._selection.told_of_all(
            session, self._day.name, lambda one: one.type.shown(session.store, one._id, self._day)
        )
        for number, shown in sorted(told.items()):
            days.setdefault(dt.date.fromisoformat(shown[:10]), []).append(number)
        if _shown_as(self._day).kind == "moment":
            for numbers in days.values():
                numbers.sort(key=told.__getitem__)
        return days

    def on(self, session: Session, action: Action, verb: str, rest: list[str]) -> None:
        """Goes to another month or day."""
        looked = self._looked(session)
        if verb == "day":
            session.remember(self.name, Looked(dt.date.fromisoformat(rest[0]), alone=True))
        elif verb == "month":
            session.remember(self.name, Looked(_month_from(session, looked.day, rest[0])))

    def _looked(self, session: Session) -> Looked:
        looked: Looked = session.memory.get(self.name, Looked(session.store.today))
        return looked


def _month_from(session: Session, day: dt.date, step: str) -> dt.date:
    """Returns a day of the month that a button leads to."""
    if step == "here":
        return day
    if step == "0":
        return session.store.today
    months = day.year * 12 + day.month - 1 + int(step)
    months = min(max(months, FIRST_YEAR * 12), LAST_YEAR * 12)
    return dt.date(months // 12, months % 12 + 1, 1)


def _shown_as(field: Field) -> Field:
    """Returns the field that says how a value looks: of a derived one, what it is shown as."""
    shown_as: Field = getattr(field, "shown_as", field)
    return shown_as
