"""Where customers come from: campaigns, and the leads that they bring in."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.crm.customers import Account, Contact
from palaestra.gyms.crm.office import MANAGER, POOLS, SAYS, SELLERS, app
from palaestra.gyms.crm.sales import Opportunity
from palaestra.gyms.crm.ties import Tied
from palaestra.gyms.crm.users import Owned, User, active, sells
from palaestra.kit import Refused, action, choice, code, date, derived, money, quantity, ref, text

CHANNELS = ("Email", "Trade fair", "Webinar", "Print")
SOURCES = ("Web", "Referral", "Trade fair", "Cold call")


@app.record(key="name", seeds=(0, 0), may={"create": MANAGER, "update": MANAGER, "delete": MANAGER})
class Campaign(Tied):
    """Something that is done to be noticed."""

    name: str = text(POOLS["campaigns"])
    channel: str = choice(*CHANNELS)
    budget: int = money(low=500, high=20_000)
    starts_on: dt.date = date(past=10, ahead=20, label="First day")
    ends_on: dt.date = date(past=-20, ahead=90, label="Last day")
    status: str = choice("Planned", "Running", "Ended", editable=False)
    leads: int = derived(lambda c: len(c.ties()), shown_as=quantity(), label="Number of leads")

    def check(self) -> None:
        if self.ends_on < self.starts_on:
            raise Refused(f"{self} would end before it starts (handbook, R8)")

    def locked(self) -> str:
        return f"{self} is over (handbook, R8)" if self.status == "Ended" else ""

    @action("Begin", when="Planned", says=SAYS["begin campaign"], by=MANAGER)
    def begin(self) -> None:
        if self.starts_on > self.today:
            raise Refused(f"{self} starts on {self.starts_on} (handbook, R8)")
        self.status = "Running"

    @action("Conclude", when="Running", says=SAYS["conclude campaign"], by=MANAGER)
    def conclude(self) -> None:
        if leads := self.open_work():
            raise Refused(f"{leads[0]} of {self} is {leads[0].status.lower()} (handbook, R8)")
        self.status = "Ended"


@app.record(
    key="number", seeds=(0, 0), may={"create": SELLERS, "update": SELLERS, "delete": MANAGER}
)
class Lead(Owned):
    """Somebody who may become a customer."""

    number: str = code("LEAD-####")
    person: str = text("person")
    company: str = text(POOLS["companies"])
    email: str = text("email", listed=False)
    phone: str | None = text("phone", required=False)
    source: str = choice(*SOURCES)
    campaign: Campaign | None = ref(
        Campaign, required=False, listed=False, active=lambda c: c.status == "Running"
    )
    owner: User = ref(User, active=sells)
    status: str = choice("New", "Qualified", "Converted", "Disqualified", editable=False)
    disqualified_for: str | None = text(
        editable=False, required=False, listed=False, label="Disqualification reason"
    )
    account: Account | None = ref(Account, editable=False, required=False, listed=False)
    contact: Contact | None = ref(Contact, editable=False, required=False, listed=False)
    opportunity: Opportunity | None = ref(Opportunity, editable=False, required=False, listed=False)

    def locked(self) -> str:
        done = self.status == "Converted"
        return f"{self} is converted and on file for good (handbook, R7)" if done else ""

    def check(self) -> None:
        if self.is_open():
            super().check()

    @action(
        "Reassign",
        when=("New", "Qualified"),
        says=SAYS["reassign"],
        by=MANAGER,
        to=ref(User, active=sells),
    )
    def reassign(self, to: User) -> None:
        self.give(to)

    @action("Qualify", when="New", says=SAYS["qualify lead"], by=SELLERS)
    def qualify(self) -> None:
        if not self.phone:
            raise Refused(f"{self} has no phone number (handbook, R7)")
        self.status = "Qualified"

    @action(
        "Disqualify",
        when=("New", "Qualified"),
        says=SAYS["disqualify lead"],
        by=SELLERS,
        reason=text(POOLS["disqualifications"]),
    )
    def disqualify(self, reason: str) -> None:
        self.status, self.disqualified_for = "Disqualified", reason

    @action("Reconsider", when="Disqualified", says=SAYS["reconsider lead"], by=SELLERS)
    def reconsider(self) -> None:
        self.status, self.disqualified_for = "New", None
        self.accept(self.owner)

    @action(
        "Convert",
        when="Qualified",
        says=SAYS["convert lead"],
        by=SELLERS,
        title=text(POOLS["deals"], label="Opportunity title"),
        close_on=date(past=0, ahead=120, label="Expected close"),
    )
    def convert(self, title: str, close_on: dt.date) -> None:
        self.account = self._company()
        self.contact = self._person(self.account)
        self.opportunity = self.create(
            Opportunity,
            title=title,
            account=self.account,
            contact=self.contact,
            owner=self.owner,
            close_on=close_on,
        )
        self.opportunity.check()
        self.status = "Converted"

    def _company(self) -> Account:
        """Returns the account of the company's name, made if there is none."""
        for account in self.find(Account, name=self.company):
            if not active(account):
                raise Refused(f"{account} is {account.status.lower()} (handbook, R5)")
            return account
        return self.create(
            Account,
            name=self.company,
            industry="Other",
            territory=self.owner.territory,
            owner=self.owner,
        )

    def _person(self, account: Account) -> Contact:
        """Returns the contact of the person's name, made if there is none."""
        for contact in self.find(Contact, name=self.person):
            if contact.account != account or not active(contact):
                raise Refused(f"{contact} is known at {contact.account} (handbook, R7)")
            return contact
        return self.create(
            Contact,
            name=self.person,
            account=account,
            position="Buyer",
            email=self.email,
            phone=self.phone,
        )
