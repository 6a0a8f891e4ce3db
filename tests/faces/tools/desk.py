"""Claims brought as far as a test needs them."""

from __future__ import annotations

from palaestra.faces.tools import Toolbox
from tests.apps import LIMIT, Claim, Employee

STEPS = ("submit", "approve", "pay")
STATUSES = ("Submitted", "Approved", "Paid")


def claim_in(box: Toolbox, status: str, *, lines: int = 0) -> Claim:
    """Brings a draft claim with so many lines to a status, and starts the Session's record anew."""
    claim = next(
        c
        for c in Claim.every(box.session.store, status="Draft")
        if c.total <= LIMIT and c.lines >= lines
    )
    other = next(e for e in Employee.every(box.session.store) if e != claim.payee)
    for step in STEPS[: STATUSES.index(status) + 1]:
        given = {"approver": str(other)} if step == "approve" else {}
        assert box.call(f"{step}_claim", {"key": str(claim), **given}).ok
    box.session.commands = ()
    return Claim(box.session.store, claim._id)
