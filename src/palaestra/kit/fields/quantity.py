"""Whole numbers within a range."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from palaestra.errors import Refused
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store

WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)


class Quantity(Field):
    """A whole number within a range."""

    kind = "quantity"

    def __init__(self, low: int = 1, high: int = 100, **rest: Any) -> None:
        super().__init__(**rest)
        self.low, self.high = low, high

    def parse(self, text: str, store: Store) -> Value:
        if not WHOLE.fullmatch(text):
            raise Refused(f"{self.label} must be a whole number")
        value = int(text)
        if not self.low <= value <= self.high:
            raise Refused(f"{self.label} must be between {self.low} and {self.high}")
        return value

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.randint(self.low, self.high)


def quantity(low: int = 1, high: int = 100, **rest: Any) -> Any:
    """Declares a `Quantity` field."""
    return Quantity(low, high, **rest)
