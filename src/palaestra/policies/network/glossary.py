"""What German and Chinese words of a screen are in English: "Fällig am" and "到期日" are due.

The glossary was written once, from general knowledge of the three languages, by writers who saw
nothing of Palaestra (docs/decisions/0017-a-glossary.md). It knows the words of offices of all
trades; names, and what is said in whole sentences, it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from palaestra.policies.network.synonyms import neighbours
from palaestra.policies.network.tokens import CHINESE, string_words, token_id

TABLE = Path(__file__).with_name("glossary.txt")
"""A line an entry, "english | german; german | chinese; chinese"."""
SURE = 0.9
"""The chance that a word means what the glossary says of it."""
FAR = 0.8
"""What is left of that for a synonym of what it says."""
PART = 0.8
"""What is left of that for a part of a German compound."""
ENGLISH = 0.5
"""What is left of that for a word that is English as well, as "Art" and "Tag" are."""
SHORTEST, LONGEST = 3, 8
"""Letters of a part of a compound, at least; characters of a Chinese word, at most."""
COMPOUND = 40
"""Letters of a compound, at most; what is longer is no word."""
LINKS = ("", "s", "es", "n", "en", "er", "e", "-", "s-", "n-", "en-")
"""What German puts between the parts of a compound (Duden, Die Grammatik: Fugenelemente)."""
CHARACTER = re.compile(f"[{CHINESE}]")
PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
"""German letters without what a plural may have added."""
ENDING = re.compile("(?:ern|em|en|er|es|e|n|s)$")
LITTLE = frozenset(
    re.findall(
        r"\w+",
        """a an and at by for from in is of on or per the to until with
        ab am an auf aus bei bis das dem den der des die für im in mit nach oder pro seit um und von
        vom vor zu zum zur über""",
    )
)
"""Words that hold others together."""

Reading = tuple[tuple[int, float], ...]
"""Ids of English stems that a word may stand for, and how likely, the likeliest first."""


class Glossary:
    """Both halves of the glossary, by the German stem and by the Chinese word."""

    def __init__(self, path: Path = TABLE) -> None:
        self._german: dict[str, dict[int, float]] = {}
        self._forms: dict[str, str] = {}
        self._chinese: dict[str, dict[int, float]] = {}
        for english, german, chinese in entries(path):
            meant = [token_id(word) for word in english.split() if word not in LITTLE]
            for term in german:
                words = [word for word in term.lower().split() if word not in LITTLE]
                for word in words:
                    key = stem(word)
                    self._forms |= {word.translate(PLAIN): key, key: key}
                    _add(self._german.setdefault(key, {}), meant, SURE / len(words))
            for term in chinese:
                _add(self._chinese.setdefault(term, {}), meant, SURE)

    def read(self, words: tuple[str, ...]) -> tuple[Reading, ...]:
        """Returns what each word of a text may stand for; () where it is not known."""
        found: list[Reading] = []
        while len(found) < len(words):
            begin = len(found)
            if CHARACTER.match(words[begin]):
                n, meant = self._longest(words[begin : begin + LONGEST])
                found += [_widened(meant)] * n
            else:
                found.append(self._word(words[begin].lower()))
        return tuple(found)

    def _longest(self, characters: tuple[str, ...]) -> tuple[int, dict[int, float]]:
        """Returns how many characters make up the longest word that they begin with, and it."""
        for n in range(len(characters), 0, -1):
            if meant := self._chinese.get("".join(characters[:n])):
                return n, meant
        return 1, {}

    def _word(self, word: str) -> Reading:
        if word in LITTLE or any(c.isdigit() for c in word):
            return ()
        is_english = bool(word.isascii() and neighbours(token_id(word)))
        meant = dict(self._german.get(stem(word), {}))
        if not meant and not is_english and len(word) <= COMPOUND:
            for part in self._parts(word):
                for token, how in self._german[part].items():
                    _add(meant, [token], PART * how)
        if is_english:
            meant = {token: ENGLISH * how for token, how in meant.items()}
        return _widened(meant)

    def _parts(self, word: str) -> tuple[str, ...]:
        """Returns the stems that a German compound is made of; none if it is not made of known."""
        whole = stem(word)
        ways: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(SHORTEST, 1 + len(whole)):
            known = self._german if end == len(whole) else self._forms
            for begin in sorted(ways):
                if end - begin >= SHORTEST and (part := whole[begin:end]) in known:
                    told = (*ways[begin], self._forms[part])
                    for link in LINKS:
                        if whole.startswith(link, end):
                            ways.setdefault(end + len(link), told)
                    break
        return ways.get(len(whole), ())


def stem(word: str) -> str:
    """Returns a German word without its ending and its umlauts.

    After Savoy, Light stemming approaches for the French, Portuguese, German and Hungarian
    languages (SAC 2006). With Snowball's stemmer the reading of a screen takes four times as long.
    """
    plain = word.translate(PLAIN)
    short = ENDING.sub("", plain)
    return short if len(short) >= SHORTEST else plain


def entries(path: Path = TABLE) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yields each English term with what it is in German and in Chinese."""
    for line in path.read_text("utf-8").splitlines():
        english, german, chinese = line.split(" | ")
        yield english, tuple(german.split("; ")), tuple(chinese.split("; "))


@cache
def glossary() -> Glossary:
    """Returns the glossary, read when first asked for."""
    return Glossary()


@lru_cache(maxsize=200_000)
def readings(text: str) -> tuple[Reading, ...]:
    """Returns what each word of a text, as `tokens.string_words` has them, may be in English.

    Args:
        text: A label, in any language.

    Returns:
        A reading for each word: ids of English stems, as `tokens.token_id` gives them, and how
        likely the word stands for them, between 0 and 1. Empty for words that are unknown, for
        English ones mostly, and for those that only hold others together.
    """
    return glossary().read(string_words(text))


def _add(meant: dict[int, float], tokens: list[int], how: float) -> None:
    for token in tokens:
        meant[token] = max(meant.get(token, 0.0), how)


def _widened(meant: dict[int, float]) -> Reading:
    """Adds the synonyms of what is meant."""
    wide = dict(meant)
    for token, how in meant.items():
        for other, likeness in neighbours(token):
            _add(wide, [other], FAR * how * likeness)
    return tuple(sorted(wide.items(), key=lambda pair: (-pair[1], pair[0])))
