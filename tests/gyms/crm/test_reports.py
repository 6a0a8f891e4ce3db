"""The reports say what the records say."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import DUE, Case
from palaestra.gyms.crm.reports import CHANCES, EVERYBODY, REPORTS
from palaestra.gyms.crm.sales import STAGES, Opportunity
from palaestra.gyms.crm.users import User
from palaestra.kit import Store
from tests.gyms.crm.desk import a_deal, a_user, an_activity, app
from tests.gyms.office import run

BY_NAME = {report.name: report for report in REPORTS}


def lines(store: Store, name: str, **chosen: str) -> list[tuple[str, ...]]:
    """Returns a report's lines; choices that are not given stand on their first option."""
    report = BY_NAME[name]
    first = {label: options[0] for label, options in report.options(store).items()}
    return report.lines(store, {**first, **chosen})


def cents(text: str) -> int:
    return round(float(text.replace(",", "")) * 100)


def test_the_pipeline_by_stage_adds_up(store: Store) -> None:
    found = lines(store, "stages")
    assert [line[0] for line in found] == list(STAGES)
    open_ones = [one for one in Opportunity.every(store) if one.is_open()]
    assert sum(int(line[1]) for line in found) == len(open_ones)
    assert sum(cents(line[2]) for line in found) == sum(one.amount for one in open_ones) > 0


def test_the_pipeline_of_owners_is_that_of_everybody(store: Store) -> None:
    owners = BY_NAME["stages"].options(store)["Owner"]
    assert owners == (EVERYBODY, *(user.name for user in User.every(store, status="Active")))
    parts = [lines(store, "stages", Owner=owner) for owner in owners[1:]]
    for place, (_, count, amount) in enumerate(lines(store, "stages")):
        assert sum(int(part[place][1]) for part in parts) == int(count)
        assert sum(cents(part[place][2]) for part in parts) == cents(amount)


def test_the_forecast_is_by_month_and_by_chance(store: Store) -> None:
    deal = a_deal(store, 0)
    before = {line[0]: line for line in lines(store, "forecast")}
    run(deal, "update", close_on=dt.date(2031, 5, 6))
    after = {line[0]: line for line in lines(store, "forecast")}
    assert after.keys() - before.keys() == {"2031-05"}
    _, number, amount, likely = after["2031-05"]
    assert (number, cents(amount)) == ("1", deal.amount)
    assert cents(likely) == deal.amount * CHANCES["Prospecting"] // 100
    assert after[list(after)[-1]] == after["2031-05"]
    run(deal, "lose", reason="no decision")
    assert "2031-05" not in {line[0] for line in lines(store, "forecast")}


def test_the_forecast_of_territories_is_that_of_everywhere(store: Store) -> None:
    everywhere = sum(int(line[1]) for line in lines(store, "forecast"))
    territories = BY_NAME["forecast"].options(store)["Territory"][1:]
    found = [lines(store, "forecast", Territory=territory) for territory in territories]
    assert sum(int(line[1]) for part in found for line in part) == everywhere


def test_open_cases_are_counted_by_priority(store: Store) -> None:
    found = {line[0]: [int(text) for text in line[1:]] for line in lines(store, "open_cases")}
    assert list(found) == list(DUE)
    for priority, (*counts, whole, late) in found.items():
        cases = [case for case in Case.every(store, priority=priority) if case.is_open()]
        assert sum(counts) == whole == len(cases)
        assert late == sum(case.due_on < store.clock.today for case in cases)
    [case, *_] = [case for case in Case.every(store) if case.is_open()]
    case.opened_on -= dt.timedelta(days=40)
    assert sum(int(line[-1]) for line in lines(store, "open_cases")) >= 1


@pytest.mark.parametrize("week", ["This week", "Next week", "Last week"])
def test_a_week_lists_what_is_on_in_order(store: Store, week: str) -> None:
    found = lines(store, "week", Week=week)
    order = [line[:2] for line in found]
    assert order == sorted(order)
    monday = store.clock.today - dt.timedelta(days=store.clock.today.weekday())
    monday += dt.timedelta(weeks={"This week": 0, "Next week": 1, "Last week": -1}[week])
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    wanted = [a for a in Activity.every(store) if a.day in days and a.status != "Cancelled"]
    assert {line[2] for line in found} == {str(activity) for activity in wanted}


def test_a_week_of_one_owner(store: Store) -> None:
    owner = a_user(store)
    meeting = an_activity(store, owner=owner)
    found = lines(store, "week", Week="Next week", Owner=owner.name)
    assert [line[:3] for line in found] == [(str(meeting.day), "10:00", str(meeting))]
    run(meeting, "cancel")
    assert lines(store, "week", Week="Next week", Owner=owner.name) == []


def test_the_handbook_tells_the_chances_of_the_forecast() -> None:
    told = [line for line in app.handbook.splitlines() if line.startswith("The forecast")]
    assert len(told) == 1
    for stage, percent in CHANCES.items():
        assert re.search(rf"{percent} (percent of an amount )?in {stage}", told[0])
