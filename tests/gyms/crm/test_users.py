"""The rules of users and of owning work, one by one."""

from __future__ import annotations

import pytest

from palaestra.gyms.crm.customers import Contact, reachable
from palaestra.gyms.crm.leads import Lead
from palaestra.gyms.crm.sales import Opportunity
from palaestra.gyms.crm.users import User
from palaestra.kit import Record, Refused, Store
from tests.gyms.crm.desk import (
    a_case,
    a_contact,
    a_deal,
    a_lead,
    a_user,
    an_account,
    an_activity,
    app,
)
from tests.gyms.office import broken, enter, run


def test_r1_work_belongs_to_those_who_do_that_kind_of_work(store: Store) -> None:
    support, rep = a_user(store, "Support"), a_user(store, "Sales rep")
    for record in (a_lead(store), a_deal(store), an_account(store)):
        with pytest.raises(Refused, match=r"is support and cannot own .*R1"):
            run(record, "reassign", to=support)
    with pytest.raises(Refused, match="R1"):
        run(a_case(store), "allocate", to=rep)
    with pytest.raises(Refused, match="R1"):
        enter(store, Lead, person="A B", company="C", email="a@b", source="Web", owner=support)


def test_r1_an_account_belongs_to_its_territory_or_to_a_manager(store: Store) -> None:
    north, south = (a_user(store, "Sales rep", where) for where in ("North", "South"))
    account = an_account(store, north)
    for deed, values in (("reassign", {"to": south}), ("update", {"territory": "South"})):
        with pytest.raises(Refused, match="R1"):
            run(account, deed, **values)
    run(account, "reassign", to=a_user(store, "Manager", "South"))
    run(account, "update", territory="South")
    run(account, "reassign", to=south)
    with pytest.raises(Refused, match="R1"):
        run(south, "update", territory="West")
    assert broken(store) == []


def test_r1_who_changes_roles_still_fits_the_work(store: Store) -> None:
    rep = a_user(store, "Sales rep")
    run(a_lead(store), "reassign", to=rep)
    with pytest.raises(Refused, match="R1"):
        run(rep, "update", role="Support")
    run(rep, "update", role="Manager")


def test_r2_a_user_with_open_work_is_not_deactivated(store: Store) -> None:
    rep = a_user(store, "Sales rep")
    lead = a_lead(store, owner=rep)
    with pytest.raises(Refused, match=f"still has lead {lead}.*R2"):
        run(rep, "deactivate")
    run(lead, "disqualify", reason="no budget")
    run(rep, "deactivate")
    for record in (a_lead(store), an_activity(store), a_deal(store)):
        with pytest.raises(Refused, match="is inactive and cannot own"):
            run(record, "reassign", to=rep)
        with pytest.raises(Refused, match="is inactive and cannot own"):
            run(record, "update", owner=rep)
    with pytest.raises(Refused, match="is inactive and cannot own"):
        run(lead, "reconsider")
    run(rep, "reactivate")
    run(lead, "reconsider")
    assert broken(store) == []


def test_r2_the_last_active_manager_stays(store: Store) -> None:
    boss = a_user(store)
    for user in User.every(store, role="Manager", status="Active"):
        if user != boss:
            if user.open_work():
                run(user, "delegate", to=boss)
            run(user, "deactivate")
    for work in boss.open_work():
        store.delete(work.type.index, work._id)
    for deed, values in (("deactivate", {}), ("update", {"role": "Sales rep"})):
        with pytest.raises(Refused, match="last active manager stays"):
            run(boss, deed, **values)


def test_r3_work_is_handed_to_somebody_else(store: Store) -> None:
    rep, other = a_user(store, "Sales rep"), a_user(store, "Sales rep")
    with pytest.raises(Refused, match="nothing to delegate"):
        run(rep, "delegate", to=other)
    account = an_account(store, rep)
    deal = a_deal(store, contact=a_contact(store, account))
    task = an_activity(store, owner=rep, kind="Task")
    with pytest.raises(Refused, match="R3"):
        run(rep, "delegate", to=rep)
    with pytest.raises(Refused, match="R3"):
        run(deal, "reassign", to=rep)
    with pytest.raises(Refused, match="R1"):
        run(rep, "delegate", to=a_user(store, "Support"))
    run(rep, "delegate", to=other)
    assert {account.owner, deal.owner, task.owner} == {other}
    assert rep.open_work() == []


def test_r3_an_account_goes_with_the_open_work_of_its_owner(store: Store) -> None:
    rep, other = a_user(store, "Sales rep"), a_user(store, "Sales rep")
    account = an_account(store, rep)
    contact = a_contact(store, account)
    kept, moved = a_deal(store, contact=contact), a_deal(store, contact=contact)
    lost = a_deal(store, contact=contact)
    boss = a_user(store)
    run(kept, "reassign", to=boss)
    run(lost, "lose", reason="no decision")
    meeting = an_activity(store, owner=rep, contact=contact)
    run(account, "reassign", to=other)
    assert {account.owner, moved.owner, meeting.owner} == {other}
    assert (kept.owner, lost.owner) == (boss, rep)
    assert broken(store) == []


def test_r5_an_inactive_user_is_not_changed(store: Store) -> None:
    user = a_user(store, "Support")
    run(user, "deactivate")
    with pytest.raises(Refused, match="R5"):
        run(user, "update", territory="West")


@pytest.mark.parametrize(
    ("role", "forbidden"),
    [
        ("Sales rep", ["user.create", "product.update", "campaign.begin", "case.allocate",
                       "case_note.create", "opportunity.approve_discount", "opportunity.reopen",
                       "lead.reassign", "account.merge", "contact.delete", "opportunity.delete"]),
        ("Support", ["account.create", "account.deactivate", "lead.create", "lead.qualify",
                     "opportunity.update", "opportunity_line.create", "opportunity.win",
                     "product.delete", "case.delete"]),
    ],
)  # fmt: skip
def test_r27_roles_leave_alone_what_is_not_theirs(
    store: Store, role: str, forbidden: list[str]
) -> None:
    for name in forbidden:
        kind_name, verb = name.split(".")
        kind = app.kind(kind_name)
        assert role not in kind.rights(verb), name
        assert "Manager" in kind.rights(verb), name
    store.user = role
    deal: Record = Opportunity.every(store, stage="Proposal")[0]
    with pytest.raises(Refused, match=f"Only a Manager may delete .*; you are a {role}"):
        run(deal, "delete")


def test_r27_everybody_may_do_something(store: Store) -> None:
    for role in app.roles:
        may = [
            (kind.name, verb)
            for kind in app.records
            for verb in ("create", "update", *kind.actions)
            if role in (kind.rights(verb) or app.roles)
        ]
        assert len(may) > 15, role
    store.user = "Support"
    contact = next(contact for contact in Contact.every(store) if reachable(contact))
    assert a_case(store, contact=contact).status == "New"


def test_r27_only_managers_delete_but_for_activities_notes_and_lines() -> None:
    free = {kind.name for kind in app.records if kind.rights("delete") != ("Manager",)}
    assert free == {"activity", "case_note", "opportunity_line"}
    assert app.kind("case_note").rights("delete") == ("Manager", "Support")
    assert app.kind("opportunity_line").rights("delete") == ("Manager", "Sales rep")
