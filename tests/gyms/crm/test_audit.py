"""The office under random play, and that every invariant can be broken."""

from __future__ import annotations

from contextlib import suppress

from palaestra.errors import InvalidAction
from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import Case
from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.enquiries import Enquiry
from palaestra.gyms.crm.leads import Lead
from palaestra.gyms.crm.sales import Opportunity, OpportunityLine, Product
from palaestra.gyms.crm.users import User
from palaestra.kit import Record, Session, Store
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action
from tests.gyms.crm.desk import (
    a_case,
    a_contact,
    a_deal,
    a_lead,
    a_user,
    an_account,
    an_activity,
    app,
    won,
)
from tests.gyms.office import broken, run


def test_wandering_on_the_screens_keeps_the_invariants() -> None:
    done = 0
    for seed in range(6):
        session, wanderer = Session(app, seed=seed, skin=seed), Wanderer(seed)
        session.store.user = "Manager"
        seen = 0
        for _ in range(500):
            with suppress(InvalidAction):
                if len(session._trail) > 20:
                    screen = wanderer.rng.choice(app.screens)
                    session.dispatch(Action("click", f"nav:{screen.name}"))
                session.dispatch(wanderer.action(session))
            if len(session.commands) > seen:
                seen = len(session.commands)
                assert broken(session.store) == [], session.commands[-1]
        done += seen
    assert done > 12


def test_every_invariant_can_be_broken(store: Store) -> None:
    """An invariant that nothing breaks would be no check; each is broken behind the rules' back."""
    support = a_user(store, "Support")
    account, gone = an_account(store), an_account(store)
    run(gone, "merge", other=account)
    idle = an_account(store)
    run(idle, "deactivate")
    deal, twin, paid = a_deal(store, 0, 0), a_deal(store), won(store, 0)
    twin.contact, twin.account = None, deal.account
    meeting = an_activity(store)
    other = an_activity(store, contact=meeting.contact, time="14:00", owner=meeting.owner)
    calm = a_case(store, "Low")
    breaking: list[tuple[str, Record, str, object]] = [
        ("active user who may own it", account, "owner", support),
        ("active user who may own it", a_lead(store).owner, "status", "Inactive"),
        ("live on in one", gone, "merged_into", None),
        ("live on in one", a_contact(store), "account", gone),
        ("accounts and contacts in use", deal, "account", idle),
        ("accounts and contacts in use", deal.contact, "status", "Inactive"),
        ("what its lines add up to", paid, "booked", 1),
        ("what its lines add up to", deal, "booked", 1),
        ("has lines", paid, "closed_on", None),
        ("beyond what was approved", paid.lines()[0], "discount", 16),
        ("approved above the highest", deal, "approved", 41),
        ("approved above the highest", deal, "approved", 15),
        ("the same title", twin, "title", deal.title),
        ("at its account", deal, "account", account),
        ("stands on an opportunity once", deal.lines()[0], "product", deal.lines()[1].product),
        ("a discontinued one", deal.lines()[0].product, "status", "Discontinued"),
        ("points to its account", a_lead(store), "status", "Converted"),
        ("points to its account", a_lead(store), "account", account),
        ("become a case", Enquiry.every(store, status="Open")[0], "status", "Answered"),
        ("become a case", Enquiry.every(store, status="Open")[0], "case", calm),
        ("overlap", other, "time", "10:30"),
        ("escalated case is urgent", calm, "status", "Escalated"),
        ("put off", calm, "extension", 11),
        ("resolved case", calm, "status", "Resolved"),
        ("resolved case", calm, "resolution", "none"),
    ]
    assert broken(store) == []
    start = store.snapshot()
    reached = set()
    for words, record, field, value in breaking:
        setattr(record, field, value)
        texts = [invariant.text for invariant in app.invariants if invariant.holds(store)]
        assert any(words in text for text in texts), words
        reached |= set(texts)
        store.restore(start)
    for user in User.every(store):
        user.role = "Support"
    reached |= {invariant.text for invariant in app.invariants if invariant.holds(store)}
    assert reached == {invariant.text for invariant in app.invariants}


def test_the_office_has_something_for_each_invariant_to_look_at() -> None:
    found = set()
    for seed in range(10):
        store = Session(app, seed=seed).store
        found |= {f"account {one.status}" for one in Account.every(store)}
        found |= {f"contact {one.status}" for one in Contact.every(store)}
        found |= {f"stage {one.stage}" for one in Opportunity.every(store)}
        found |= {f"approval {one.approval}" for one in Opportunity.every(store)}
        found |= {f"lead {one.status}" for one in Lead.every(store)}
        found |= {f"activity {one.kind} {one.status}" for one in Activity.every(store)}
        found |= {f"case {one.status}" for one in Case.every(store)}
        found |= {f"enquiry {one.status}" for one in Enquiry.every(store)}
        found |= {f"product {one.status}" for one in Product.every(store)}
        found |= {f"user {one.status}" for one in User.every(store)}
        found |= {f"discount {one.discount}" for one in OpportunityLine.every(store)}
    wanted = {
        f"{name} {word}"
        for name, field in (
            ("account", Account.status), ("contact", Contact.status), ("stage", Opportunity.stage),
            ("approval", Opportunity.approval), ("lead", Lead.status), ("case", Case.status),
            ("enquiry", Enquiry.status), ("product", Product.status), ("user", User.status),
        )
        for word in field.choices  # type: ignore[attr-defined]
    }  # fmt: skip
    assert wanted <= found
    assert {f"activity Meeting {status}" for status in ("Planned", "Done", "Cancelled")} <= found
