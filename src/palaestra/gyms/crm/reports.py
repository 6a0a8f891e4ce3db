"""What the numbers say: read-only tables over opportunities, cases and activities."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import DUE, Case
from palaestra.gyms.crm.office import TERRITORIES
from palaestra.gyms.crm.sales import STAGES, Opportunity
from palaestra.gyms.crm.users import User
from palaestra.kit import Store
from palaestra.kit.blocks import Report
from palaestra.kit.fields import Money
from palaestra.kit.survey import survey

CHANCES = dict(zip(STAGES, (10, 25, 50, 75), strict=True))
"""Percent of an opportunity's amount that the forecast counts."""
EVERYBODY, EVERYWHERE = "Everybody", "Everywhere"
AMOUNT = Money()
WEEKS = {"This week": 0, "Next week": 1, "Last week": -1}
WAITING = ("New", "In progress", "Escalated")
Chosen = Mapping[str, str]
Lines = list[list[str]]


def told(cents: int, store: Store) -> str:
    """Writes an amount."""
    return AMOUNT.show(cents, store)


def everybody(store: Store) -> tuple[str, ...]:
    return (EVERYBODY, *(user.name for user in User.every(store, status="Active")))


def pipeline(store: Store, chosen: Chosen) -> Lines:
    """Returns stage, number and sum of the open opportunities of an owner."""
    lines = []
    for stage in STAGES:
        found = Opportunity.every(store, stage=stage)
        sums = [o.worth() for o in found if chosen["Owner"] in (EVERYBODY, str(o.owner))]
        lines.append([stage, str(len(sums)), told(sum(sums), store)])
    return lines


def whole_pipeline(store: Store, chosen: Chosen) -> list[str]:
    open_ones = [o for stage in STAGES for o in Opportunity.every(store, stage=stage)]
    sums = [o.worth() for o in open_ones if chosen["Owner"] in (EVERYBODY, str(o.owner))]
    return ["Total", str(len(sums)), told(sum(sums), store)]


def forecast(store: Store, chosen: Chosen) -> Lines:
    """Returns month, number, sum and likely sum of what should close in it, by territory."""
    months: dict[dt.date, list[tuple[str, int]]] = {}
    for opportunity in survey(store, Opportunity, "hoped for", _hoped_for).values():
        if chosen["Territory"] in (EVERYWHERE, opportunity.territory):
            months.setdefault(opportunity.month, []).append((opportunity.stage, opportunity.worth))
    lines = []
    for month, found in sorted(months.items()):
        whole = sum(worth for _, worth in found)
        likely = sum(worth * CHANCES[stage] // 100 for stage, worth in found)
        lines.append([f"{month:%Y-%m}", str(len(found)), told(whole, store), told(likely, store)])
    return lines


class Hope(NamedTuple):
    """What a forecast asks of an open opportunity."""

    month: dt.date
    territory: str
    stage: str
    worth: int


def _hoped_for(one: Opportunity) -> Hope | None:
    if not one.is_open():
        return None
    return Hope(one.close_on.replace(day=1), one.account.territory, one.stage, one.worth())


def open_cases(store: Store, chosen: Chosen) -> Lines:
    """Returns priority, and how many cases are in each status and overdue."""
    waiting = Counter(survey(store, Case, "waiting", _waiting).values())
    lines = []
    for priority in DUE:
        counts = [waiting[priority, status, late] for late in (False, True) for status in WAITING]
        by_status = map(sum, zip(counts[: len(WAITING)], counts[len(WAITING) :], strict=True))
        late = sum(counts[len(WAITING) :])
        lines.append([priority, *map(str, (*by_status, sum(counts), late))])
    return lines


def _waiting(case: Case) -> tuple[str, str, bool] | None:
    """Tells priority, status, and whether a case is overdue; None where it is closed."""
    return (case.priority, case.status, case.due() < case.today) if case.is_open() else None


def week(store: Store, chosen: Chosen) -> Lines:
    """Returns what is planned or done in a week, in order of time."""
    monday = store.today - dt.timedelta(days=store.today.weekday())
    monday += dt.timedelta(weeks=WEEKS[chosen["Week"]])
    found = [
        one
        for days in range(7)
        for one in Activity.every(store, day=monday + dt.timedelta(days=days))
        if one.status != "Cancelled" and chosen["Owner"] in (EVERYBODY, str(one.owner))
    ]
    found.sort(key=lambda one: (one.day, one.time))
    return [[str(a.day), a.time, str(a), str(a.owner), str(a.contact), a.subject] for a in found]


REPORTS: Sequence[Report] = (
    Report(
        "stages",
        title="Pipeline by stage",
        columns=("Stage", "Number", "Amount"),
        rows=pipeline,
        total=whole_pipeline,
        choices={"Owner": everybody},
    ),
    Report(
        "forecast",
        title="Forecast by month",
        columns=("Month", "Number", "Amount", "Likely amount"),
        rows=forecast,
        choices={"Territory": (EVERYWHERE, *TERRITORIES)},
    ),
    Report(
        "open_cases",
        title="Open cases by priority",
        columns=("Priority", *WAITING, "All", "Overdue"),
        rows=open_cases,
    ),
    Report(
        "week",
        title="Activities of a week",
        columns=("Day", "Time", "Number", "Owner", "Contact", "Subject"),
        rows=week,
        choices={"Week": tuple(WEEKS), "Owner": everybody},
    ),
)
