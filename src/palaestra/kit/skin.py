"""A skin: how one and the same App looks and words its controls, decided by a seed.

Skin 0 is plain. Seeds from `EXAM_SKINS` up are never used in training; only they draw the last
word of each list in `WORDS` and the last theme, so an exam on them shows words never seen.
A skin changes no record, rule or command.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from palaestra.kit.fields import Field

T = TypeVar("T")

EXAM_SKINS = 1_000_000
PLAIN_PAGE_SIZE = 8
WORDS: dict[str, tuple[str, ...]] = {
    "new": ("New", "Add", "Create", "Register", "Enter new"),
    "edit": ("Edit", "Change", "Modify", "Update", "Amend"),
    "delete": ("Delete", "Remove", "Erase", "Discard"),
    "save": ("Save", "Submit", "OK", "Apply", "Store"),
    "cancel": ("Cancel", "Close", "Dismiss", "Abandon"),
    "search": ("Search", "Find", "Filter", "Look up"),
    "open": ("Open", "View", "Details", "Show"),
    "next": ("Next page", "Next", "Forward", "Further"),
    "previous": ("Previous page", "Previous", "Back", "Earlier"),
    "proceed": ("Yes", "Confirm", "Continue", "Go ahead"),
}
THEMES = ("indigo", "teal", "slate", "rust", "dark")


@dataclass(frozen=True)
class Skin:
    """Layout and words of one look.

    Attributes:
        seed: What it was drawn from.
        words: The words on standard controls, by what they do (keys of `WORDS`).
        nav: Where the navigation stands: "side" or "top".
        page_size: Rows on one page of a list.
        opener: How a row is opened: by a "link" on its key or by a "button" of its own.
        errors: Where form errors stand: "inline" under the field or in a "summary" on top.
        shuffle: Seed of the order of columns and form fields; 0 keeps the order of declaration.
        theme: Colours of the page face.
        dense: Whether the page face draws tight rows.
    """

    seed: int
    words: tuple[tuple[str, str], ...]
    nav: str = "side"
    page_size: int = PLAIN_PAGE_SIZE
    opener: str = "link"
    errors: str = "inline"
    shuffle: int = 0
    theme: str = THEMES[0]
    dense: bool = False

    @classmethod
    def of_seed(cls, seed: int) -> Skin:
        """Draws a skin; the same seed always gives the same one."""
        return _drawn(seed)

    def word(self, key: str) -> str:
        """Returns the word for a standard control."""
        return _dictionary(self)[key]

    def ordered(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """Puts fields in this skin's order."""
        if not self.shuffle:
            return fields
        return tuple(
            sorted(fields, key=lambda f: random.Random(f"{self.shuffle}/{f.name}").random())
        )


@lru_cache(maxsize=4096)
def _dictionary(skin: Skin) -> dict[str, str]:
    return dict(skin.words)


@lru_cache(maxsize=4096)
def _drawn(seed: int) -> Skin:
    if seed == 0:
        return Skin(0, tuple((key, words[0]) for key, words in WORDS.items()))
    rng = random.Random(f"skin/{seed}")

    def draw(pool: tuple[T, ...]) -> T:
        return rng.choice(pool if seed >= EXAM_SKINS else pool[:-1])

    return Skin(
        seed=seed,
        words=tuple((key, draw(words)) for key, words in WORDS.items()),
        nav=rng.choice(("side", "top")),
        page_size=rng.choice((5, 6, 8, 10)),
        opener=rng.choice(("link", "link", "button")),
        errors=rng.choice(("inline", "summary")),
        shuffle=rng.choice((0, rng.randrange(1, 1 << 30))),
        theme=draw(THEMES),
        dense=rng.random() < 0.5,
    )
