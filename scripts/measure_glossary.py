"""Measures the glossary on the German and Chinese labels of the offices, for which it was not made.

Right are the pairs of a label and what it is in the other language; wrong are random pairs of an
office. Two texts match if some word of the one may stand for some word of the other that says more
than "the". Precision is that of a choice between one right pair and one random one.

    python scripts/measure_glossary.py
"""

from __future__ import annotations

import argparse
import random

from measure_synonyms import Pair, tell

from palaestra.gyms import find, is_family, names
from palaestra.kit.lexicon import WORDS
from palaestra.policies.network.glossary import LITTLE, readings
from palaestra.policies.network.tokens import string_words, token_id

THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.9)


def similarity(english: str, foreign: str) -> float:
    """Returns how likely some word of a foreign text stands for one of the English text."""
    wanted = {token_id(word) for word in string_words(english) if word.lower() not in LITTLE}
    return max((how for read in readings(foreign) for token, how in read if token in wanted),
               default=0.0)  # fmt: skip


def pairs(language: str) -> tuple[list[Pair], list[Pair]]:
    """Returns the pairs of texts that mean the same, and random ones."""
    rng = random.Random(0)
    right: set[Pair] = set()
    wrong: set[Pair] = set()
    tables = [find(name).words.get(language, {}) for name in names() if not is_family(name)]
    tables.append({words[0]: WORDS[language][key][0] for key, words in WORDS["en"].items()})
    for table in tables:
        plain = {en: there for en, there in table.items() if "{" not in en and len(en) < 25}
        same = {(en, there) for en, there in plain.items() if en.lower() != there.lower()}
        right |= same
        wrong |= {(rng.choice([*plain]), rng.choice([*plain.values()])) for _ in range(2_000)}
    return sorted(right), sorted(wrong - right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--missed", action="store_true", help="print the labels it does not know")
    args = parser.parse_args()
    for language in ("de", "zh"):
        right, wrong = pairs(language)
        found = [[similarity(*pair) for pair in some] for some in (right, wrong)]
        tell(language, *found, THRESHOLDS)
        for english, foreign in right if args.missed else ():
            if not similarity(english, foreign):
                print(f"  {english} | {foreign}")


if __name__ == "__main__":
    main()
