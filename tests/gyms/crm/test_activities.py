"""The rules of activities, one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.gyms import crm
from palaestra.gyms.crm.activities import LENGTHS, TIMES, Activity
from palaestra.kit import Refused, Session, Store
from tests.gyms.crm.desk import a_user, an_activity, monday
from tests.gyms.office import broken, run


@pytest.mark.parametrize(
    ("time", "length", "fine"),
    [("09:00", "60 minutes", True), ("09:30", "60 minutes", False), ("10:30", "30 minutes", False),
     ("11:00", "30 minutes", True), ("08:00", "120 minutes", True),
     ("08:30", "120 minutes", False)],
)  # fmt: skip
def test_r18_meetings_of_one_owner_do_not_overlap(
    store: Store, time: str, length: str, fine: bool
) -> None:
    owner = a_user(store)
    first = an_activity(store, owner=owner)
    contact = first.contact
    if fine:
        an_activity(store, owner=owner, time=time, length=length, contact=contact)
        assert broken(store) == []
        return
    with pytest.raises(Refused, match=f"meeting {first} .*R18"):
        an_activity(store, owner=owner, time=time, length=length, contact=contact)
    an_activity(store, owner=owner, time=time, length=length, contact=contact, kind="Call")
    an_activity(store, owner=a_user(store), time=time, length=length, contact=contact)
    run(first, "cancel")
    an_activity(store, owner=owner, time=time, length=length, contact=contact)
    assert broken(store) == []


def test_r18_neither_moving_nor_handing_over_makes_meetings_overlap(store: Store) -> None:
    owner, other = a_user(store), a_user(store)
    first = an_activity(store, owner=owner)
    second = an_activity(store, owner=other)
    third = an_activity(store, owner=owner, time="14:00")
    for record, deed, values in (
        (third, "reschedule", {"day": first.day, "time": "10:30"}),
        (third, "update", {"time": "09:30"}),
        (second, "reassign", {"to": owner}),
        (other, "delegate", {"to": owner}),
    ):
        with pytest.raises(Refused, match="R18"):
            run(record, deed, **values)
    call = an_activity(store, owner=owner, kind="Call")
    with pytest.raises(Refused, match="R18"):
        run(call, "update", kind="Meeting")


@given(st.data())
def test_activities_overlap_where_they_share_a_minute(data: st.DataObject) -> None:
    store = Session(crm.app, seed=3).store
    one, other = Activity.every(store)[:2]
    for activity in (one, other):
        activity.time = data.draw(st.sampled_from(TIMES))
        activity.length = data.draw(st.sampled_from(sorted(LENGTHS)))
    shared = set(range(*one.span())) & set(range(*other.span()))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@pytest.mark.parametrize(
    ("days", "time", "fine"),
    [(4, "17:00", True), (4, "17:30", False), (5, "10:00", False), (6, "10:00", False)],
)
def test_r19_activities_are_on_working_days_and_over_by_six(
    store: Store, days: int, time: str, fine: bool
) -> None:
    day = monday(store) + dt.timedelta(days=days)
    if fine:
        an_activity(store, day=day, time=time)
        return
    with pytest.raises(Refused, match="R19"):
        an_activity(store, day=day, time=time)
    activity = an_activity(store)
    with pytest.raises(Refused, match="R19"):
        run(activity, "reschedule", day=day, time=time)


def test_r20_an_activity_is_not_concluded_before_its_day(store: Store) -> None:
    activity = an_activity(store)
    with pytest.raises(Refused, match="R20"):
        run(activity, "conclude", outcome="no answer")
    activity.day = store.clock.today
    run(activity, "conclude", outcome="no answer")
    assert (activity.status, activity.outcome) == ("Done", "no answer")


def test_r20_an_activity_is_not_rescheduled_into_the_past(store: Store) -> None:
    activity = an_activity(store)
    with pytest.raises(Refused, match="R20"):
        run(activity, "reschedule", day=store.clock.today - dt.timedelta(days=1), time="10:00")
    later = activity.day + dt.timedelta(days=1)
    run(activity, "reschedule", day=later, time="15:30")
    assert (activity.day, activity.time) == (later, "15:30")


@pytest.mark.parametrize("deed", ["conclude", "cancel"])
def test_r20_what_is_done_or_cancelled_is_not_changed(store: Store, deed: str) -> None:
    activity = an_activity(store)
    activity.day = store.clock.today
    run(activity, deed, **({"outcome": "no answer"} if deed == "conclude" else {}))
    with pytest.raises(Refused, match="R20"):
        run(activity, "update", subject="Other")
    assert not any(action.when(activity) for action in Activity.type.actions.values())
