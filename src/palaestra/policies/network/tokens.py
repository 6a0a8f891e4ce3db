"""Text as the network sees it: tokens with two names, and their place in the text.

A token is named by a hash of its stem, for what equals what, and by a hash of the very word, for
what it may mean: "customer" and "custom" have one stem. Neither name has a meaning here; that is
what lets a policy read applications whose words it has never seen. Stems are the Snowball
stemmer's (Porter2).
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt
import snowballstemmer

from palaestra.kit.fields import MONTHS, parse_date
from palaestra.policies.network.items import items

Ints = npt.NDArray[np.int32]

CHINESE = r"\u3400-\u9fff"
TOKEN = re.compile(rf"[{CHINESE}]|[^\W_{CHINESE}]+(?:[-.,/@_'\u2019:+&]+[^\W_{CHINESE}]+)*|[^\w\s]")
"""A word, a Chinese character, or a mark."""
NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?")
CODE = re.compile(r"([^\W\d_]{1,5})-?\d+")
YEAR = re.compile(r"(?:^|\D)\d{4}$|\d{4}-\d\d-\d\d$")
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
PUNCTUATION = ".,:;\"?=!()'"
KINDS = 10 + len(PUNCTUATION)
YES, NO = KINDS - 2, KINDS - 1
COMMA, QUOTE = 8 + PUNCTUATION.index(","), 8 + PUNCTUATION.index('"')
GOAL_TOKENS = 4_000
STRING_TOKENS = 12
NAME_TOKENS = 6
MONTH = re.compile(rf"({'|'.join(MONTHS)}) (\d{{4}})")
DAY_TOKENS = 5
"""The most tokens that a day takes in words, as "the 3rd of March 2027"."""
LEADS = 6
"""A string's first one to five letters, and its words' initials: what codes are made of."""
HASHES = 1 << 30

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def token_id(word: str) -> int:
    """Returns a number from 1 up that equal stems, and equal amounts, share in every process."""
    word = word.lower()
    return word_id(_stemmer.stemWord(word) if word.isalpha() else word)


def word_id(word: str) -> int:
    """Returns a number from 1 up that equal words, and equal amounts, share in every process."""
    word = word.lower()
    if NUMBER.fullmatch(word):
        word = word.replace(",", "").removesuffix(".00")
    return 1 + zlib.crc32(word.encode()) % HASHES


def month_of(text: str) -> tuple[int, int] | None:
    """Returns the year and the month that a text is, as "May 2026"; None for anything else."""
    month = MONTH.fullmatch(text)
    return (int(month[2]), 1 + MONTHS.index(month[1])) if month else None


def month_id(year: int, month: int) -> int:
    """Returns the token of a month."""
    return token_id(_month(year, month))


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def kind_of(word: str) -> int:
    """Returns what a token looks like, from 1 up to `KINDS` - 1: for the goal's tokens."""
    if word.lower() in ("yes", "no"):
        return YES if word.lower() == "yes" else NO
    if not word[0].isalnum():
        return 8 + PUNCTUATION.find(word) if word in PUNCTUATION else 7
    if ISO_DATE.fullmatch(word):
        return 1
    if NUMBER.fullmatch(word):
        return 2
    if any(c.isdigit() for c in word):
        return 3
    if not word.isalpha():
        return 4
    return 5 if word[0].isupper() else 6


def split(text: str) -> list[re.Match[str]]:
    """Returns the first tokens of a text with their places, `GOAL_TOKENS` at most."""
    return list(islice(TOKEN.finditer(text), GOAL_TOKENS))


@lru_cache(maxsize=200_000)
def string_words(text: str) -> tuple[str, ...]:
    """Returns the first words of a text; punctuation is left out.

    A day or a month in words is one word, the same as in figures.
    """
    if day := parse_date(text):
        return (day.isoformat(),)
    if month := month_of(text):
        return (_month(*month),)
    words = (match[0] for match in TOKEN.finditer(text[:400]))
    return tuple(islice((word for word in words if word[0].isalnum()), STRING_TOKENS))


def string_tokens(text: str) -> tuple[int, ...]:
    """Returns the ids of the stems of the first words of a text."""
    return tuple(map(token_id, string_words(text)))


@lru_cache(maxsize=200_000)
def leads(text: str) -> tuple[int, ...]:
    """Returns what a code for a thing of this name could begin with, LEADS of them at most."""
    words = re.findall(r"[^\W\d_]+", text[:60].lower())
    letters = "".join(words)
    starts = [letters[:n] for n in range(1, LEADS) if len(letters) >= n]
    starts.append("".join(word[0] for word in words))
    return tuple(_lead_id(start) for start in starts if start)


def lead_of(word: str) -> int:
    """Returns the letters that a code begins with ("BILL-0012"), as `leads` names them; or 0."""
    found = CODE.fullmatch(word)
    return _lead_id(found[1].lower()) if found else 0


def _lead_id(start: str) -> int:
    return 1 + zlib.crc32(f"^{start}".encode()) % HASHES


class Goal:
    """A goal's words as tokens.

    Attributes:
        text: The words.
        ids: Ids of the tokens' stems, shape (n,), n at most `GOAL_TOKENS`.
        words: Ids of the very tokens, shape (n,).
        kinds: What each token looks like, shape (n,).
        leads: The letters that each token begins with if it is a code, shape (n,); else 0.
        days: First token, last token and day of every day that is told.
        months: First token, last token and month (by its token) of every month that is told.
        items: The token that each item of a list begins with; none where the goal is no list.
        at: Token id and where it stands; days and months stand where they begin as well.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found = split(text)
        self._begins = [match.start() for match in found]
        self._ends = [match.end() for match in found]
        self.ids: Ints = np.array([token_id(match[0]) for match in found], np.int32)
        self.words: Ints = np.array([word_id(match[0]) for match in found], np.int32)
        self.kinds: Ints = np.array([kind_of(match[0]) for match in found], np.int32)
        self.leads: Ints = np.array([lead_of(match[0]) for match in found], np.int32)
        self.items = items([match[0] for match in found])
        self.days = list(self._days())
        self.at: dict[int, list[int]] = {}
        for place, token in enumerate(self.ids.tolist()):
            self.at.setdefault(token, []).append(place)
        self.months = list(self._months())
        for first, _, month in self.months:
            self.at.setdefault(month, []).append(first)
        for first, last, day in self.days:
            self.at.setdefault(month_id(day.year, day.month), []).append(first)
            if last > first:
                self.at.setdefault(token_id(day.isoformat()), []).append(first)

    def __len__(self) -> int:
        return len(self._begins)

    def _days(self) -> Iterator[tuple[int, int, dt.date]]:
        """Finds days in figures or in words; of those that begin at one place, the longest."""
        last = -1
        for first in range(len(self)):
            if first <= last or self.kinds[first] == 7:
                continue
            for end in range(min(first + DAY_TOKENS, len(self)) - 1, first - 1, -1):
                if YEAR.search(self.span(end, end)) and (day := parse_date(self.span(first, end))):
                    yield first, end, day
                    last = end
                    break

    def _months(self) -> Iterator[tuple[int, int, int]]:
        """Finds months in words, with their tokens."""
        for match in MONTH.finditer(self.text):
            first = bisect_left(self._begins, match.start())
            if first + 1 < len(self) and self._begins[first] == match.start():
                yield first, first + 1, month_id(int(match[2]), 1 + MONTHS.index(match[1]))

    def span(self, first: int, last: int) -> str:
        """Returns the text from one token to another, both included."""
        return self.text[self._begins[first] : self._ends[last]]

    def tokens(self, begin: int, end: int) -> tuple[int, int]:
        """Returns the first token within some characters of the goal, and where they end."""
        return bisect_left(self._begins, begin), bisect_left(self._begins, end)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Returns every (first, last) pair of tokens between which exactly this text stands."""
        found = []
        at = self.text.find(text)
        while text and at >= 0:
            if at in self._begins and at + len(text) in self._ends:
                found.append((self._begins.index(at), self._ends.index(at + len(text))))
            at = self.text.find(text, at + 1)
        return found


@lru_cache(maxsize=20_000)
def read_goal(text: str) -> Goal:
    """Returns a goal's tokens; remembered, for a goal is looked at in every step."""
    return Goal(text)


class Strings:
    """Numbers strings as they come, and keeps their tokens in one table.

    Attributes:
        texts: The strings.
        months: Of the strings that are a month: how many months after year 0.
    """

    def __init__(self) -> None:
        self.texts = [""]
        self.months: dict[int, int] = {}
        self._numbers: dict[str, int] = {"": 0}
        self._rows: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), ())]
        self._table: Ints = np.zeros((0, STRING_TOKENS), np.int32)
        self._counts: Ints = np.zeros(0, np.int32)

    def number(self, text: str) -> int:
        """Returns the row of a string in the table."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._rows)
            self._rows.append((string_tokens(text), leads(text)))
            self.texts.append(text)
            if month := month_of(text):
                self.months[number] = month[0] * 12 + month[1]
        return number

    def __len__(self) -> int:
        return len(self._rows)

    def words(self, number: int) -> tuple[int, ...]:
        """Returns the ids of the stems of a string."""
        return self._rows[number][0]

    def leads(self, number: int) -> tuple[int, ...]:
        """Returns what a code for a thing of this name could begin with."""
        return self._rows[number][1]

    def table(self) -> Ints:
        """Returns ids of words per string, shape (strings, STRING_TOKENS), 0 beyond the end."""
        self._tabulate()
        return self._table

    def counts(self) -> Ints:
        """Returns how many words each string has, `NAME_TOKENS` at most; shape (strings,)."""
        self._tabulate()
        return self._counts

    def _tabulate(self) -> None:
        done = len(self._table)
        if done < len(self._rows):
            fresh = np.zeros((len(self._rows) - done, STRING_TOKENS), np.int32)
            for row, text in zip(fresh, self.texts[done:], strict=True):
                ids = [word_id(word) for word in string_words(text)]
                row[: len(ids)] = ids
            self._table = np.concatenate([self._table, fresh])
            self._counts = np.minimum((self._table > 0).sum(1), NAME_TOKENS).astype(np.int32)
