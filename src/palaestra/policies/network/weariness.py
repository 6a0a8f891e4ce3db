"""Keeps a policy from going in circles: what it has come back to in vain gets less likely.

A network that sees the same screen decides the same again. Three things count against a deed: that
it was left for another and come back to, though the application has answered nothing since; that
what was typed is typed again at once; and that all that was done between two answers of the
application was done before, and got the same answer. Doing a thing several times in a row (the next
month, the next page) counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from palaestra.types import Op, Past

WEARY = 1.0
"""By how much every return to a deed lowers the log-odds of doing it again."""

Deed = tuple[Op, str, str]


def returns(past: Sequence[Past]) -> Mapping[tuple[Op, str], int]:
    """Counts how often deeds were come back to in vain.

    Args:
        past: What was done, the latest last.

    Returns:
        Operations, names of elements, and how many returns to them there were, where any.
    """
    rounds = Counter[tuple[frozenset[Deed], str]]()
    since: list[Deed] = []
    for deed in past:
        since.append(deed[:3])
        if deed.said:
            rounds[frozenset(since), deed.said] += 1
            since = []
    begun = Counter(
        one for one, after in zip(since, [*since[1:], None], strict=False) if one != after or one[2]
    )
    found = Counter[tuple[Op, str]]()
    for (op, name, _), times in begun.items():
        found[op, name] += times - 1
    for (deeds, _), times in rounds.items():
        for op, name, _ in deeds:
            found[op, name] += times - 1
    return +found
