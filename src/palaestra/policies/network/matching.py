"""Where the words of a screen stand in the goal, and what of the goal has been worked through.

The network reads a screen against a goal by these matches. They are found here, word by word and
without any weights, once for every decision; most of a screen has nothing to do with the goal, so
what is found is little and is kept as a list. Nothing here is learnt.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from palaestra.policies.network.elements import BIT, ROLE, Screen
from palaestra.policies.network.glossary import readings
from palaestra.policies.network.synonyms import neighbours
from palaestra.policies.network.tokens import (
    COMMA,
    NAME_TOKENS,
    NO,
    QUOTE,
    YES,
    Goal,
    Strings,
    lead_of,
    string_tokens,
)
from palaestra.types import Past

Small = npt.NDArray[np.uint8]
Span = tuple[int, int]

CHANNELS = ("name", "value", "around", "lead", "meaning", "whole")
FULL = 100
"""How much a match counts, 0 to this: the share of a text's words that are met."""
NEAR = 4
BESIDE = 15 + 4 * NEAR
"""Where the facts begin that tell what else of an element's row the goal names."""
KIN = BESIDE + 2
"""Where the facts begin that tell whether the code of an element's row begins as one in the goal
does (BILL-0002 where BILL-0012 is told), and whether it begins otherwise."""
FACTS = KIN + 2
TOUCHES = 27
INSIDE = slice(15, 19)
"""The touches that a span of text should not run across: labels, names, commas, quotation marks."""
WINDOW = 128
BEFORE = 40
"""How much of a long goal is read at a time, and how much of that lies before the place of work."""
REACH = 64
"""How far the place of work moves at a time, at most."""
COUNTED, FOLLOWED = 21, 24
"""Where the touches begin that say which item of a list it is the turn of: by how often the
application has answered, and by what was worked through. Three each: past, present, next."""
CHOSEN = BIT["checked"] | BIT["selected"]
FADING = 8


class Laid(NamedTuple):
    """A text laid along a goal.

    Attributes:
        hits: Goal token and how well it is met there, 1 to `FULL`.
        spans: First and last token of every place where all of the text stands.
    """

    hits: tuple[tuple[int, int], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class Found(NamedTuple):
    """All that one string of a screen has to do with a goal.

    Attributes:
        own: Its first words, laid along the goal.
        near: Goal tokens that any of its words meets, and `FULL`.
        leads: Goal tokens that are codes for a thing of this name, and `FULL`.
        meaning: Goal tokens that mean much the same as one of its words, in English or in another
            language, and how much.
        meant: How much of it is met or meant, 0 to `FULL`.
    """

    own: Laid = Laid()
    near: tuple[tuple[int, int], ...] = ()
    leads: tuple[tuple[int, int], ...] = ()
    meaning: tuple[tuple[int, int], ...] = ()
    meant: int = 0


NOTHING = Found()


class Matches(NamedTuple):
    """What a screen and a goal have to do with each other; E elements, G tokens of the goal.

    Attributes:
        begin: The first token of the goal that is read.
        hits: Element, channel, goal token (counted from `begin`), how well; shape (hits, 4).
        facts: What is known of each element, 0 to `FULL`, shape (E, FACTS).
        touched: What is known of each goal token, 0 to `FULL`, shape (G, TOUCHES).
    """

    begin: int
    hits: npt.NDArray[np.int16]
    facts: Small
    touched: Small


class Lens:
    """Looks at screens with one goal in mind; remembers what it has laid along it."""

    def __init__(self, goal: Goal, strings: Strings) -> None:
        self.goal, self.strings = goal, strings
        self._found: dict[int, Found] = {}
        self._typed: dict[str, Laid] = {}
        self._kin: dict[int, tuple[int, int]] = {}
        self._days = {first: last for first, last, _ in (*goal.months, *goal.days)}
        self._leads: dict[int, list[int]] = {}
        for place, lead in enumerate(goal.leads.tolist()):
            if lead:
                self._leads.setdefault(lead, []).append(place)
        self._item = np.searchsorted(goal.items, np.arange(len(goal)), side="right")
        self._yes = [at for at, kind in enumerate(goal.kinds.tolist()) if kind == YES]
        self._no = [at for at, kind in enumerate(goal.kinds.tolist()) if kind == NO]

    def match(self, screen: Screen, past: Sequence[Past]) -> Matches:
        """Returns what a screen, and what was done before, have to do with the goal."""
        touched, place = self._worked(past)
        begin = min(max(0, place - BEFORE), max(0, len(self.goal) - WINDOW))
        facts = np.zeros((len(screen.lines), FACTS), np.uint8)
        hits: list[tuple[int, int, int, int]] = []
        lines = screen.lines.tolist()
        whole = self._longest(screen)
        rows: dict[int, dict[int, int]] = {}
        for element, (role, states, name, value, around, usable, row) in enumerate(lines):
            own, shown, about = self._look(name), self._look(value), self._look(around)
            if own is shown is about is NOTHING:
                continue
            meaning = own.meaning if usable else ()
            fact = facts[element]
            fact[:4] = (
                _best(own.own.hits),
                _best(shown.own.hits),
                _best(about.near),
                _best(own.leads),
            )
            counts = map(len, (own.own.hits, shown.own.hits, about.near, own.leads))
            fact[4:8] = [min(6, n) * 16 for n in counts]
            fact[8] = own.meant * usable
            if row and shown.own.hits:
                rows.setdefault(row, {})[value] = fact[1]
            self._follow(fact, own.own.spans, shown.own.spans, about.own.spans)
            box = ROLE["textbox"] <= role <= ROLE["checkbox"]
            marks = ((0, own.own.hits, usable), (1, shown.own.hits, box), (3, shown.own.hits, True),
                     (2, own.own.hits, states & CHOSEN), (4, own.leads, usable),
                     (14, meaning, True))  # fmt: skip
            for touch, met, holds in marks:
                if holds:
                    for at, how in met:
                        touched[at, touch] = max(touched[at, touch], how)
            for touch, holds in ((15, box), (16, usable)):
                for first, last in own.own.spans if holds else ():
                    touched[first : last + 1, touch] = FULL
            for channel, met in enumerate(
                (own.own.hits, shown.own.hits, about.near, own.leads, meaning)
            ):
                hits += [(element, channel, at - begin, how) for at, how in met]
            for first, last in own.own.spans if usable else ():
                if whole[first] == whole[last] == last - first + 1:
                    fact[14] = FULL
                    hits += [(element, 5, at - begin, FULL) for at in range(first, last + 1)]
        self._turn(touched, lines)
        done = {deed.name: back for back, deed in reversed([*enumerate(reversed(past))])}
        for element, line in enumerate(lines):
            if row := line[6]:
                facts[element, KIN:] = self._related(row)
            if row in rows:
                facts[element, BESIDE:KIN] = _beside(rows[row], line[2:4])
            if line[5] and (back := done.get(self.strings.texts[line[2]])) is not None:
                facts[element, 9] = FULL * FADING // (FADING + back)
        facts[:, 10:13] = self.strings.counts()[screen.lines[:, 2:5]] * 16
        facts[:, 13] = np.minimum(np.arange(len(facts)), FULL)
        touched[:, 17] = FULL * (self.goal.kinds == COMMA)
        touched[:, 18] = FULL * (self.goal.kinds == QUOTE)
        listed = np.array(hits, np.int16).reshape(-1, 4)
        read = (listed[:, 2] >= 0) & (listed[:, 2] < WINDOW)
        return Matches(begin, listed[read], facts, touched[begin : begin + WINDOW])

    def _longest(self, screen: Screen) -> list[int]:
        """Returns, for each goal token, how long the longest name is that stands there whole.

        "Mean name" in a goal is not the box "Name".
        """
        longest = [0] * len(self.goal)
        for number in set(screen.lines[screen.lines[:, 5] == 1, 2].tolist()):
            for first, last in self._look(number).own.spans:
                for at in range(first, last + 1):
                    longest[at] = max(longest[at], last - first + 1)
        return longest

    def _related(self, row: int) -> tuple[int, int]:
        """Returns what the code that a row begins with has to do with those of the goal."""
        found = self._kin.get(row)
        if found is None:
            lead = lead_of(self.strings.texts[row].lstrip().partition(" ")[0]) if self._leads else 0
            same = lead in self._leads
            found = self._kin[row] = FULL * same, FULL * (lead > 0 and not same)
        return found

    def _look(self, number: int) -> Found:
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = self._find(number)
        return found

    def _find(self, number: int) -> Found:
        words, starts = self.strings.words(number), self.strings.leads(number)
        at = self.goal.at
        own = self._lay(words[:NAME_TOKENS])
        near = {place for word in words for place in at.get(word, ())}
        leads = {place for start in starts for place in self._leads.get(start, ())}
        meaning: dict[int, int] = {}
        meant = 0
        read = readings(self.strings.texts[number])
        for word, english in zip(words[:NAME_TOKENS], read, strict=False):
            best = FULL if word in at else 0
            for other, likeness in (*neighbours(word), *english):
                for place in at.get(other, ()):
                    how = int(likeness * FULL)
                    meaning[place] = max(meaning.get(place, 0), how)
                    best = max(best, how)
            meant += best
        if not (near or leads or meaning):
            return NOTHING
        return Found(
            own,
            tuple((place, FULL) for place in sorted(near)),
            tuple((place, FULL) for place in sorted(leads)),
            tuple(sorted(meaning.items())),
            meant // max(1, len(words[:NAME_TOKENS])),
        )

    def _lay(self, words: tuple[int, ...]) -> Laid:
        """Lays words along the goal wherever one of them is met."""
        at = self.goal.at
        begins: dict[int, list[int]] = {}
        for offset, word in enumerate(words):
            for place in at.get(word, ()):
                begins.setdefault(place - offset, []).append(place)
        hits: dict[int, int] = {}
        spans = []
        for begin, met in begins.items():
            share = FULL * len(met) // len(words)
            last = begin + len(words) - 1
            if len(words) == 1 and self.goal.ids[begin] != words[0]:
                last = self._days[begin]  # the first word of a day or a month
                met = list(range(begin, last + 1))
            for place in met:
                hits[place] = max(hits.get(place, 0), share)
            if share == FULL:
                spans.append((begin, last))
        return Laid(tuple(sorted(hits.items())), tuple(sorted(spans)))

    def _follow(
        self, fact: Small, own: Iterable[Span], shown: Iterable[Span], label: Iterable[Span]
    ) -> None:
        """Notes what stands in the goal just before what."""
        begins, values = {first for first, _ in own}, {first for first, _ in shown}
        ends, labels = [last for _, last in own], [last for _, last in label]
        pairs = ((labels, begins), (ends, values), (ends, self._yes), (ends, self._no))
        for number, (before, after) in enumerate(pairs):
            for last in before:
                for apart in range(1, NEAR + 1):
                    if last + apart in after:
                        fact[14 + number * NEAR + apart] = FULL

    def _worked(self, past: Sequence[Past]) -> tuple[Small, int]:
        """Follows along the goal what was done; returns the touches, and where that has got to."""
        touched = np.zeros((len(self.goal), TOUCHES), np.uint8)
        place = floor = end = said = 0
        counted, followed, items = 1, 1, self.goal.items
        last: dict[int, tuple[int, int, int]] = {}
        for step, deed in enumerate(past):
            for touch, text in ((5, deed.text), (7, deed.name)):
                spans = self._told(text).spans if text else ()
                near = min(spans, key=lambda span: _way(span[0], place, floor), default=None)
                if near and abs(near[0] - place) <= REACH:
                    place, end = near[0], max(end, near[1] + 1)
                    followed = max(followed, bisect_left(items, near[1]))
                    for at in range(near[0], near[1] + 1):
                        last[at] = (step, touch, said)
                    break
            if deed.said:
                said, place, floor = said + 1, end, end
                counted += not (step and past[step - 1].said and deed[:3] == past[step - 1][:3])
                followed = max(followed, 1 + bisect_left(items, end))
                if items:
                    place = max(end, items[min(counted, followed + 1, len(items)) - 1])
        if items:
            for touch, turn in ((COUNTED, counted), (FOLLOWED, followed)):
                touched[:, touch] = FULL * (self._item < turn)
                touched[:, touch + 1] = FULL * (self._item == turn)
                touched[:, touch + 2] = FULL * (self._item == turn + 1)
        apart = np.arange(len(self.goal)) - place
        touched[:, 19] = np.where(apart < 0, FULL * FADING // (FADING - apart.clip(max=0)), 0)
        touched[:, 20] = np.where(apart >= 0, FULL * FADING // (FADING + apart.clip(min=0)), 0)
        for at, (step, touch, then) in last.items():
            touched[at, touch + (then < said)] = FULL
            touched[at, 9] = FULL * FADING // (FADING + len(past) - 1 - step)
            touched[at, 10] = min(4, said - then) * 25
        return touched, place

    def _told(self, text: str) -> Laid:
        laid = self._typed.get(text)
        if laid is None:
            laid = self._typed[text] = self._lay(string_tokens(text)[:NAME_TOKENS])
        return laid

    def _turn(self, touched: Small, lines: list[list[int]]) -> None:
        """Says of every day in the goal on which side of the calendar's month it lies."""
        shown = next((m for line in lines if (m := self.strings.months.get(line[3]))), 0)
        for first, last, day in self.goal.days if shown else ():
            apart = day.year * 12 + day.month - shown
            touched[first : last + 1, 11:14] = (
                FULL * (apart > 0), FULL * (apart < 0), FULL * (abs(apart) > 6)
            )  # fmt: skip


def _way(first: int, place: int, floor: int) -> int:
    """Returns how far it is from the place of work to where a text stands in the goal.

    Back is twice as far as on, and what lies before the last answer of the application is far away.
    """
    far = first - place if first >= place else 2 * (place - first)
    return far + (4 * REACH if first < floor else 0)


def _beside(told: dict[int, int], own: list[int]) -> tuple[int, int]:
    """Returns how well the goal tells another text of a row, and how many it tells whole."""
    others = [how for other, how in told.items() if other not in own]
    return max(others, default=0), 16 * min(6, others.count(FULL))


def _best(hits: tuple[tuple[int, int], ...]) -> int:
    return max((how for _, how in hits), default=0)
