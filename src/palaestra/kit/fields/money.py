"""Amounts of money, in integer cents."""

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

MONEY = re.compile(r"-?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d{1,2})?", re.ASCII)


class Money(Field):
    """An amount in integer cents.

    Attributes:
        low: Smallest amount that may be entered, in cents.
        high: Largest amount that may be entered, in cents.
        currency: Code of the currency, shown with the amount ("1,250.00 EUR"); "" for none.
    """

    kind = "money"

    def __init__(
        self, low: float = 0.01, high: float = 10_000, *, currency: str = "", **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.currency = currency
        self.low, self.high = round(low * 100), round(high * 100)

    def parse(self, text: str, store: Store) -> Value:
        if self.currency:
            text = text.removeprefix(f"{self.currency} ").removesuffix(f" {self.currency}")
        if not MONEY.fullmatch(text):
            raise Refused(f"{self.label} must be an amount like 1,250.00")
        whole, _, cents = text.replace(",", "").partition(".")
        value = abs(int(whole)) * 100 + int(cents.ljust(2, "0") if cents else 0)
        value = -value if text.startswith("-") else value
        if not self.low <= value <= self.high:
            low, high = self.show(self.low, store), self.show(self.high, store)
            raise Refused(f"{self.label} must be between {low} and {high}")
        return value

    def show(self, value: Value, store: Store) -> str:
        if value is None:
            return ""
        shown = self.edit_form(value, store)
        return f"{shown} {self.currency}" if self.currency else shown

    def edit_form(self, value: Value, store: Store) -> str:
        if value is None:
            return ""
        cents = int(value)  # type: ignore[arg-type]
        return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"

    def sample(self, rng: random.Random, faker: Faker, store: Store) -> Value:
        low, high = max(self.low, 100), max(self.high, 100)
        cents = int(low * (high / low) ** rng.random())
        return max(self.low, cents - cents % rng.choice((1, 5, 100, 500)))


def money(low: float = 0.01, high: float = 10_000, **rest: Any) -> Any:
    """Declares a `Money` field; bounds in whole units of currency."""
    return Money(low, high, **rest)
