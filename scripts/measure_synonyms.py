"""Measures the table of synonyms on the labels of the gyms, for which it was not made.

Right are the pairs of a label and its synonym in `gyms/*/words.toml`, and of the kit's words for
one control; wrong are random pairs of labels of one gym. Two texts match if some word of the one,
that the other lacks, is near some word of the other, that the one lacks. Pairs that share no word
are counted apart: there the policy has nothing else to go by. Precision is that of a choice between
one right pair and one random one.

    python scripts/measure_synonyms.py
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

from palaestra.policies.network.synonyms import neighbours
from palaestra.policies.network.tokens import string_tokens

SOURCE = Path(__file__).parents[1] / "src/palaestra"
THRESHOLDS = (0.06, 0.12, 0.2, 0.3, 0.4, 0.5)

Pair = tuple[str, str]


def similarity(one: str, other: str) -> float:
    """Returns how near the nearest words of two texts are that the texts do not share."""
    left, right = set(string_tokens(one)), set(string_tokens(other))
    return max(
        (s for token in left - right for n, s in neighbours(token) if n in right - left), default=0
    )


def pairs() -> tuple[list[Pair], list[Pair]]:
    """Returns the pairs of texts that mean the same, and random ones."""
    rng = random.Random(0)
    same: set[Pair] = set()
    random_ones: set[Pair] = set()
    for path in sorted(SOURCE.glob("gyms/*/words*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))["synonyms"]
        same |= {(label, synonym) for label, synonyms in told.items() for synonym in synonyms}
        labels = sorted(told)
        random_ones |= {tuple(rng.sample(labels, 2)) for _ in range(2_000)}
    kit = tomllib.loads((SOURCE / "kit/words.toml").read_text("utf-8"))["en"]
    short = {key: [w for w in words if "{" not in w and len(w) < 25] for key, words in kit.items()}
    same |= {(words[0], other) for words in short.values() for other in words[1:]}
    return sorted(same), sorted(random_ones - same)


def tell(
    title: str, right: Sequence[float], wrong: Sequence[float], thresholds: Sequence[float]
) -> None:
    """Prints how many right and wrong pairs match, by how near they have to be."""
    print(f"\n{title}: {len(right)} right, {len(wrong)} random\nthreshold recall false  precision")
    for threshold in thresholds:
        recall = sum(s >= threshold for s in right) / len(right)
        false = sum(s >= threshold for s in wrong) / len(wrong)
        print(f"{threshold:9} {recall:6.3f} {false:6.4f} {recall / (recall + false):9.3f}")


def main() -> None:
    same, other = pairs()
    for title, single, disjoint in (
        ("all pairs", False, False),
        ("pairs that share no word", False, True),
        ("pairs of two single words", True, True),
    ):

        def counted(pair: Pair, single: bool = single, disjoint: bool = disjoint) -> bool:
            left, right = (set(string_tokens(text)) for text in pair)
            if single and not len(left) == len(right) == 1:
                return False
            return left != right and not (disjoint and left & right)

        right = [similarity(*pair) for pair in same if counted(pair)]
        wrong = [similarity(*pair) for pair in other if counted(pair)]
        tell(title, right, wrong, THRESHOLDS)


if __name__ == "__main__":
    main()
