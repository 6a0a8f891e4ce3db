"""Texts: a line, or several."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from palaestra.errors import Refused
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

UNTYPABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters (but tab and line feed) and lone halves of surrogate pairs."""


class Text(Field):
    """A line of text, or several with `long=True`."""

    def __init__(
        self,
        like: str | Sequence[str] = "phrase",
        *,
        long: bool = False,
        pattern: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.like = like
        self.long = long
        self.pattern = re.compile(pattern) if pattern else None
        if long:
            self.listed = False

    def parse(self, text: str, store: Store) -> Value:
        super().parse(text, store)
        if UNTYPABLE.search(text):
            raise Refused(f"{self.label} has characters that cannot be shown")
        if not self.long:
            text = " ".join(text.split())
        if self.pattern and not self.pattern.fullmatch(text):
            raise Refused(f"{self.label} does not have the expected form")
        return text

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.choice(self.like) if not isinstance(self.like, str) else faker.text(self.like)

    def sort_key(self, value: Value, store: Store) -> Any:
        return str(value or "").casefold()


def text(like: str | Sequence[str] = "phrase", **rest: Any) -> Any:
    """Declares a `Text` field; `like` names what made-up values look like (see `Faker.text`)."""
    return Text(like, **rest)
