"""One of a few words."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from palaestra.errors import GymError, Refused
from palaestra.kit.fields.field import Field
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.seeding import Faker
    from palaestra.kit.store import Store


class Choice(Field):
    """One of a few words."""

    kind = "choice"
    input_role = "combobox"

    def __init__(self, *choices: str, **rest: Any) -> None:
        super().__init__(**rest)
        if len(set(choices)) != len(choices) or not choices:
            raise GymError(f"Choices must be given and differ; got {choices}")
        self.choices = choices

    def initial(self, store: Store) -> Value:
        return self.default if self.default is not None or self.editable else self.choices[0]

    def parse(self, text: str, store: Store) -> Value:
        if text not in self.choices:
            raise Refused(f"{self.label} must be one of {', '.join(self.choices)}")
        return text

    def options(self, store: Store) -> tuple[str, ...]:
        return self.choices

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        return rng.choice(self.choices)

    def sort_key(self, value: Value, store: Store) -> Any:
        return self.choices.index(str(value)) if value else -1


def choice(*choices: str, **rest: Any) -> Any:
    """Declares a `Choice` field."""
    return Choice(*choices, **rest)
