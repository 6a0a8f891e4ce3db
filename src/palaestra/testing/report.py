"""What the conformance kit says of an application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Failure(Exception):
    """A check does not hold; the message says where."""


@dataclass(frozen=True)
class Check:
    """What came of one check.

    Attributes:
        name: What must hold.
        ok: Whether it does.
        detail: How much was looked at, or what was wrong.
    """

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class Report:
    """What came of all checks.

    Attributes:
        app: Name of the application.
        checks: Each check, in the order they ran.
    """

    app: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Says whether every check is."""
        return all(one.ok for one in self.checks)

    def to_json(self) -> dict[str, Any]:
        """Returns plain lists and dicts."""
        checks = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in self.checks]
        return {"app": self.app, "ok": self.ok, "checks": checks}

    def __str__(self) -> str:
        return "\n".join(f"{'ok' if c.ok else 'FAILED':7}{c.name}: {c.detail}" for c in self.checks)
