"""The virtual clock: time in an application passes only when somebody acts.

Wall time never enters a Session, so the same actions give the same dates on any day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

EPOCH = dt.date(2026, 1, 5)
SPAN_DAYS = 360
SECONDS_PER_ACTION = 5


@dataclass(frozen=True)
class Clock:
    """A moment: the day a Session starts on, and the seconds since nine in the morning.

    Attributes:
        start: First day of the Session.
        elapsed: Seconds since 09:00 of that day.
    """

    start: dt.date
    elapsed: int = 0

    @classmethod
    def of_seed(cls, seed: int) -> Clock:
        """Puts the first day somewhere in the year after `EPOCH`, decided by the seed."""
        return cls(EPOCH + dt.timedelta(days=(seed * 7919) % SPAN_DAYS))

    @property
    def now(self) -> dt.datetime:
        """Returns date and time."""
        return dt.datetime.combine(self.start, dt.time(9)) + dt.timedelta(seconds=self.elapsed)

    @property
    def today(self) -> dt.date:
        """Returns the date."""
        return self.now.date() if self.elapsed else self.start

    def after(self, actions: int) -> Clock:
        """Returns the clock after so many actions."""
        return Clock(self.start, self.elapsed + actions * SECONDS_PER_ACTION)
