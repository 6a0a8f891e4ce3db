"""Boxes that are ticked or not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from palaestra.errors import Refused
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store


class YesNo(Field):
    """A box that is ticked or not."""

    kind = "yes_no"
    input_role = "checkbox"

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"required": False, "default": False, **rest})

    def parse(self, text: str, store: Store) -> Value:
        if text not in ("Yes", "No"):
            raise Refused(f"{self.label} must be Yes or No")
        return text == "Yes"

    def show(self, value: Value, store: Store) -> str:
        return "Yes" if value else "No"

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.random() < 0.5


def yes_no(**rest: Any) -> Any:
    """Declares a `YesNo` field."""
    return YesNo(**rest)
