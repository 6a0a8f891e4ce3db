"""What an auditor would check: it holds in every state that the rules allow."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from palaestra.gyms.crm.activities import Activity
from palaestra.gyms.crm.cases import DUE, EXTENDED, URGENT, Case
from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.enquiries import Enquiry
from palaestra.gyms.crm.leads import Lead
from palaestra.gyms.crm.office import app
from palaestra.gyms.crm.sales import FREE, MOST, Opportunity, OpportunityLine
from palaestra.gyms.crm.users import Owned, User
from palaestra.kit import Refused, Store

WORK: tuple[type[Owned], ...] = (Account, Opportunity, Lead, Activity, Case)


@app.invariant("Open work belongs to an active user who may own it.")
def owned(store: Store) -> list[str]:
    wrong = []
    for one in (one for kind in WORK for one in kind.every(store)):
        try:
            if one.is_open() and one.owner:
                one.accept(one.owner)
        except Refused as refusal:
            wrong.append(str(refusal))
    return wrong


@app.invariant("Somebody active is a manager.")
def managed(store: Store) -> list[str]:
    return [] if User.every(store, role="Manager", status="Active") else ["nobody"]


@app.invariant("Merged records own nothing, and live on in one that is not merged.")
def merged_own_nothing(store: Store) -> list[str]:
    merged = [*Account.every(store, status="Merged"), *Contact.every(store, status="Merged")]
    return [
        str(one)
        for one in merged
        if one.ties() or not one.merged_into or one.merged_into.status == "Merged"
    ]


@app.invariant("What is not done lies with accounts and contacts in use.")
def in_use(store: Store) -> list[str]:
    idle = [
        *Account.every(store, status="Inactive"),
        *Contact.every(store, status="Inactive"),
    ]
    return [str(one) for one in idle if one.open_work()]


@app.invariant("A won opportunity is worth what its lines add up to; no other has a won amount.")
def won_adds_up(store: Store) -> list[str]:
    found = Opportunity.every(store)
    return [str(o) for o in found if o.booked != (o.worth() if o.stage == "Won" else None)]


@app.invariant("What is won has lines, a closing date, and no discount beyond what was approved.")
def won_fairly(store: Store) -> list[str]:
    won = Opportunity.every(store, stage="Won")
    return [str(o) for o in won if not (o.lines() and o.closed_on) or o.needs_approval()]


@app.invariant("No discount is approved above the highest, or where none is needed.")
def approved_within(store: Store) -> list[str]:
    found = [(o, o.approved) for o in Opportunity.every(store)]
    return [str(o) for o, percent in found if percent and not FREE < percent <= MOST]


@app.invariant("An account has no two open opportunities with the same title.")
def no_twins(store: Store) -> list[str]:
    found = [(o.account, o.title) for o in Opportunity.every(store) if o.is_open()]
    return [f"{account}: {title}" for (account, title), n in Counter(found).items() if n > 1]


@app.invariant("The contact of an open opportunity is at its account.")
def at_the_account(store: Store) -> list[str]:
    found = [(o, o.contact) for o in Opportunity.every(store) if o.is_open()]
    return [str(o) for o, contact in found if contact and contact.account != o.account]


@app.invariant("A product stands on an opportunity once, and a discontinued one on no open one.")
def products_once(store: Store) -> list[str]:
    lines = OpportunityLine.every(store)
    twice = Counter((line.opportunity, line.product) for line in lines)
    gone = [x for x in lines if x.opportunity.is_open() and x.product.status == "Discontinued"]
    return [str(pair[0]) for pair, n in twice.items() if n > 1] + [str(x) for x in gone]


@app.invariant("A converted lead points to its account, contact and opportunity; no other does.")
def converted_points(store: Store) -> list[str]:
    return [
        str(lead)
        for lead in Lead.every(store)
        if {bool(lead.account), bool(lead.contact), bool(lead.opportunity)}
        != {lead.status == "Converted"}
    ]


@app.invariant("No two meetings of one owner overlap.")
def no_overlap(store: Store) -> list[str]:
    met = [m for m in Activity.every(store, kind="Meeting") if m.status != "Cancelled"]
    met.sort(key=lambda m: (str(m.owner), m.day, m.span()))
    same = [(a, b) for a, b in pairwise(met) if (a.owner, a.day) == (b.owner, b.day)]
    return [f"{a} and {b}" for a, b in same if a.overlaps(b)]


@app.invariant("An escalated case is urgent, and nothing critical or for too long is put off.")
def cases_in_time(store: Store) -> list[str]:
    longest = {priority: 0 if priority == "Critical" else EXTENDED for priority in DUE}
    found = [c for c in Case.every(store) if c.extension > longest[c.priority]]
    calm = [c for c in Case.every(store, status="Escalated") if c.priority not in URGENT]
    return [str(case) for case in found + calm]


@app.invariant("A resolved case has an owner, a resolution and its day; no other has a resolution.")
def resolved_for_good(store: Store) -> list[str]:
    found = Case.every(store)
    wrong = [c for c in found if {bool(c.resolution), bool(c.resolved_on)} != {not c.is_open()}]
    return [str(case) for case in wrong + [c for c in found if not c.is_open() and not c.owner]]


@app.invariant("An answered enquiry has become a case or a lead; no other has.")
def answered_once(store: Store) -> list[str]:
    found = Enquiry.every(store)
    return [str(e) for e in found if bool(e.case) + bool(e.lead) != (e.status == "Answered")]
