"""The office itself and what it is told in words and numbers (the `.toml` files beside this one).

Every refusal names the rule of the handbook that it follows.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from palaestra.kit import App


def _told(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


TOLD = _told("office.toml")
SAYS = {asked: tuple(phrases) for asked, phrases in TOLD["says"].items()}
POOLS = TOLD["pools"]
MANAGER = "Manager"
SELLERS = (MANAGER, "Sales rep")
CARERS = (MANAGER, "Support")
TERRITORIES = ("North", "South", "East", "West")

app = App(
    "crm",
    title="Relata CRM",
    handbook=TOLD["handbook"],
    roles=(*SELLERS, "Support"),
    words={**_told("words.toml"), "practice": _told("practice.toml")},
)
