"""The shelf of shipped models: what is there, whether it is whole, and which one is the default.

    models/NAME/model.safetensors   the weights
    models/NAME/card.json           which file that is, and where it comes from
    models/NAME/certificates/       what may be claimed of it
    models/default.txt              the name of the one that is taken where none is named

It only reads; `adding.py` puts a model there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from palaestra.errors import UsageError
from palaestra.exams.archive import read_certificate
from palaestra.exams.certificate import Certificate
from palaestra.policies import finder
from palaestra.registry.card import Card

CARD, CERTIFICATES = "card.json", "certificates"


@dataclass(frozen=True)
class Shelved:
    """A model on the shelf.

    Attributes:
        path: Its folder.
        card: What stands on it.
        certificates: What may be claimed of it.
    """

    path: Path
    card: Card
    certificates: tuple[Certificate, ...]

    def trouble(self) -> str:
        """Says why this version cannot load it; "" if it can."""
        weights = self.path / finder.FINISHED
        try:
            if digest(weights) != self.card.model:
                return "the file is not the one that its card names"
            finder.find(str(weights))
        except UsageError as wrong:
            return str(wrong)
        return ""

    def bounds(self) -> dict[str, float]:
        """Returns for each gym the lowest bound of clean success that a certificate states.

        A sequential test that showed nothing states none.
        """
        lowest: dict[str, float] = {}
        for one in (c for c in self.certificates if not c.claim or c.claim.shown):
            lowest[one.gym] = min(one.bound, lowest.get(one.gym, 1.0))
        return dict(sorted(lowest.items()))


def names() -> list[str]:
    """Returns the names of what is on the shelf, in alphabetical order."""
    return sorted(path.parent.name for path in finder.SHELF.glob(f"[!.]*/{CARD}"))


def take(name: str) -> Shelved:
    """Returns a model and all that is known of it.

    Raises:
        UsageError: If there is none of that name, or its papers are not in order.
    """
    if name not in names():
        there = ", ".join(names()) or "none yet; palaestra models add RUN NAME puts one there"
        raise UsageError(f"There is no model {name!r} on the shelf; there are: {there}")
    path = finder.SHELF / name
    try:
        card = Card.from_json(json.loads((path / CARD).read_bytes()))
    except (OSError, ValueError, RecursionError, UsageError) as wrong:
        raise UsageError(f"The card of {name} cannot be read: {wrong}") from wrong
    if card.name != name:
        raise UsageError(f"The card of {name} is that of {card.name!r}")
    papers = [path / CERTIFICATES / file for file, _ in card.certificates]
    for paper, (file, stated) in zip(papers, card.certificates, strict=True):
        if digest(paper) != stated:
            raise UsageError(f"The certificate {file} of {name} is not the one its card names")
    certificates = tuple(read_certificate(paper) for paper in papers)
    if any(one.model != card.model for one in certificates):
        raise UsageError(f"A certificate of {name} is of another model")
    return Shelved(path, card, certificates)


def digest(path: Path) -> str:
    """Returns the hash that a file is known by.

    Raises:
        UsageError: If it cannot be read.
    """
    try:
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    except OSError as wrong:
        raise UsageError(f"{path} cannot be read ({wrong.strerror})") from wrong
