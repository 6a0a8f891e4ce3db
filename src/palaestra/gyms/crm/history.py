"""The records that the office starts with: a past made by running its own rules."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

from palaestra.gyms.crm.activities import KINDS, LENGTHS, SATURDAY, TIMES, Activity
from palaestra.gyms.crm.cases import DUE, URGENT, Case, CaseNote
from palaestra.gyms.crm.customers import POSITIONS, Account, Contact, reachable
from palaestra.gyms.crm.enquiries import Enquiry
from palaestra.gyms.crm.leads import CHANNELS, SOURCES, Campaign, Lead
from palaestra.gyms.crm.office import CARERS, MANAGER, POOLS, SELLERS, TERRITORIES, app
from palaestra.gyms.crm.post import letter
from palaestra.gyms.crm.sales import (
    FAMILIES,
    FREE,
    MOST,
    STAGES,
    Opportunity,
    OpportunityLine,
    Product,
)
from palaestra.gyms.crm.users import User
from palaestra.kit import Store
from palaestra.kit.seeding import Faker

TEAM = (MANAGER, "Sales rep", "Sales rep", "Support", "Sales rep", "Sales rep", MANAGER, "Support")
DEALS = (*STAGES, *STAGES, "Proposal", "Negotiation", "Won", "Won", "Won", "Lost", "Lost")
LEADS = ("New", "New", "Qualified", "Qualified", "Converted", "Disqualified")
PLANS = ("Planned", "Planned", "Planned", "Planned", "Overdue", "Done", "Done", "Cancelled")
CASES = ("New", "New", "In progress", "In progress", "Escalated", "Resolved", "Resolved")
LETTERS = ("trouble", "interest", "junk", "answered", "dismissed", "trouble", "interest")
DISCOUNTS = (0, 0, 0, 5, 5, 10, 10, FREE, 20, 25, 30, MOST, 50)


@app.seeding
def past(store: Store, rng: random.Random) -> None:
    """Leaves the office as it is on its first morning."""
    Past(store, rng).happen()


class Past:
    """Makes up what happened before the first day.

    Attributes:
        store: Where it happened.
        rng: Decides what happened.
        faker: Makes up people and what they are called by.
        today: The first day.
        used: How often a name was taken, so that none is twice.
        users: Who works here, by role and by territory.
        accounts: Whom they sell to.
        contacts: Whom they know there.
    """

    def __init__(self, store: Store, rng: random.Random) -> None:
        self.store, self.rng, self.today = store, rng, store.today
        self.faker = Faker(rng.getrandbits(32))
        self.used: Counter[str] = Counter()
        self.users: dict[str, list[User]] = {}
        self.accounts: list[Account] = []
        self.contacts: dict[Account, list[Contact]] = {}

    def happen(self) -> None:
        """Makes all records in the order in which they came about."""
        rng = self.rng
        for place in range(max(self.many(8, 9), len(TEAM))):
            self.hire(TEAM[place % len(TEAM)], TERRITORIES[place % len(TERRITORIES)])
        self.accounts = [self.win_over() for _ in range(self.many(9, 11))]
        for account in self.accounts:
            for _ in range(rng.choice((1, 1, 2))):
                self.meet(account)
        products = [self.offer() for _ in range(self.many(9, 11))]
        for fate in self.fates(DEALS, 11, 13):
            self.deal(fate, rng.sample(products, min(len(products), rng.choice((1, 1, 2, 2, 3)))))
        campaigns = [self.advertise(place) for place in range(self.many(4, 5))]
        for fate in self.fates(LEADS, 8, 10):
            self.attract(fate, rng.choice((None, *campaigns[2:3])))
        for fate in self.fates(PLANS, 12, 15):
            self.plan(fate)
        for fate in self.fates(CASES, 7, 9):
            self.complain(fate)
        for fate in self.fates(LETTERS, 6, 7):
            self.receive(fate)
        self.tidy(products, campaigns)

    def many(self, low: int, high: int) -> int:
        """Returns how many there are of something."""
        return max(1, round(self.rng.randint(low, high) * self.store.scale))

    def fates(self, kinds: tuple[str, ...], low: int, high: int) -> list[str]:
        """Returns what becomes of each of several records; every fate is among them."""
        fates = list(dict.fromkeys(kinds))
        rest = max(0, self.many(low, high) - len(fates))
        return [*fates, *self.rng.choices(kinds, k=rest)]

    def name(self, name: str) -> str:
        """Returns a name, with a number after it where it is taken."""
        self.used[name] += 1
        return name if self.used[name] == 1 else f"{name} {self.used[name]}"

    def ago(self, low: int, high: int) -> dt.date:
        """Returns a day so many days back."""
        return self.today - dt.timedelta(days=self.rng.randint(low, high))

    def hire(self, role: str, territory: str) -> None:
        """Adds somebody to the team."""
        name = self.name(self.faker.text("person"))
        email = f"{name.lower().replace(' ', '.')}@relata.example"
        user = User.make(self.store, name=name, email=email, role=role, territory=territory)
        for group in (role, f"{role} {territory}"):
            self.users.setdefault(group, []).append(user)

    def one_of(self, roles: tuple[str, ...]) -> User:
        """Returns somebody in one of the roles."""
        return self.rng.choice(self.users[self.rng.choice(roles)])

    def win_over(self, name: str = "", territory: str = "") -> Account:
        """Makes an account that nobody is known at yet."""
        rng = self.rng
        territory = territory or rng.choice(TERRITORIES)
        name = name or f"{rng.choice(POOLS['stems'])} {rng.choice(POOLS['trades'])}"
        account = Account.make(
            self.store,
            name=self.name(name),
            industry=rng.choice(POOLS["industries"]),
            territory=territory,
            owner=rng.choice(self.users.get(f"Sales rep {territory}", self.users[MANAGER])),
            phone=self.faker.text("phone") if rng.random() < 0.7 else None,
        )
        self.contacts[account] = []
        return account

    def meet(self, account: Account, name: str = "", email: str = "") -> Contact:
        """Makes a contact."""
        name = self.name(name or self.faker.text("person"))
        at = f"{str(account).lower().replace(' ', '-')}.example"
        contact = Contact.make(
            self.store,
            name=name,
            account=account,
            position=self.rng.choice(POSITIONS),
            email=email or f"{name.lower().replace(' ', '.')}@{at}",
            phone=self.faker.text("phone") if self.rng.random() < 0.6 else None,
        )
        self.contacts[account].append(contact)
        return contact

    def offer(self) -> Product:
        """Makes a product."""
        return Product.make(
            self.store,
            name=self.name(self.rng.choice(POOLS["products"])),
            family=self.rng.choice(FAMILIES),
            price=int(40_00 * 120 ** self.rng.random()) // 500 * 500,
        )

    def title(self, account: Account) -> str:
        """Returns what an account has no opportunity for yet."""
        first: str = self.rng.choice(POOLS["deals"])
        taken = {one.title for one in Opportunity.every(self.store, account=account)}
        return next(str(title) for title in (first, *POOLS["deals"]) if title not in taken)

    def deal(self, fate: str, products: list[Product]) -> None:
        """Makes an opportunity and brings it to its fate by running the rules."""
        rng, account = self.rng, self.rng.choice(self.accounts)
        deal = Opportunity.make(
            self.store,
            title=self.title(account),
            account=account,
            owner=account.owner if rng.random() < 0.7 else self.one_of(SELLERS),
            close_on=self.today + dt.timedelta(days=rng.randint(-5, 110)),
            opened_on=self.ago(25, 90),
        )
        if fate == "Prospecting" or (fate == "Lost" and rng.random() < 0.3):
            products = []
        for product in products:
            discount = rng.choice([d for d in DISCOUNTS if d <= MOST or fate != "Won"])
            line = OpportunityLine.make(
                self.store,
                opportunity=deal,
                product=product,
                quantity=rng.randint(1, 30),
                discount=discount,
            )
            line.check()
        if fate in ("Negotiation", "Won") or rng.random() < 0.5:
            deal.choose_contact(rng.choice(self.contacts[account]))
        last = {"Won": "Negotiation", "Lost": "Qualification"}.get(fate, fate)
        for stage in STAGES[1 : STAGES.index(last) + 1]:
            deal.change_stage(stage)
        if deal.needs_approval():
            self.haggle(deal, fate)
        if fate == "Won":
            deal.win(self.ago(0, 20))
        if fate == "Lost":
            deal.lose(rng.choice(POOLS["losses"]))
            deal.closed_on = self.ago(0, 20)

    def haggle(self, deal: Opportunity, fate: str) -> None:
        """Asks for a discount; what comes of it depends on the opportunity's fate."""
        answer = "yes" if fate == "Won" else self.rng.choice(("unasked", "waiting", "yes", "no"))
        if fate == "Lost" or answer == "unasked":
            return
        deal.ask_discount()
        if answer == "yes" and deal.steepest() <= MOST:
            deal.approve_discount()
        elif answer != "waiting":
            deal.reject_discount(self.rng.choice(POOLS["rejections"]))

    def advertise(self, place: int) -> Campaign:
        """Makes a campaign: the first is to come, the second due to begin, the others run."""
        starts = self.ago(*((-20, -3), (0, 2), (10, 60))[min(place, 2)])
        campaign = Campaign.make(
            self.store,
            name=self.name(self.rng.choice(POOLS["campaigns"])),
            channel=self.rng.choice(CHANNELS),
            budget=self.rng.randint(2, 40) * 250_00,
            starts_on=starts,
            ends_on=starts + dt.timedelta(days=self.rng.randint(20, 90)),
        )
        if place > 1:
            campaign.begin()
        return campaign

    def attract(self, fate: str, campaign: Campaign | None) -> None:
        """Makes a lead and brings it to its fate."""
        rng, person = self.rng, self.name(self.faker.text("person"))
        company = self.name(rng.choice(POOLS["companies"]))
        lead = Lead.make(
            self.store,
            person=person,
            company=company,
            email=f"{person.split()[0].lower()}@{company.lower().replace(' ', '-')}.example",
            phone=self.faker.text("phone") if fate != "New" or rng.random() < 0.5 else None,
            source=self.rng.choice(SOURCES),
            campaign=campaign,
            owner=self.one_of(SELLERS),
        )
        if fate in ("Qualified", "Converted"):
            lead.qualify()
        if fate == "Converted":
            days = dt.timedelta(days=rng.randint(10, 110))
            lead.convert(rng.choice(POOLS["deals"]), self.today + days)
        if fate == "Disqualified":
            lead.disqualify(rng.choice(POOLS["disqualifications"]))

    def plan(self, fate: str) -> None:
        """Makes an activity on a free working day and brings it to its fate."""
        rng = self.rng
        step = dt.timedelta(days=-1 if fate in ("Done", "Overdue") else 1)
        activity = Activity.make(
            self.store,
            subject=rng.choice(POOLS["subjects"]),
            kind=self.rng.choice(KINDS),
            contact=rng.choice(self.contacts[rng.choice(self.accounts)]),
            owner=self.one_of(app.roles),
            day=self.today + step * rng.randint(1, 12),
            time=rng.choice(TIMES[:-4]),
            length=rng.choice(list(LENGTHS)),
        )
        while activity.day.weekday() >= SATURDAY or activity.clash():
            activity.day += step
        activity.check()
        if fate == "Done":
            activity.conclude(rng.choice(POOLS["outcomes"]))
        if fate == "Cancelled":
            activity.cancel()

    def complain(self, fate: str) -> None:
        """Makes a case with notes and brings it to its fate."""
        rng = self.rng
        case = Case.make(
            self.store,
            subject=rng.choice(POOLS["problems"]),
            contact=rng.choice(self.contacts[rng.choice(self.accounts)]),
            priority=rng.choice(URGENT if fate == "Escalated" else list(DUE)),
            opened_on=self.ago(0, 12),
        )
        for _ in range(rng.choice((0, 0, 1, 1, 2)) + (fate == "Resolved")):
            note = rng.choice(POOLS["notes"])
            CaseNote.make(self.store, case=case, body=note, internal=rng.random() < 0.4)
        if fate != "New":
            case.allocate(self.one_of(CARERS))
        if fate == "Escalated":
            case.escalate(rng.choice(self.users[MANAGER]), rng.choice(POOLS["escalations"]))
        if fate == "Resolved":
            case.resolve(rng.choice(POOLS["resolutions"]))
            case.resolved_on = case.opened_on + (self.today - case.opened_on) * rng.random()

    def receive(self, fate: str) -> None:
        """Makes an enquiry, and answers or dismisses it where that is its fate."""
        rng = self.rng
        contact = rng.choice(self.contacts[rng.choice(self.accounts)])
        problem, urgency = rng.choice(POOLS["problems"]), rng.choice(list(DUE))
        person, company = self.name(self.faker.text("person")), rng.choice(POOLS["companies"])
        if fate in ("trouble", "answered"):
            sender, subject = contact.email, "Trouble"
            told = {"person": contact.name, "company": str(contact.account)}
            text = letter("trouble", rng, problem=problem, urgency=urgency, **told)
        elif fate == "interest":
            sender, subject = f"{person.lower().replace(' ', '.')}@mail.example", "Interest"
            told = {"product": rng.choice(POOLS["products"]), "phone": self.faker.text("phone")}
            text = letter("interest", rng, person=person, company=company, **told)
        else:
            sender, subject = self.faker.text("email"), "Your chance"
            text = letter("junk", rng)
        enquiry = Enquiry.make(
            self.store, sender=sender, subject=subject, received_on=self.ago(0, 6), letter=text
        )
        if fate == "answered":
            enquiry.turn_into_case(contact, problem, urgency)
        if fate == "dismissed":
            enquiry.dismiss()

    def tidy(self, products: list[Product], campaigns: list[Campaign]) -> None:
        """Merges, discontinues and deactivates some records, and leaves duplicates to be found."""
        rng = self.rng
        known = [account for account in self.accounts if reachable(self.contacts[account][0])]
        for place, account in enumerate(rng.sample(known, min(len(known), 3))):
            first = self.contacts[account][0]
            initial, _, rest = str(first).partition(" ")
            twin = self.meet(account, f"{initial[0]}. {rest}", first.email)
            if place == 1:
                twin.merge(first)
            if place == 2:
                twin.deactivate()
        original = rng.choice(known)
        self.meet(self.win_over(f"{original} Ltd", original.territory))
        self.win_over()
        idle = self.win_over()
        self.meet(idle)
        idle.deactivate()
        merged = self.win_over(f"{rng.choice(known)} & Co")
        self.meet(merged)
        merged.merge(rng.choice(known))
        sold = {line.product for line in OpportunityLine.every(self.store)}
        for product in [product for product in products if product not in sold][:1]:
            product.discontinue()
        for role in ("Support", rng.choice(app.roles)):
            self.hire(role, rng.choice(TERRITORIES))
        User.every(self.store)[-2].deactivate()
        if len(campaigns) > 3 and not campaigns[-1].open_work():
            campaigns[-1].conclude()
