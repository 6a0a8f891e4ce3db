"""The rules of cases, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.crm.cases import DUE, EXTENDED, REOPENED, Case, CaseNote
from palaestra.kit import Refused, Store
from tests.gyms.crm.desk import a_case, a_user
from tests.gyms.office import broken, enter, run


def resolved(store: Store, priority: str = "Normal") -> Case:
    case = a_case(store, priority)
    run(case, "allocate", to=a_user(store, "Support"))
    run(case, "resolve", how="sent a new device")
    return case


@pytest.mark.parametrize("priority", DUE)
def test_r21_only_urgent_cases_are_escalated_and_stay_so(store: Store, priority: str) -> None:
    boss = a_user(store)
    case = a_case(store, priority)
    if priority in ("Low", "Normal"):
        with pytest.raises(Refused, match="R21"):
            run(case, "escalate", to=boss, reason="third complaint")
        return
    with pytest.raises(Refused, match="R21"):
        run(case, "escalate", to=a_user(store, "Support"), reason="third complaint")
    run(case, "escalate", to=boss, reason="third complaint")
    assert (case.status, case.owner, case.escalated_for) == ("Escalated", boss, "third complaint")
    for deed in (
        lambda: run(case, "update", priority="Low"),
        lambda: run(case, "allocate", to=a_user(store, "Support")),
        lambda: run(boss, "delegate", to=a_user(store, "Support")),
        lambda: run(boss, "update", role="Support"),
    ):
        with pytest.raises(Refused, match="R21"):
            deed()
    run(case, "allocate", to=a_user(store))
    assert broken(store) == []


@pytest.mark.parametrize(("priority", "days"), DUE.items())
def test_r22_cases_are_due_by_priority(store: Store, priority: str, days: int) -> None:
    case = a_case(store, priority)
    assert case.due_on == store.clock.today + dt.timedelta(days=days)
    run(case, "update", priority="Low")
    assert case.due_on == store.clock.today + dt.timedelta(days=14)


def test_r22_a_case_is_prolonged_by_ten_days_in_all(store: Store) -> None:
    case = a_case(store, "High")
    run(case, "prolong", days=EXTENDED - 3)
    assert case.due_on == store.clock.today + dt.timedelta(days=3 + EXTENDED - 3)
    with pytest.raises(Refused, match="R22"):
        run(case, "prolong", days=4)
    run(case, "prolong", days=3)
    with pytest.raises(Refused, match="R22"):
        run(case, "update", priority="Critical")
    with pytest.raises(Refused, match="R22"):
        run(a_case(store, "Critical"), "prolong", days=1)
    assert broken(store) == []


def test_r23_a_case_is_resolved_by_somebody(store: Store) -> None:
    case = a_case(store)
    with pytest.raises(Refused, match="R23"):
        run(case, "resolve", how="sent a new device")
    run(case, "allocate", to=a_user(store, "Support"))
    assert case.status == "In progress"
    run(case, "resolve", how="sent a new device")
    assert (case.status, case.resolved_on) == ("Resolved", store.clock.today)


def test_r23_a_critical_case_needs_a_note(store: Store) -> None:
    case = a_case(store, "Critical")
    run(case, "allocate", to=a_user(store))
    with pytest.raises(Refused, match="R23"):
        run(case, "resolve", how="sent a new device")
    enter(store, CaseNote, case=case, body="It was the cable.", internal=True)
    run(case, "resolve", how="sent a new device")


def test_r24_resolved_cases_are_not_changed(store: Store) -> None:
    case = a_case(store)
    note = enter(store, CaseNote, case=case, body="It was the cable.", internal=False)
    run(case, "allocate", to=a_user(store))
    run(case, "resolve", how="sent a new device")
    for record, deed, values in (
        (case, "update", {"priority": "Low"}),
        (case, "delete", {}),
        (note, "update", {"body": "No."}),
        (note, "delete", {}),
    ):
        with pytest.raises(Refused, match="R24"):
            run(record, deed, **values)


@pytest.mark.parametrize(("days", "fine"), [(REOPENED, True), (REOPENED + 1, False)])
def test_r24_resolved_cases_are_reopened_for_a_while(store: Store, days: int, fine: bool) -> None:
    case = resolved(store)
    case.opened_on = case.resolved_on = store.clock.today - dt.timedelta(days=days)
    if fine:
        run(case, "reopen")
        assert (case.status, case.resolution, case.resolved_on) == ("In progress", None, None)
    else:
        with pytest.raises(Refused, match="R24"):
            run(case, "reopen")
    assert broken(store) == []


def test_r5_a_case_of_somebody_out_of_use_is_not_reopened(store: Store) -> None:
    case = resolved(store)
    run(case.contact, "deactivate")
    with pytest.raises(Refused, match="R5"):
        run(case, "reopen")


def test_r1_what_is_reopened_belongs_to_an_active_user(store: Store) -> None:
    case = resolved(store)
    run(case.owner, "deactivate")
    with pytest.raises(Refused, match="R1"):
        run(case, "reopen")
