"""Who works here, and what it means that work has an owner."""

from __future__ import annotations

from typing import Any, ClassVar

from palaestra.gyms.crm.office import CARERS, MANAGER, SAYS, SELLERS, TERRITORIES, app
from palaestra.gyms.crm.ties import Tied, Work
from palaestra.kit import Refused, action, choice, derived, quantity, ref, text


@app.record(key="name", seeds=(0, 0), may={"create": MANAGER, "update": MANAGER, "delete": MANAGER})
class User(Tied):
    """Somebody of the team."""

    name: str = text("person")
    email: str = text("email", unique=True)
    role: str = choice(*app.roles)
    territory: str = choice(*TERRITORIES)
    status: str = choice("Active", "Inactive", editable=False)
    work: int = derived(
        lambda user: len(user.open_work()), shown_as=quantity(), label="Open work", listed=False
    )

    def check(self) -> None:
        for one in self.open_work():
            one.accept(self)
        require_manager(self)

    def locked(self) -> str:
        return f"{self} is inactive (handbook, R5)" if self.status == "Inactive" else ""

    @action(
        "Delegate work",
        when="Active",
        says=SAYS["delegate work"],
        by=MANAGER,
        to=ref(lambda: User, active=lambda user: active(user)),
    )
    def delegate(self, to: User) -> None:
        work = self.open_work()
        if not work or to == self:
            raise Refused(f"{self} has nothing to delegate to {to} (handbook, R3)")
        for one in work:
            one.give(to)

    @action("Deactivate", when="Active", says=SAYS["deactivate"], by=MANAGER)
    def deactivate(self) -> None:
        if work := self.open_work():
            raise Refused(f"{self} still has {work[0].type.noun} {work[0]} (handbook, R2)")
        self.status = "Inactive"
        require_manager(self)

    @action("Reactivate", when="Inactive", says=SAYS["reactivate"], by=MANAGER)
    def reactivate(self) -> None:
        self.status = "Active"


def require_manager(user: User) -> None:
    """Raises `Refused` unless somebody active is a manager."""
    if not user.find(User, role=MANAGER, status="Active"):
        raise Refused("The last active manager stays (handbook, R2)")


class Owned(Work):
    """Work that belongs to a user; the subclasses say who may own it."""

    owner: User | None
    owners: ClassVar[tuple[str, ...]] = SELLERS

    def accept(self, user: User) -> None:
        """Raises `Refused` where the user may not own this."""
        if user.status != "Active" or user.role not in self.owners:
            told = user.role.lower() if user.status == "Active" else "inactive"
            raise Refused(f"{user} is {told} and cannot own {self} (handbook, R1)")

    def check(self) -> None:
        if self.owner:
            self.accept(self.owner)

    def give(self, to: User) -> None:
        """Makes somebody else the owner."""
        if to == self.owner:
            raise Refused(f"{self} is with {to} already (handbook, R3)")
        self.accept(to)
        self.owner = to


def active(record: Any) -> bool:
    """Says whether a record is in use."""
    return bool(record.status == "Active")


def sells(user: User) -> bool:
    """Says whether a user may own what is sold."""
    return user.status == "Active" and user.role in SELLERS


def cares(user: User) -> bool:
    """Says whether a user may own cases."""
    return user.status == "Active" and user.role in CARERS


def manages(user: User) -> bool:
    """Says whether a user is an active manager."""
    return user.status == "Active" and user.role == MANAGER
