"""The office's own screens: the pipeline, the calendar, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.enquiries import Enquiry
from palaestra.gyms.crm.leads import Lead
from palaestra.gyms.crm.office import app
from palaestra.gyms.crm.queue import Line, Queue
from palaestra.gyms.crm.reports import AMOUNT, REPORTS
from palaestra.gyms.crm.sales import Opportunity
from palaestra.kit import Store
from palaestra.kit.blocks import Board, Calendar, Viewer
from palaestra.kit.screens.screen import Screen
from palaestra.kit.screens.table import EMPTY
from palaestra.kit.survey import survey


def convertible(store: Store) -> Iterator[Line]:
    """Yields qualified leads, and the account and contact of these names that there are already."""
    for lead in Lead.every(store, status="Qualified"):
        known = (Account.every(store, name=lead.company), Contact.every(store, name=lead.person))
        told = [str(found[0]) if found else EMPTY for found in known]
        yield lead, (lead.person, lead.company, str(lead.owner), *told)


def undecided(store: Store) -> Iterator[Line]:
    """Yields opportunities whose discount waits for approval."""
    for one in Opportunity.every(store, approval="Requested"):
        percent = str(one.steepest())
        yield (
            one,
            (one.title, str(one.account), str(one.owner), percent, AMOUNT.show(one.worth(), store)),
        )


def duplicates(store: Store) -> Iterator[Line]:
    """Yields contacts in use that have the email of an older one at the same account."""
    first: dict[tuple[int, str], int] = {}
    told = survey(store, Contact, "same as", _same_as)
    for number in sorted(told):
        older = first.setdefault(told[number], number)
        if older != number:
            contact = Contact(store, number)
            yield contact, (str(contact.account), contact.email, str(Contact(store, older)))


def _same_as(contact: Contact) -> tuple[int, str] | None:
    """Tells what two contacts in use do not share unless they are the same: account and email."""
    if contact.status != "Active":
        return None
    return contact.account._id, contact.email.casefold()


SCREENS: tuple[Screen, ...] = (
    Board(
        "pipeline",
        title="Pipeline",
        record=Opportunity,
        by="stage",
        shows=("title", "account", "amount"),
        move="change_stage",
        total="amount",
    ),
    Calendar(
        "calendar",
        title="Calendar",
        record=Activity,
        day="day",
        shows=("number", "time", "kind", "owner"),
        where=lambda activity: activity.status != "Cancelled",
    ),
    Viewer(
        "inbox",
        title="Inbox",
        record=Enquiry,
        body="letter",
        shows=("sender", "received_on"),
        where=lambda enquiry: enquiry.status == "Open",
    ),
    Queue(
        "conversion",
        title="Lead conversion",
        record=Lead,
        columns=("Lead", "Person", "Company", "Owner", "Account", "Contact"),
        rows=convertible,
        actions=("convert", "disqualify"),
    ),
    Queue(
        "approvals",
        title="Discount approvals",
        record=Opportunity,
        columns=("Opportunity", "Title", "Account", "Owner", "Highest discount", "Amount"),
        rows=undecided,
        actions=("approve_discount", "reject_discount"),
    ),
    Queue(
        "duplicates",
        title="Duplicate contacts",
        record=Contact,
        columns=("Contact", "Account", "Email", "Same as"),
        rows=duplicates,
        actions=("merge",),
    ),
    *REPORTS,
)
for screen in SCREENS:
    app.add(screen)
