"""Makes the table of meanings that the network policy reads (policies/network/meanings.npz).

Screens say "Amend" where practice said "Edit" and "Change". The table gives each common English
word a short vector, so that what was learnt of one word is half known of its neighbours: the
frozen sentence encoder's vectors of the word's forms (all-MiniLM-L6-v2), on their first principal
axes. The sources, and what they have nothing to do with, are those of `make_synonyms.py`:

    python scripts/make_meanings.py sources
"""

from __future__ import annotations

import argparse
from pathlib import Path

import lexicons
import numpy as np
from make_synonyms import HERE, stems_of

TARGET = HERE.parent / "src/palaestra/policies/network/meanings.npz"
AXES = 96
STEPS = 40
"""Steps of the table to a standard deviation; what is beyond 127 of them is cut off."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the table of meanings.")
    parser.add_argument("sources", type=Path, help="the folder of the downloaded archives")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    lexicons.check(args.sources)
    stems = stems_of(lexicons.frequencies(args.sources), lexicons.wordnet(args.sources))
    words = sorted({word for stem in stems for word in stem.forms})
    print(len(stems), "stems,", len(words), "words")
    place = {word: n for n, word in enumerate(words)}
    encoded = lexicons.encode(args.sources, words)
    means = np.stack([s.weights @ encoded[[place[word] for word in s.forms]] for s in stems])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    centred = means - means.mean(0)
    spread, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :AXES]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(AXES)])
    table = centred @ axes
    print(f"{AXES} axes keep {spread[::-1][:AXES].sum() / spread.sum():.3f} of the variance")
    table *= STEPS / table.std()
    np.savez_compressed(
        args.out,
        tokens=np.array([stem.token for stem in stems], np.int32),
        vectors=np.clip(np.round(table), -127, 127).astype(np.int8),
    )
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
