"""A Card: which file a shipped model is, and where it comes from.

It claims nothing about what the model can do; that is what the certificates beside it are for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any

from palaestra.errors import UsageError

FORMAT = "palaestra card 1"


@dataclass(frozen=True)
class Lineage:
    """How a model came to be.

    Attributes:
        config: What the training was told.
        commit: The code that it ran; "" if unknown.
        parents: Hashes of the models that it went on from; empty where it began from nothing.
        rounds: Rounds of training.
        trained_s: Seconds of training.
        trained_on: The day on which it was finished, in UTC, as 2026-11-22.
        machine: What it ran on.
        versions: What can change a result, and its version.
    """

    config: dict[str, Any]
    commit: str
    parents: tuple[str, ...]
    rounds: int
    trained_s: float
    trained_on: str
    machine: str
    versions: dict[str, str]

    @property
    def gyms(self) -> tuple[str, ...]:
        """Returns what it was trained in."""
        return tuple(self.config["gyms"])

    def age(self, today: dt.date) -> int:
        """Returns the days since it was finished."""
        return (today - dt.date.fromisoformat(self.trained_on)).days


@dataclass(frozen=True)
class Card:
    """What stands on a shipped model.

    Attributes:
        name: What it is called.
        model: Hash of its file.
        bytes: How large the file is.
        lineage: How it came to be.
        certificates: (file, hash of the file) for each certificate, in alphabetical order.
    """

    name: str
    model: str
    bytes: int
    lineage: Lineage
    certificates: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """Returns plain data, the inverse of `from_json`."""
        return {"format": FORMAT, **asdict(self), "certificates": dict(self.certificates)}

    @classmethod
    def from_json(cls, data: Any) -> Card:
        """Reads what `to_json` wrote.

        Raises:
            UsageError: If it is no card, or one of another version.
        """
        try:
            if data["format"] != FORMAT:
                raise UsageError(f"This is not a card of this version ({FORMAT})")
            told = {f.name: data["lineage"][f.name] for f in fields(Lineage)}
            lineage = Lineage(**told | {"parents": tuple(told["parents"])})
            dt.date.fromisoformat(lineage.trained_on)
            if not all(isinstance(gym, str) for gym in lineage.gyms):
                raise TypeError("its gyms are no names")
            return cls(
                name=str(data["name"]),
                model=str(data["model"]),
                bytes=int(data["bytes"]),
                lineage=lineage,
                certificates=tuple(sorted(data["certificates"].items())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise UsageError(f"This is not a card: {wrong!r}") from wrong
