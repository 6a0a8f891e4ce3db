"""A calendar shows a month with each record on its day, and a day where it does not fit."""

from __future__ import annotations

import calendar as months
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import GymError
from palaestra.kit import App, Record, Session, date, derived, moment, text
from palaestra.kit.blocks import Calendar
from palaestra.types import Action, Node
from tests.apps import Deal, agency

TODAY = Session(agency, 1).store.clock.today


@pytest.fixture
def session() -> Session:
    session = Session(agency, 1)
    session.dispatch(Action("click", "nav:closing"))
    return session


def table(session: Session) -> Node:
    return next(node for node in session.screen().walk() if node.role == "table")


def days(session: Session) -> dict[str, Node]:
    cells = (cell for row in table(session).children[1:] for cell in row.children)
    return {cell.name.split()[0]: cell for cell in cells if cell.name}


def close_on(session: Session, day: dt.date, many: int) -> None:
    for place, deal in enumerate(Deal.every(session.store)):
        deal.closes_on = day if place < many else day - dt.timedelta(days=400)


def test_it_begins_with_this_month_and_marks_today(session: Session) -> None:
    assert table(session).name == f"{TODAY:%B %Y}"
    marked = [name for name, cell in days(session).items() if "current" in cell.states]
    assert marked == [str(TODAY.day)]


def test_every_record_of_the_month_is_on_its_day(session: Session) -> None:
    for name, cell in days(session).items():
        day = TODAY.replace(day=int(name))
        wanted = [f"open:deal:{d._id}" for d in Deal.every(session.store, closes_on=day)]
        links = [link.ref for link in cell.children]
        assert links == (wanted if len(wanted) <= 3 else [*wanted[:2], f"day:{day}"])


@given(st.integers(-30, 30))
def test_any_month_has_its_days_under_their_weekdays(months_away: int) -> None:
    session = Session(agency, 1)
    session.dispatch(Action("click", "nav:closing"))
    for _ in range(abs(months_away)):
        session.dispatch(Action("click", f"month:{1 if months_away > 0 else -1}"))
    count = TODAY.year * 12 + TODAY.month - 1 + months_away
    year, month = count // 12, count % 12 + 1
    head, *weeks = table(session).children
    assert [cell.name for cell in head.children] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]
    names = [[cell.name.split()[0] if cell.name else "" for cell in w.children] for w in weeks]
    wanted = months.Calendar().monthdayscalendar(year, month)
    assert names == [[str(day) if day else "" for day in week] for week in wanted]


def test_a_day_with_too_many_leads_to_all_of_them(session: Session) -> None:
    close_on(session, TODAY, 5)
    session.dispatch(Action("click", "month:1"))
    session.dispatch(Action("click", "month:0"))
    cell = days(session)[str(TODAY.day)]
    assert [link.name for link in cell.children][-1] == "+3 more"
    assert cell.name == " ".join([str(TODAY.day), *(link.name for link in cell.children)])
    session.dispatch(Action("click", f"day:{TODAY}"))
    links = [ref for ref in session.targets() if ref.startswith("open:deal:")]
    assert len(links) == 5
    session.dispatch(Action("click", f"day:{TODAY + dt.timedelta(days=1)}"))
    assert not [ref for ref in session.targets() if ref.startswith("open:deal:")]
    session.dispatch(Action("click", "month:here"))
    assert "month:1" in session.targets()


def test_three_fit_into_a_cell(session: Session) -> None:
    close_on(session, TODAY, 3)
    session.dispatch(Action("click", "month:1"))
    session.dispatch(Action("click", "month:0"))
    assert [link.ref for link in days(session)[str(TODAY.day)].children] == [
        "open:deal:1", "open:deal:2", "open:deal:3",
    ]  # fmt: skip


def test_moments_stand_on_the_day_of_the_wall_clock_in_their_order() -> None:
    app = App("desk", title="Desk")

    @app.record(key="what", seeds=(0, 0))
    class Meeting(Record):
        what: str = text("phrase")
        at: dt.datetime = moment(past=1, zone="Asia/Tokyo")

    app.add(Calendar("meetings", title="Meetings", record=Meeting, day="at"))
    session = Session(app, 1)
    day = session.store.clock.today
    late = dt.datetime(day.year, day.month, 9, 16, 0, tzinfo=dt.UTC)  # the 10th in Tokyo
    Meeting.make(session.store, what="second", at=late)
    Meeting.make(session.store, what="first", at=late - dt.timedelta(minutes=30))
    session.dispatch(Action("click", "nav:meetings"))
    assert days(session)["10"].name == "10 first second"


def test_without_a_date_there_is_no_calendar() -> None:
    with pytest.raises(GymError, match="not a date"):
        Calendar("c", title="C", record=Deal, day="amount")


def test_a_date_that_is_derived_will_do() -> None:
    app = App("desk", title="Desk")

    @app.record(key="name", seeds=(1, 1))
    class Bill(Record):
        name: str = text("word")
        due = derived(lambda bill: bill.today, shown_as=date())

    app.add(Calendar("due", title="Due", record=Bill, day="due"))
    session = Session(app, 1)
    session.dispatch(Action("click", "nav:due"))
    today = str(session.store.clock.today.day)
    assert [link.ref for link in days(session)[today].children] == ["open:bill:1"]
