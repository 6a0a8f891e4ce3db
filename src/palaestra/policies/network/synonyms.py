"""Which words can stand for each other: "supplier" in a goal, "Vendor" on the screen.

The table was made once, from general sources, by `scripts/make_synonyms.py`; nothing of it comes
from an application's screens or goals (docs/decisions/0008-synonyms-from-general-sources.md). It
knows single English words, by the ids that `tokens.token_id` gives their stems. It does not know
phrases ("sign off"), names, or other languages.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

TABLE = Path(__file__).with_name("synonyms.npz")
LEVELS = 256
"""A similarity is kept as a byte: so many 256ths."""


class Synonyms:
    """The neighbours of every word that has any.

    Attributes:
        tokens: Ids of the words, shape (words,), rising.
    """

    def __init__(self, path: Path = TABLE) -> None:
        with np.load(path, allow_pickle=False) as table:
            self.tokens: npt.NDArray[np.int32] = table["tokens"]
            self._others: npt.NDArray[np.uint16] = table["others"]
            self._levels: npt.NDArray[np.uint8] = table["levels"]
            self._ends = np.cumsum(table["counts"], dtype=np.int64)

    def of(self, token: int) -> tuple[tuple[int, float], ...]:
        """Returns the neighbours of a word and how near they are, the nearest first."""
        at = int(np.searchsorted(self.tokens, token))
        if at == len(self.tokens) or self.tokens[at] != token:
            return ()
        span = slice(self._ends[at - 1] if at else 0, self._ends[at])
        others = self.tokens[self._others[span]].tolist()
        levels = (self._levels[span] / LEVELS).tolist()
        return tuple(sorted(zip(others, levels, strict=True), key=lambda pair: (-pair[1], pair[0])))


@cache
def synonyms() -> Synonyms:
    """Returns the table, read when first asked for."""
    return Synonyms()


@lru_cache(maxsize=200_000)
def neighbours(token: int) -> tuple[tuple[int, float], ...]:
    """Returns the words that may stand for a word, the nearest first.

    Args:
        token: The id of a word's stem, as `tokens.token_id` gives it.

    Returns:
        Ids and similarities, twelve at most. A similarity lies between 0 and 1 and is about the
        chance that the two words mean the same; the relation is symmetric. Empty for a word that
        the table does not know, and opposites are never neighbours.
    """
    return synonyms().of(token)
