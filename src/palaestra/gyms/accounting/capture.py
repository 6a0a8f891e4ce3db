"""What is asked for when a bill is entered from a document: fields whose made-up values fit.

Whoever practises in the office makes up values. A bill that is entered from a document has to say
what the document says, so nothing made up blindly would ever do; these fields make up what one of
the documents says, the same one for all of them: the oldest that can be entered.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from palaestra.gyms.accounting.payables import Bill
from palaestra.gyms.accounting.reading import Facts, read
from palaestra.gyms.accounting.vendors import Vendor
from palaestra.kit import Store
from palaestra.kit.fields import Date, Money, Ref, Text
from palaestra.kit.fields.document import attachment

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.types import Value


def next_facts(store: Store) -> Facts | None:
    """Returns what the oldest document says that can be entered; None if there is none."""
    kind = store.app.kind("document")
    status, letter = (next(f for f in kind.stored if f.name == n) for n in ("status", "letter"))
    for number in store.where(kind.index, [(status.position, "New")]):
        facts = read(attachment(str(store.row(kind.index, number)[letter.position])).body)
        if facts and Vendor.every(store, name=facts.vendor):
            [vendor] = Vendor.every(store, name=facts.vendor)
            twins = Bill.every(store, invoice=facts.invoice, vendor=vendor)
            if all(bill.status == "Void" for bill in twins):
                return facts
    return None


class VendorRead(Ref):
    """The vendor that a document names."""

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        facts = next_facts(store)
        if facts is None:
            return super().sample(rng, faker, store)
        return Vendor.every(store, name=facts.vendor)[0]._id


class InvoiceRead(Text):
    """The invoice number that a document names."""

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        facts = next_facts(store)
        return facts.invoice if facts else super().sample(rng, faker, store)


class DateRead(Date):
    """The date that a document names."""

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        facts = next_facts(store)
        return facts.dated if facts else super().sample(rng, faker, store)


class AmountRead(Money):
    """The amount that a document asks for."""

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        facts = next_facts(store)
        return facts.due if facts else super().sample(rng, faker, store)
