"""A customer's whole story, command by command: from a campaign to a won deal and a solved case."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import Case, CaseNote
from palaestra.gyms.crm.customers import Contact
from palaestra.gyms.crm.leads import Campaign, Lead
from palaestra.gyms.crm.sales import OpportunityLine, Product
from palaestra.kit import Record, Refused, Store
from tests.gyms.crm.desk import a_user, monday
from tests.gyms.office import broken, enter, run


def test_from_a_campaign_to_a_won_deal_and_a_solved_case(store: Store) -> None:
    steps = 0

    def did(record: Record, verb: str, /, **values: object) -> None:
        nonlocal steps
        run(record, verb, **values)
        steps += 1
        assert broken(store) == [], (record.type.name, verb)

    today = store.clock.today
    boss, rep = a_user(store), a_user(store, "Sales rep")
    carer = a_user(store, "Support")
    campaign = enter(
        store, Campaign, name="Coastal tour", channel="Trade fair", budget=5_000_00,
        starts_on=today, ends_on=today + dt.timedelta(days=20),
    )  # fmt: skip
    did(campaign, "begin")
    lead = enter(
        store, Lead, person="Uma Stern", company="Stern Sails", email="uma@stern.example",
        source="Trade fair", campaign=campaign, owner=rep,
    )  # fmt: skip
    did(lead, "update", phone="555-0142")
    did(lead, "qualify")
    did(lead, "convert", title="Fleet tablets", close_on=today + dt.timedelta(days=40))
    did(campaign, "conclude")
    deal, uma = lead.opportunity, lead.contact
    assert deal
    assert uma

    visit = enter(
        store, Activity, subject="Meet the new buyer", kind="Meeting", contact=uma, owner=rep,
        day=monday(store), time="09:00", length="60 minutes",
    )  # fmt: skip
    did(visit, "reschedule", day=monday(store) + dt.timedelta(days=1), time="11:00")
    did(deal, "change_stage", to="Qualification")
    laptop, setup = Product.every(store, status="Active")[:2]
    line = enter(store, OpportunityLine, opportunity=deal, product=laptop, discount=25, quantity=10)
    enter(store, OpportunityLine, opportunity=deal, product=setup, discount=0, quantity=1)
    did(deal, "change_stage", to="Proposal")
    did(deal, "ask_discount")
    did(deal, "reject_discount", reason="margin too small")
    did(line, "update", discount=20)
    did(deal, "ask_discount")
    did(deal, "approve_discount")
    did(deal, "change_stage", to="Negotiation")
    did(deal, "win", closed_on=today)
    assert deal.booked == deal.amount
    did(visit, "cancel")

    twin = enter(
        store, Contact, name="U. Stern", account=uma.account, position="Director",
        email=uma.email, phone=None,
    )  # fmt: skip
    case = enter(store, Case, subject="Screen stays black", contact=twin, priority="High")
    did(twin, "merge", other=uma)
    assert case.contact == uma
    did(case, "allocate", to=carer)
    did(case, "prolong", days=2)
    did(case, "escalate", to=boss, reason="third complaint")
    enter(store, CaseNote, case=case, body="Supplier was informed.", internal=True)
    did(case, "resolve", how="sent a new device")
    did(rep, "delegate", to=boss)
    did(rep, "deactivate")
    assert uma.account.owner == boss
    with pytest.raises(Refused, match="inactive"):
        run(deal, "reopen")
    assert steps >= 20
    assert uma.open_work() == []
