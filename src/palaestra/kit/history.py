"""What became of a store besides its rows: what was done, by whom and when, and which chances fell.

Neither is part of rows, diffs or digests, and both are part of every snapshot: going back takes
them back. The log is a chain, so an entry more copies nothing. Chances come from splitmix64
(Steele, Lea and Flood, OOPSLA 2014), whose whole state is one number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from palaestra.errors import GymError
from palaestra.types import Command

MASK = (1 << 64) - 1
STRIDE = 0x9E3779B97F4A7C15


@dataclass(frozen=True, eq=False)
class Entry:
    """One command that was carried out.

    Attributes:
        at: When, on the virtual clock.
        user: The role it was done in; "" where the application has no roles.
        command: What was done.
        said: What came of it, as a sentence.
        touched: (index of the record type, number) of every record that it was about: those it
            wrote, and what they are parts of.
        before: The entry before this one.
    """

    at: dt.datetime
    user: str
    command: Command
    said: str
    touched: frozenset[tuple[int, int]]
    before: Entry | None = field(repr=False)


class History(NamedTuple):
    """The log and the stream of chances at one moment.

    Attributes:
        stream: State of the stream, 64 bits.
        last: The last entry of the log, which leads to those before it.
    """

    stream: int = 0
    last: Entry | None = None

    def entries(self, kind: int, number: int) -> Iterator[Entry]:
        """Yields what was done to one record, the latest first."""
        entry = self.last
        while entry:
            if (kind, number) in entry.touched:
                yield entry
            entry = entry.before

    def drawn(self, low: int, high: int) -> tuple[History, int]:
        """Draws a whole number, evenly (but for one part in 2^64 a number) over a range.

        Returns:
            The history with the stream one step on, and the number.

        Raises:
            GymError: If there is nothing in the range.
        """
        if low > high:
            raise GymError(f"Nothing can be drawn from {low} to {high}")
        stream = mixed = (self.stream + STRIDE) & MASK
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & MASK
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & MASK
        mixed ^= mixed >> 31
        return self._replace(stream=stream), low + (mixed * (high - low + 1) >> 64)
