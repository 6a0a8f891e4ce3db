"""The rules of accounts, contacts and mergers, one by one."""

from __future__ import annotations

import pytest

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import Case
from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.sales import Opportunity
from palaestra.kit import Refused, Store
from tests.gyms.crm.desk import a_case, a_contact, a_deal, a_lead, an_account, an_activity
from tests.gyms.office import broken, enter, run


def test_r4_merging_accounts_moves_everything(store: Store) -> None:
    one, other = an_account(store), an_account(store)
    contact = a_contact(store, one)
    deal = a_deal(store, 5, contact=contact)
    lead = a_lead(store, company=str(one))
    run(lead, "qualify")
    run(lead, "convert", title="Second site", close_on=store.clock.today)
    run(one, "update", phone="555-0199")
    run(one, "merge", other=other)
    assert {contact.account, deal.account, lead.account, lead.contact.account} == {other}
    assert (one.status, one.merged_into, other.phone) == ("Merged", other, "555-0199")
    assert one.ties() == []
    assert broken(store) == []


def test_r4_what_was_merged_before_follows(store: Store) -> None:
    first, second, third = (an_account(store) for _ in range(3))
    run(first, "merge", other=second)
    run(second, "merge", other=third)
    assert (first.merged_into, second.merged_into) == (third, third)
    assert broken(store) == []


def test_r4_nothing_is_merged_into_itself_or_into_what_is_out_of_use(store: Store) -> None:
    account, contact = an_account(store), a_contact(store)
    for record in (account, contact):
        with pytest.raises(Refused, match="R4"):
            run(record, "merge", other=record)
    idle = an_account(store)
    run(idle, "deactivate")
    assert str(idle) not in Account.type.actions["merge"].params[0].options(store)


def test_r4_contacts_are_merged_within_an_account(store: Store) -> None:
    account = an_account(store)
    one, other = a_contact(store, account, phone="555-0102"), a_contact(store, account)
    with pytest.raises(Refused, match="different accounts"):
        run(one, "merge", other=a_contact(store))
    deal, case = a_deal(store, contact=one), a_case(store, contact=one)
    meeting = an_activity(store, contact=one)
    run(one, "merge", other=other)
    assert {deal.contact, case.contact, meeting.contact} == {other}
    assert (one.merged_into, other.phone) == (other, "555-0102")
    assert broken(store) == []


def test_r4_a_merger_breaks_no_other_rule(store: Store) -> None:
    one, other = an_account(store), an_account(store)
    deal = a_deal(store, contact=a_contact(store, one))
    twin = a_deal(store, contact=a_contact(store, other))
    run(twin, "update", title=deal.title)
    before = store.digest()
    with pytest.raises(Refused, match="R10"):
        run(one, "merge", other=other)
    assert store.digest() == before
    run(twin, "lose", reason="no decision")
    run(one, "merge", other=other)


def test_r5_what_is_out_of_use_is_not_changed_and_gets_no_work(store: Store) -> None:
    account = an_account(store)
    contact = a_contact(store, account)
    run(account, "deactivate")
    with pytest.raises(Refused, match="R5"):
        run(account, "update", industry="Finance")
    for field in (Opportunity.account, Contact.account):
        assert str(account) not in field.options(store)
    for field in (Activity.contact, Case.contact):
        assert str(contact) not in field.options(store)
    run(contact, "deactivate")
    with pytest.raises(Refused, match="R5"):
        run(contact, "reactivate")
    run(account, "reactivate")
    run(contact, "reactivate")
    assert str(contact) in Case.contact.options(store)


@pytest.mark.parametrize("work", ["deal", "case", "activity"])
def test_r6_with_open_work_nothing_is_deactivated(store: Store, work: str) -> None:
    contact = a_contact(store)
    made = {"deal": a_deal, "case": a_case, "activity": an_activity}[work](store, contact=contact)
    for record in (contact, contact.account):
        with pytest.raises(Refused, match=f"still has {made.type.noun} {made} .*R6"):
            run(record, "deactivate")
    run(made, "delete")
    for record in (contact, contact.account):
        run(record, "deactivate")
    assert broken(store) == []


def test_a_contact_on_an_open_opportunity_keeps_the_account(store: Store) -> None:
    contact = a_contact(store)
    deal = a_deal(store, contact=contact)
    with pytest.raises(Refused, match="R12"):
        run(contact, "update", account=an_account(store))
    run(deal, "lose", reason="no decision")
    run(contact, "update", account=an_account(store))
    assert broken(store) == []


def test_the_open_pipeline_is_what_open_opportunities_are_worth(store: Store) -> None:
    contact = a_contact(store)
    account = contact.account
    one, other = (a_deal(store, 0, 10, contact=contact) for _ in range(2))
    assert account.pipeline == one.amount + other.amount > 0
    run(one, "lose", reason="no decision")
    assert account.pipeline == other.amount


def test_r1_who_owns_what_is_reactivated_may_own_it(store: Store) -> None:
    account = an_account(store)
    run(account, "deactivate")
    run(account.owner, "deactivate")
    with pytest.raises(Refused, match="is inactive and cannot own"):
        run(account, "reactivate")
    run(account.owner, "reactivate")
    run(account, "reactivate")


def test_names_are_unique(store: Store) -> None:
    account = an_account(store)
    with pytest.raises(Refused, match="already"):
        enter(
            store, Account, name=account.name, industry="Retail", territory="West",
            owner=account.owner,
        )  # fmt: skip
