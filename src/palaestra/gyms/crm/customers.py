"""Whom the team sells to: accounts, the contacts at them, and the merging of duplicates."""

from __future__ import annotations

from typing import Any

from palaestra.gyms.crm.office import MANAGER, POOLS, SAYS, SELLERS, TERRITORIES, app
from palaestra.gyms.crm.ties import Tied
from palaestra.gyms.crm.users import Owned, User, active, sells
from palaestra.kit import Refused, action, choice, derived, money, ref, text

POSITIONS = ("Buyer", "Director", "Engineer", "Accountant", "Assistant")


class Customer(Tied):
    """What is in use, out of use, or merged into its like."""

    status: str
    merged_into: Any

    def locked(self) -> str:
        idle = self.status != "Active"
        return f"{self} is {self.status.lower()} (handbook, R5)" if idle else ""

    def require_idle(self) -> None:
        """Raises `Refused` where something is still to be done."""
        if work := self.open_work():
            raise Refused(f"{self} still has {work[0].type.noun} {work[0]} (handbook, R6)")

    def join(self, other: Customer) -> None:
        """Moves everything to another of the same kind, and leaves this one behind."""
        if other == self:
            raise Refused(f"{self} cannot be merged into itself (handbook, R4)")
        self.move_ties(other)
        self.status, self.merged_into = "Merged", other


@app.record(key="name", seeds=(0, 0), may={"create": SELLERS, "update": SELLERS, "delete": MANAGER})
class Account(Customer, Owned):
    """A company that buys, or may."""

    name: str = text(POOLS["companies"])
    industry: str = choice(*POOLS["industries"])
    territory: str = choice(*TERRITORIES)
    owner: User = ref(User, active=sells)
    phone: str | None = text("phone", required=False, listed=False)
    status: str = choice("Active", "Inactive", "Merged", editable=False)
    merged_into: Account | None = ref(lambda: Account, required=False, editable=False, listed=False)
    pipeline: int = derived(
        lambda account: sum(one.worth() for one in account.open_work()),
        shown_as=money(),
        label="Open pipeline",
    )

    def open_work(self) -> list[Any]:
        found = super().open_work()
        for contact in self.find(Contact, account=self):
            found += contact.open_work()
        return list(dict.fromkeys(found))

    def accept(self, user: User) -> None:
        super().accept(user)
        if user.role != MANAGER and user.territory != self.territory:
            raise Refused(f"{user} works in the {user.territory}, not with {self} (handbook, R1)")

    @action(
        "Reassign",
        when="Active",
        says=SAYS["reassign"],
        by=MANAGER,
        to=ref(User, active=sells),
    )
    def reassign(self, to: User) -> None:
        before = self.owner
        self.give(to)
        for one in self.open_work():
            if one.owner == before:
                one.give(to)

    @action(
        "Merge",
        when="Active",
        says=SAYS["merge"],
        by=MANAGER,
        other=ref(lambda: Account, active=active, label="Into"),
    )
    def merge(self, other: Account) -> None:
        self.join(other)
        other.phone = other.phone or self.phone

    @action("Deactivate", when="Active", says=SAYS["deactivate"], by=SELLERS)
    def deactivate(self) -> None:
        self.require_idle()
        self.status = "Inactive"

    @action("Reactivate", when="Inactive", says=SAYS["reactivate"], by=SELLERS)
    def reactivate(self) -> None:
        self.accept(self.owner)
        self.status = "Active"


@app.record(key="name", seeds=(0, 0), may={"delete": MANAGER})
class Contact(Customer):
    """Somebody at an account."""

    name: str = text("person")
    account: Account = ref(Account, active=active)
    position: str = choice(*POSITIONS)
    email: str = text("email")
    phone: str | None = text("phone", required=False, listed=False)
    status: str = choice("Active", "Inactive", "Merged", editable=False)
    merged_into: Contact | None = ref(lambda: Contact, required=False, editable=False, listed=False)

    def check(self) -> None:
        for one in self.open_work():
            one.check()

    @action(
        "Merge",
        when="Active",
        says=SAYS["merge"],
        other=ref(lambda: Contact, active=active, label="Into"),
    )
    def merge(self, other: Contact) -> None:
        if other.account != self.account:
            raise Refused(f"{self} and {other} are at different accounts (handbook, R4)")
        self.join(other)
        other.phone = other.phone or self.phone

    @action("Deactivate", when="Active", says=SAYS["deactivate"])
    def deactivate(self) -> None:
        self.require_idle()
        self.status = "Inactive"

    @action("Reactivate", when="Inactive", says=SAYS["reactivate"])
    def reactivate(self) -> None:
        if not active(self.account):
            raise Refused(f"{self.account} is {self.account.status.lower()} (handbook, R5)")
        self.status = "Active"


def reachable(contact: Contact) -> bool:
    """Says whether a contact and its account are in use."""
    return active(contact) and active(contact.account)
