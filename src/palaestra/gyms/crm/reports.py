"""What the numbers say: read-only tables over opportunities, cases and activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import DUE, Case
from palaestra.gyms.crm.office import TERRITORIES
from palaestra.gyms.crm.sales import STAGES, Opportunity
from palaestra.gyms.crm.users import User
from palaestra.kit import Store
from palaestra.kit.blocks import Report
from palaestra.kit.fields import Money

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
    months: dict[dt.date, list[Opportunity]] = {}
    for opportunity in Opportunity.every(store):
        where = (EVERYWHERE, opportunity.account.territory)
        if opportunity.is_open() and chosen["Territory"] in where:
            months.setdefault(opportunity.close_on.replace(day=1), []).append(opportunity)
    lines = []
    for month, found in sorted(months.items()):
        sums = [o.worth() for o in found]
        likely = sum(s * CHANCES[o.stage] // 100 for s, o in zip(sums, found, strict=True))
        lines.append(
            [f"{month:%Y-%m}", str(len(found)), told(sum(sums), store), told(likely, store)]
        )
    return lines


def open_cases(store: Store, chosen: Chosen) -> Lines:
    """Returns priority, and how many cases are in each status and overdue."""
    lines = []
    for priority in DUE:
        found = [case for case in Case.every(store, priority=priority) if case.is_open()]
        counts = [sum(case.status == status for case in found) for status in WAITING]
        late = sum(case.due() < store.clock.today for case in found)
        lines.append([priority, *map(str, (*counts, len(found), late))])
    return lines


def week(store: Store, chosen: Chosen) -> Lines:
    """Returns what is planned or done in a week, in order of time."""
    monday = store.clock.today - dt.timedelta(days=store.clock.today.weekday())
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
