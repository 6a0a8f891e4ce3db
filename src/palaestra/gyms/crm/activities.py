"""What users do for contacts at a time: calls, meetings and tasks."""

from __future__ import annotations

import datetime as dt

from palaestra.gyms.crm.customers import Contact, reachable
from palaestra.gyms.crm.office import POOLS, SAYS, app
from palaestra.gyms.crm.users import Owned, User, active
from palaestra.kit import Refused, action, choice, code, date, derived, ref, text

KINDS = ("Call", "Meeting", "Task")
TIMES = tuple(f"{half // 2:02d}:{half % 2 * 30:02d}" for half in range(16, 36))
LENGTHS = {"30 minutes": 30, "60 minutes": 60, "90 minutes": 90, "120 minutes": 120}
EVENING = 18 * 60
SATURDAY = 5


@app.record(key="number", plural="Activities", seeds=(0, 0))
class Activity(Owned):
    """Something that somebody does on a day at a time."""

    owners = app.roles

    number: str = code("ACT-####")
    subject: str = text(POOLS["subjects"])
    kind: str = choice(*KINDS, label="Type")
    contact: Contact = ref(Contact, active=reachable)
    company: str = derived(lambda one: str(one.contact.account), shown_as=text(), listed=False)
    owner: User = ref(User, active=active)
    day: dt.date = date(past=0, ahead=20)
    time: str = choice(*TIMES)
    length: str = choice(*LENGTHS, label="Duration")
    status: str = choice("Planned", "Done", "Cancelled", editable=False)
    outcome: str | None = text(editable=False, required=False, listed=False)

    def span(self) -> tuple[int, int]:
        """Returns when it starts and ends, in minutes from midnight."""
        hours, minutes = self.time.split(":")
        start = int(hours) * 60 + int(minutes)
        return start, start + LENGTHS[self.length]

    def overlaps(self, other: Activity) -> bool:
        """Says whether two activities of one day are on at the same time."""
        (start, end), (begin, finish) = self.span(), other.span()
        return start < finish and begin < end

    def clash(self) -> Activity | None:
        """Returns another meeting of the owner at the same time, if any."""
        if self.kind != "Meeting" or self.status == "Cancelled":
            return None
        others = self.find(Activity, owner=self.owner, day=self.day, kind="Meeting")
        return next(
            (o for o in others if o != self and o.status != "Cancelled" and self.overlaps(o)), None
        )

    def check(self) -> None:
        super().check()
        if self.day.weekday() >= SATURDAY or self.span()[1] > EVENING:
            raise Refused(f"{self} is on a weekend or over after 18:00 (handbook, R19)")
        if clash := self.clash():
            raise Refused(f"{self.owner} has meeting {clash} then (handbook, R18)")

    def locked(self) -> str:
        done = self.status != "Planned"
        return f"{self} is {self.status.lower()} (handbook, R20)" if done else ""

    def give(self, to: User) -> None:
        super().give(to)
        self.check()

    @action(
        "Conclude", when="Planned", says=SAYS["conclude activity"], outcome=text(POOLS["outcomes"])
    )
    def conclude(self, outcome: str) -> None:
        if self.day > self.today:
            raise Refused(f"{self} is on {self.day}, which is to come (handbook, R20)")
        self.status, self.outcome = "Done", outcome

    @action(
        "Reschedule",
        when="Planned",
        says=SAYS["reschedule"],
        day=date(past=0, ahead=20, label="New day"),
        time=choice(*TIMES, label="New time"),
    )
    def reschedule(self, day: dt.date, time: str) -> None:
        if day < self.today:
            raise Refused(f"{day} is past (handbook, R20)")
        self.day, self.time = day, time
        self.check()

    @action("Cancel", when="Planned", says=SAYS["cancel activity"])
    def cancel(self) -> None:
        self.status = "Cancelled"

    @action("Reassign", when="Planned", says=SAYS["reassign"], to=ref(User, active=active))
    def reassign(self, to: User) -> None:
        self.give(to)
