"""A skin: how one and the same App looks and works on the surface, decided by a seed.

Skin 0 is plain. Seeds from `EXAM_SKINS` up are never used in training; only they draw the last
theme, the last of the kit's words for a control and the last synonym of a gym's label
(`lexicon.py`), so an exam on them shows words never seen.

A skin changes no record, rule or command: what it changes is order, density, navigation, widgets,
language and noise.
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
THEMES = ("indigo", "teal", "slate", "rust", "contrast", "large", "dark")
LANGUAGES = ("en",) * 10 + ("de", "zh")
"""Drawn evenly: five skins in six are English."""
STRANGE = 0.15
"""Share of the practice skins that call some kinds of record by words that nobody knows."""


@dataclass(frozen=True)
class Skin:
    """Layout, widgets and words of one look.

    Attributes:
        seed: What it was drawn from.
        language: "en", "de" or "zh", where the application speaks it.
        synonyms: Whether labels are replaced by their synonyms.
        nav: Where the navigation stands: "side", "top", "tabs", or behind a "menu".
        page_size: Rows on one page of a list.
        lists: How a list goes on: "pages", a button for "more", or "scroll".
        filters: How many boxes to filter by stand above a list, at most.
        opener: How a row is opened: by a "link" on its key or by a "button" of its own.
        select: What one of a few is chosen with: "native", "listbox", "autocomplete" or "radio".
        dates: How a day is entered: typed into a "plain" box, or clicked in a "calendar".
        forms: Whether forms and questions are a "page" or a "modal" dialog.
        errors: Where form errors stand: "inline" under the field or in a "summary" on top.
        content: What stands around the work: "plain", "long", "misleading" or "hostile" text.
        shuffle: Seed of the order of columns and form fields; 0 keeps the order of declaration.
        theme: Colours and size of letters of the page face.
        dense: Whether the page face draws tight rows.
        strange: Whether some kinds of record are called by words that nobody knows, so that what
            is meant has to be found by looking; never in exams.
    """

    seed: int
    language: str = "en"
    synonyms: bool = False
    nav: str = "side"
    page_size: int = PLAIN_PAGE_SIZE
    lists: str = "pages"
    filters: int = 1
    opener: str = "link"
    select: str = "native"
    dates: str = "plain"
    forms: str = "page"
    errors: str = "inline"
    content: str = "plain"
    shuffle: int = 0
    theme: str = THEMES[0]
    dense: bool = False
    strange: bool = False

    @classmethod
    def of_seed(cls, seed: int) -> Skin:
        """Draws a skin; the same seed always gives the same one."""
        return _drawn(seed)

    @property
    def exam(self) -> bool:
        """Says whether this skin is kept for exams."""
        return self.seed >= EXAM_SKINS

    def ordered(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """Puts fields in this skin's order."""
        if not self.shuffle:
            return fields
        return tuple(
            sorted(fields, key=lambda f: random.Random(f"{self.shuffle}/{f.name}").random())
        )


@lru_cache(maxsize=4096)
def _drawn(seed: int) -> Skin:
    if seed == 0:
        return Skin(0)
    rng = random.Random(f"skin/{seed}")
    return Skin(
        seed=seed,
        language=rng.choice(LANGUAGES),
        synonyms=rng.random() < 0.5,
        nav=rng.choice(("side", "side", "top", "tabs", "menu")),
        page_size=rng.choice((5, 6, 8, 10)),
        lists=rng.choice(("pages", "pages", "more", "scroll")),
        filters=rng.choice((0, 1, 2)),
        opener=rng.choice(("link", "link", "button")),
        select=rng.choice(("native", "native", "listbox", "autocomplete", "radio")),
        dates=rng.choice(("plain", "plain", "calendar")),
        forms=rng.choice(("page", "page", "modal")),
        errors=rng.choice(("inline", "summary")),
        content=rng.choice(("plain",) * 5 + ("long", "misleading", "hostile")),
        shuffle=rng.choice((0, rng.randrange(1, 1 << 30))),
        theme=kept_apart(THEMES, rng, exam=seed >= EXAM_SKINS),
        dense=rng.random() < 0.5,
        strange=rng.random() < STRANGE and seed < EXAM_SKINS,
    )


def kept_apart(
    pool: tuple[T, ...], rng: random.Random, *, exam: bool, more: tuple[T, ...] = ()
) -> T:
    """Draws one of several; the last is only for exams, unless there is no other.

    Args:
        pool: What exams draw from.
        rng: Draws.
        exam: Whether it is for an exam.
        more: What only practice draws from as well.
    """
    return rng.choice(pool if exam else (*(pool[:-1] or pool), *more))
