from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import GymError, Refused
from palaestra.kit import App, Record, Session, Store, action, derived, local, moment, text
from palaestra.kit.clock import Clock
from palaestra.kit.fields import read_moment
from palaestra.types import Action
from tests.kit.fields.made import named

app = App("visits", title="Visits", zone="Europe/Berlin")


@app.record(key="who", seeds=(4, 4))
class Visit(Record):
    who: str = text("person")
    at: dt.datetime = moment(past=2, ahead=5)
    there: str = derived(lambda visit: local(visit.at, "Asia/Tokyo"), shown_as=text())
    asked: dt.datetime = moment(default="now", label="Asked")
    left: dt.datetime | None = moment(editable=False, required=False)

    @action("Leave")
    def leave(self) -> None:
        self.left = self.now + dt.timedelta(hours=2)


STORE = Session(app, 3).store
AT = Visit.at


@pytest.mark.parametrize(
    "typed",
    ["2026-03-31 14:30", "2026-03-31T14:30", "31 March 2026, 2:30 pm", "March 31, 2026 at 14:30",
     "2026-03-31 14:30 +02:00", "2026-03-31 14:30 Europe/Berlin", "31 Mar 2026 2:30 P.M."],
)  # fmt: skip
def test_a_moment_is_typed_in_the_zone_of_the_application(typed: str) -> None:
    at = AT.parse(typed, STORE)
    assert at == dt.datetime(2026, 3, 31, 12, 30, tzinfo=dt.UTC)
    assert repr(at).endswith("tzinfo=datetime.timezone.utc)")
    assert AT.show(at, STORE) == "2026-03-31 14:30"


@pytest.mark.parametrize(
    "typed",
    ["2026-03-31", "14:30", "2026-03-31 24:00", "2026-03-31 14:60", "2026-03-31 13:00 pm",
     "2026-03-31 0:30 am", "2026-02-30 10:00", "3/4/2026 10:00", "2026-03-31 14:30 Asia/Tokyo"],
)  # fmt: skip
def test_what_is_no_time_of_a_day_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="must be a date and time like 2026-03-31 14:30"):
        AT.parse(typed, STORE)


@pytest.mark.parametrize(
    "typed", ["2026-03-29 02:30", "2026-03-31 14:30 +05:00", "0001-01-01 00:00"]
)
def test_a_time_that_no_clock_shows_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no such time"):
        AT.parse(typed, STORE)


def test_a_time_that_comes_twice_needs_its_offset() -> None:
    with pytest.raises(
        Refused, match=r"twice; say 2026-10-25 02:30 \+02:00 or 2026-10-25 02:30 \+"
    ):
        AT.parse("2026-10-25 02:30", STORE)
    first = AT.parse("2026-10-25 02:30 +02:00", STORE)
    second = AT.parse("2026-10-25 02:30 +01:00", STORE)
    assert second - first == dt.timedelta(hours=1)
    assert AT.show(second, STORE) == "2026-10-25 02:30 +01:00"


@given(st.integers(0, 366 * 24 * 60))
def test_order_is_that_of_time_and_not_of_the_clock_on_the_wall(minute: int) -> None:
    one = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
    later = one + dt.timedelta(minutes=1)
    assert AT.sort_key(None, STORE) < AT.sort_key(one, STORE) < AT.sort_key(later, STORE)
    for at in (one, later):
        assert AT.parse(AT.show(at, STORE), STORE) == at


def test_a_field_in_another_zone_says_so() -> None:
    field = named(moment(zone="Asia/Tokyo"))
    at = dt.datetime(2026, 3, 31, 12, 30, tzinfo=dt.UTC)
    assert field.show(at, STORE) == "2026-03-31 21:30 Asia/Tokyo"
    assert field.parse("2026-03-31 21:30", STORE) == at
    assert field.parse(field.show(at, STORE), STORE) == at


def test_a_record_tells_it_as_the_clock_hangs_there() -> None:
    session = Session(app, 3)
    session.dispatch(Action("click", "open:visit:1"))
    at = Visit(session.store, 1).at
    rows = [node.children for node in session.screen().walk() if node.role == "row"]
    [there] = [cell.name for head, cell in rows if head.name == "There"]
    assert there == local(at, "Asia/Tokyo") != local(at, "Europe/Berlin")


def test_now_is_the_virtual_clock_in_its_zone() -> None:
    store = Store(app, Clock(dt.date(2026, 7, 1)), Session(app).start)
    visit = Visit(store, 1)
    assert visit.now == dt.datetime(2026, 7, 1, 7, 0, tzinfo=dt.UTC)
    store.clock = store.clock.after(13)
    visit.leave()
    assert visit.left == dt.datetime(2026, 7, 1, 9, 1, tzinfo=dt.UTC)
    assert Visit.type.shown(store, 1, Visit.left) == "2026-07-01 11:01"
    assert Visit.asked.initial(store) == dt.datetime(2026, 7, 1, 7, 1, tzinfo=dt.UTC)
    assert Visit.every(store, left=visit.left) == [visit]


def test_made_up_visits_fall_into_office_hours() -> None:
    for seed in range(20):
        for visit in Visit.every(Session(app, seed).store):
            day, clock = AT.show(visit.at, visit._store).split()
            assert "08:00" <= clock < "18:00"
            assert abs((dt.date.fromisoformat(day) - visit.today).days) <= 5


@pytest.mark.parametrize(
    "value", [dt.datetime(2026, 1, 1), dt.date(2026, 1, 1), "2026-01-01 10:00"]
)
def test_a_rule_gives_a_moment_with_its_zone(value: object) -> None:
    with pytest.raises(GymError, match="takes a moment with its zone"):
        Visit(STORE.fork(), 1).left = value  # type: ignore[assignment]


def test_a_zone_that_does_not_exist_is_the_authors_mistake() -> None:
    field = named(moment(zone="Europe/Atlantis"))
    with pytest.raises(GymError, match="no time zone"):
        field.parse("2026-03-31 21:30", STORE)
    with pytest.raises(GymError, match="no time zone"):
        field.show(Visit(STORE, 1).at, STORE)


def test_reading_says_what_was_said_of_the_zone() -> None:
    wall = dt.datetime(2026, 3, 31, 14, 30)
    assert read_moment("2026-03-31 14:30") == (wall, "", "")
    told = read_moment("2026-03-31 2:30 pm +02:00 Europe/Berlin")
    assert told == (wall, "+02:00", "Europe/Berlin")
    assert read_moment("x" * 1_000_000) is None


def test_zones_are_loaded_when_a_moment_is_met() -> None:
    code = "import sys, palaestra.kit, palaestra.gyms; assert 'whenever' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
