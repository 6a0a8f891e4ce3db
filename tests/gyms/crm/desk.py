"""What the tests of the sales office do at its desk: enter, run, look."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from palaestra.gyms import crm
from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import Case
from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.leads import Lead
from palaestra.gyms.crm.sales import Opportunity, OpportunityLine, Product
from palaestra.gyms.crm.users import User
from palaestra.kit import Record, Store
from tests.gyms.office import enter, run

app = crm.app
R = TypeVar("R", bound=Record)


def a_user(store: Store, role: str = "Manager", territory: str = "North") -> User:
    """Enters a user without work."""
    number = store.next_number(User.type.index)
    return enter(
        store,
        User,
        name=f"New {role} {number}",
        email=f"{number}@relata.example",
        role=role,
        territory=territory,
    )


def an_account(store: Store, owner: User | None = None, territory: str = "North") -> Account:
    """Enters an account without contacts."""
    number = store.next_number(Account.type.index)
    return enter(
        store,
        Account,
        name=f"New Account {number}",
        industry="Retail",
        territory=territory,
        owner=owner or a_user(store),
    )


def a_contact(store: Store, account: Account | None = None, phone: str | None = None) -> Contact:
    """Enters a contact, of a new account unless one is given."""
    number = store.next_number(Contact.type.index)
    return enter(
        store,
        Contact,
        name=f"New Contact {number}",
        account=account or an_account(store),
        position="Buyer",
        email=f"{number}@new.example",
        phone=phone,
    )


def a_lead(store: Store, **values: object) -> Lead:
    """Enters a new lead with a phone number."""
    told: dict[str, object] = {
        "person": "Ina Novak",
        "company": "Novak Kites",
        "email": "ina@novak.example",
        "phone": "555-0101",
        "source": "Web",
        "owner": User.every(store, role="Manager", status="Active")[0],
    }
    return enter(store, Lead, **{**told, **values})


def a_deal(store: Store, *discounts: int, contact: Contact | None = None) -> Opportunity:
    """Enters an opportunity, with a line for each discount."""
    contact = contact or a_contact(store)
    deal = enter(
        store,
        Opportunity,
        title=f"Deal {store.next_number(Opportunity.type.index)}",
        account=contact.account,
        owner=contact.account.owner,
        close_on=store.clock.today + dt.timedelta(days=30),
    )
    products = Product.every(store, status="Active")
    for product, discount in zip(products, discounts, strict=False):
        enter(
            store, OpportunityLine, opportunity=deal, product=product, discount=discount, quantity=2
        )
    run(deal, "choose_contact", who=contact)
    return deal


def negotiated(store: Store, *discounts: int) -> Opportunity:
    """Enters an opportunity and brings it to Negotiation."""
    deal = a_deal(store, *discounts)
    for stage in ("Qualification", "Proposal", "Negotiation"):
        run(deal, "change_stage", to=stage)
    return deal


def won(store: Store, *discounts: int) -> Opportunity:
    deal = negotiated(store, *discounts)
    run(deal, "win", closed_on=store.clock.today)
    return deal


def monday(store: Store) -> dt.date:
    """Returns the Monday after today."""
    return store.clock.today + dt.timedelta(days=7 - store.clock.today.weekday())


def an_activity(store: Store, **values: object) -> Activity:
    """Enters a meeting of next Monday at ten, an hour long."""
    told: dict[str, object] = {
        "subject": "Agree on prices",
        "kind": "Meeting",
        "contact": values.get("contact") or a_contact(store),
        "owner": values.get("owner") or a_user(store),
        "day": monday(store),
        "time": "10:00",
        "length": "60 minutes",
    }
    return enter(store, Activity, **{**told, **values})


def a_case(store: Store, priority: str = "Normal", contact: Contact | None = None) -> Case:
    """Enters a case of today."""
    contact = contact or a_contact(store)
    return enter(store, Case, subject="Login fails", contact=contact, priority=priority)
