"""Makes the table of meanings that the network policy reads (policies/network/meanings.npz).

Screens say "Amend" where practice said "Edit" and "Change". The table gives each common English
word a short vector, so that what was learnt of one word is half known of its neighbours: the
frozen sentence encoder's vector (all-MiniLM-L6-v2) on the first principal axes of all of them.
Words are those of WordNet and what is inflected or derived of them; names of people and places,
of which WordNet has few, mostly stay without. The sources, and what they have nothing to do with,
are those of `make_synonyms.py`:

    python scripts/make_meanings.py sources
"""

from __future__ import annotations

import argparse
from pathlib import Path

import lexicons
import numpy as np
from make_synonyms import HERE, barred

from palaestra.policies.network.tokens import token_id, word_id

TARGET = HERE.parent / "src/palaestra/policies/network/meanings.npz"
COMMON = 0.1
"""Uses in a million words that a word has at least."""
AXES = 128
STEPS = 40
"""Steps of the table to a standard deviation; what is beyond 127 of them is cut off."""


def words_of(often: dict[str, float], known: lexicons.WordNet) -> list[str]:
    """Returns the common words whose stem a word of WordNet has."""
    wanted = {token_id(word) for word in known.senses if word.isalpha()} - barred()
    return sorted(
        word
        for word, n in often.items()
        if n >= COMMON
        and len(word) > 1
        and word.isascii()
        and word.isalpha()
        and token_id(word) in wanted
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the table of meanings.")
    parser.add_argument("sources", type=Path, help="the folder of the downloaded archives")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    lexicons.check(args.sources)
    words = words_of(lexicons.frequencies(args.sources), lexicons.wordnet(args.sources))
    print(len(words), "words")
    encoded = lexicons.encode(args.sources, words)
    centred = encoded - encoded.mean(0)
    spread, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :AXES]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(AXES)])
    table = centred @ axes
    print(f"{AXES} axes keep {spread[::-1][:AXES].sum() / spread.sum():.3f} of the variance")
    table *= STEPS / table.std()
    tokens, first = np.unique([word_id(word) for word in words], return_index=True)
    np.savez_compressed(
        args.out,
        tokens=tokens.astype(np.int32),
        vectors=np.clip(np.round(table[first]), -127, 127).astype(np.int8),
    )
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
