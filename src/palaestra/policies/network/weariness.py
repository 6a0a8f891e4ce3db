"""Keeps a policy from going in circles: what it has come back to in vain gets less likely.

A network that sees the same screen decides the same again. So each time that it has left a deed for
another and come back to it, though the application has answered nothing since, counts against that
deed. Doing a thing several times in a row (the next month, the next page) counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from palaestra.types import Op, Past

WEARY = 1.0
"""By how much every return to a deed lowers the log-odds of doing it again."""


def returns(past: Sequence[Past]) -> Mapping[tuple[Op, str], int]:
    """Counts how often deeds were come back to since the application last answered.

    Args:
        past: What was done, the latest last.

    Returns:
        Operations, names of elements, and how many returns to them there were, where any.
    """
    since: list[tuple[Op, str, str]] = []
    for deed in reversed(past):
        if deed.said:
            break
        since.append(deed[:3])
    begun = [one for one, after in zip(since, [*since[1:], None], strict=False) if one != after]
    found = Counter[tuple[Op, str]]()
    for (op, name, _), times in Counter(begun).items():
        if times > 1:
            found[op, name] += times - 1
    return found
