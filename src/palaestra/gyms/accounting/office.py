"""The office itself and what it is told in words and numbers (the `.toml` files beside this one).

Every refusal names the rule of the handbook that it follows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from palaestra.kit import App, action

Method = TypeVar("Method", bound=Callable[..., None])


def told(name: str) -> dict[str, Any]:
    """Reads one of the files that the office is told in."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


TOLD = told("office")
SAYS = {asked: tuple(phrases) for asked, phrases in told("says").items()}
POOLS = told("pools")
LIMIT = 5_000_00
"""Cents; a bill above it needs a purchase order."""
TERMS = ("14 days", "30 days", "45 days", "60 days")

CLERKS_LIMIT = 1_000_00
"""Cents; a bill above it is approved by a manager."""
STAFF = ("Manager", "Clerk")
MANAGER = ("Manager",)
MAY = {"create": STAFF, "update": STAFF, "delete": STAFF}
"""Auditors only read."""

app = App(
    "accounting",
    title="Ledgerline Accounting",
    handbook=TOLD["handbook"],
    roles=(*STAFF, "Auditor"),
    words={**told("words"), "practice": told("practice")},
)


def deed(label: str, /, *, by: tuple[str, ...] = STAFF, **rest: Any) -> Callable[[Method], Method]:
    """Marks a method as an action of the staff, or of those that are named."""
    return action(label, by=by, **rest)
