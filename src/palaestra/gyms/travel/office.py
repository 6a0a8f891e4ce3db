"""The travel desk itself and what it is told (the `.toml` files beside this one).

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

MANAGER = "Travel manager"
DESK = (MANAGER, "Agent")
"""The roles that buy and settle; a traveller plans, asks and reports."""

app = App(
    "travel",
    title="Meridian Travel Desk",
    handbook=TOLD["handbook"],
    roles=(*DESK, "Traveller"),
    words={**_told("words.toml"), "practice": _told("practice.toml")},
)
