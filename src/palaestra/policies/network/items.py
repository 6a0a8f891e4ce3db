"""Where the items of a list stand: a goal of many steps counts them, "1.", "(b)" or "Step 3:".

Whoever works through a list counts what is done of it. Here only the list is read; who has got how
far is followed in `matching.py`. What joins steps without counting them ("then", "/") is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import NamedTuple

CLOSES = frozenset(").:]-=/")
"""What may stand behind the number of an item."""
SHARP = "#"


class Mark(NamedTuple):
    """What stands around a number.

    Attributes:
        before: The token before it; "" at the beginning.
        behind: The token behind it; "" at the end.
        opens: Whether no word stands before the one before it.
    """

    before: str
    behind: str
    opens: bool


Alike = Callable[[Mark, Mark], bool]


def items(words: Sequence[str]) -> list[int]:
    """Returns where the items of a list are numbered, or lettered.

    Args:
        words: The tokens of a text.

    Returns:
        The token that is the number of the first item, of the second, and so on; nothing where
        there are fewer than two. Of several ways to count, the one that gets furthest.
    """
    lowered = [word.lower() for word in words]
    chains = [
        _chain(lowered, label, alike)
        for label, ways in ((str, (_both, _behind, _before)), (_letters, (_both, _behind)))
        for alike in ways
    ]
    longest = max(chains, key=len)
    return longest if len(longest) > 1 else []


def _chain(words: list[str], label: Callable[[int], str], alike: Alike) -> list[int]:
    """Returns where it is counted up from one, each number marked as the first is."""
    found: list[int] = []
    for number in count(1):
        wanted, begin = label(number), found[-1] + 1 if found else 0
        places = (at for at in range(begin, len(words)) if words[at] == wanted)
        first = _mark(words, found[0]) if found else None
        marked = ((at, _mark(words, at)) for at in places)
        at = next((at for at, mark in marked if alike(first or mark, mark)), None)
        if at is None:
            break
        found.append(at)
    return found


def _mark(words: list[str], at: int) -> Mark:
    before, behind = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    return Mark(before, behind, at < 2 or not words[at - 2].isalnum())


def _both(first: Mark, mark: Mark) -> bool:
    return mark.behind in CLOSES and mark[:2] == first[:2]


def _behind(first: Mark, mark: Mark) -> bool:
    return mark.behind in CLOSES and mark.behind == first.behind


def _before(first: Mark, mark: Mark) -> bool:
    counts = first.before == SHARP or (first.before.isalpha() and first.opens)
    return counts and mark.before == first.before


def _letters(number: int) -> str:
    """Returns a, b, ... z, aa, bb ..."""
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
