"""What common English words mean, as vectors: "Amend" lies near "Edit" and "Change".

The table was made once, from general sources, by `scripts/make_meanings.py`; nothing of it comes
from an application's screens or goals (docs/decisions/0010-meanings-of-words.md). The network
learns what to make of the vectors. They know neither phrases, names nor other languages, and for
them opposites are near each other.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

TABLE = Path(__file__).with_name("meanings.npz")
STEPS = 40
"""Steps of the table to a standard deviation."""


class Meanings(nn.Module):
    """The vectors of all words that have one, W of them; no part of a model's file.

    Attributes:
        tokens: Ids of the words as `tokens.word_id` gives them, rising, (W,).
        vectors: What they mean, of unit variance, (1 + W, axes); the first is for no word, all 0.
    """

    tokens: Tensor
    vectors: Tensor

    def __init__(self) -> None:
        super().__init__()
        tokens, vectors = _table()
        self.register_buffer("tokens", tokens, persistent=False)
        self.register_buffer("vectors", vectors, persistent=False)

    def rows(self, ids: Tensor) -> Tensor:
        """Returns the rows of tokens in `vectors`, in the shape of `ids`; 0 for words unknown."""
        at = torch.searchsorted(self.tokens, ids).clamp(max=len(self.tokens) - 1)
        return torch.where(self.tokens[at] == ids, at + 1, 0)


@cache
def _table() -> tuple[Tensor, Tensor]:
    """Reads the table, once."""
    with np.load(TABLE, allow_pickle=False) as table:
        tokens, vectors = table["tokens"], table["vectors"].astype(np.float32) / STEPS
    return torch.from_numpy(tokens), torch.from_numpy(np.pad(vectors, ((1, 0), (0, 0))))
