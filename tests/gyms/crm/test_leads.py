"""The rules of campaigns and leads, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.leads import Campaign, Lead
from palaestra.gyms.crm.sales import Opportunity
from palaestra.kit import Refused, Store
from tests.gyms.crm.desk import a_contact, a_lead, an_account
from tests.gyms.office import broken, enter, run


def a_campaign(store: Store, starts: int = 0, ends: int = 30) -> Campaign:
    """Enters a campaign, with its days counted from today."""
    days = [store.clock.today + dt.timedelta(days=n) for n in (starts, ends)]
    told = {"starts_on": days[0], "ends_on": days[1], "channel": "Print", "budget": 900_00}
    return enter(store, Campaign, name="Harvest flyer", **told)


def converted(store: Store, lead: Lead, title: str = "Kite frames") -> Lead:
    run(lead, "qualify")
    run(lead, "convert", title=title, close_on=store.clock.today)
    return lead


def test_r7_a_lead_without_a_phone_number_is_not_qualified(store: Store) -> None:
    lead = a_lead(store, phone=None)
    with pytest.raises(Refused, match="R7"):
        run(lead, "qualify")
    run(lead, "update", phone="555-0103")
    run(lead, "qualify")
    assert lead.status == "Qualified"


def test_r7_converting_makes_account_contact_and_opportunity(store: Store) -> None:
    counts = [len(kind.every(store)) for kind in (Account, Contact, Opportunity)]
    lead = converted(store, a_lead(store))
    now = [len(kind.every(store)) for kind in (Account, Contact, Opportunity)]
    assert now == [count + 1 for count in counts]
    assert (lead.account.name, lead.account.owner) == ("Novak Kites", lead.owner)
    assert (lead.contact.name, lead.contact.phone) == ("Ina Novak", lead.phone)
    assert lead.contact.account == lead.opportunity.account == lead.account
    assert (lead.opportunity.title, lead.opportunity.stage) == ("Kite frames", "Prospecting")
    assert lead.opportunity.contact == lead.contact
    assert broken(store) == []


def test_r7_converting_uses_the_account_and_contact_of_these_names(store: Store) -> None:
    first = converted(store, a_lead(store))
    again = converted(store, a_lead(store), "Second order")
    assert (again.account, again.contact) == (first.account, first.contact)
    third = a_lead(store)
    run(third, "qualify")
    with pytest.raises(Refused, match="R10"):
        run(third, "convert", title="Second order", close_on=store.clock.today)
    assert (third.status, third.account) == ("Qualified", None)


def test_r7_somebody_known_at_another_account_is_not_converted(store: Store) -> None:
    elsewhere = a_contact(store)
    lead = a_lead(store, person=elsewhere.name)
    run(lead, "qualify")
    with pytest.raises(Refused, match="is known at"):
        run(lead, "convert", title="Kite frames", close_on=store.clock.today)
    assert not Account.every(store, name="Novak Kites")


def test_r5_a_lead_of_an_inactive_account_is_not_converted(store: Store) -> None:
    account = an_account(store)
    lead = a_lead(store, company=account.name)
    run(lead, "qualify")
    run(account, "deactivate")
    with pytest.raises(Refused, match="R5"):
        run(lead, "convert", title="Kite frames", close_on=store.clock.today)


def test_r7_a_converted_lead_stays_as_it_is(store: Store) -> None:
    lead = converted(store, a_lead(store))
    for deed, values in (("update", {"source": "Referral"}), ("delete", {})):
        with pytest.raises(Refused, match="R7"):
            run(lead, deed, **values)


def test_a_disqualified_lead_may_be_reconsidered(store: Store) -> None:
    lead = a_lead(store)
    run(lead, "disqualify", reason="no budget")
    assert (lead.status, lead.disqualified_for) == ("Disqualified", "no budget")
    run(lead, "reconsider")
    assert (lead.status, lead.disqualified_for) == ("New", None)


def test_r8_a_campaign_ends_after_it_starts(store: Store) -> None:
    with pytest.raises(Refused, match="R8"):
        a_campaign(store, 3, 2)


def test_r8_a_campaign_begins_on_its_first_day_at_the_earliest(store: Store) -> None:
    campaign = a_campaign(store, 1)
    assert str(campaign) not in Lead.campaign.options(store)
    with pytest.raises(Refused, match="R8"):
        run(campaign, "begin")
    run(campaign, "update", starts_on=store.clock.today)
    run(campaign, "begin")
    assert str(campaign) in Lead.campaign.options(store)


def test_r8_a_campaign_is_over_when_its_leads_are_done(store: Store) -> None:
    campaign = a_campaign(store)
    run(campaign, "begin")
    lead, other = a_lead(store, campaign=campaign), a_lead(store, campaign=campaign)
    assert campaign.leads == 2
    run(other, "disqualify", reason="no budget")
    with pytest.raises(Refused, match=f"{lead} of {campaign} is new .*R8"):
        run(campaign, "conclude")
    converted(store, lead)
    run(campaign, "conclude")
    with pytest.raises(Refused, match="R8"):
        run(campaign, "update", budget=800_00)
    assert broken(store) == []
