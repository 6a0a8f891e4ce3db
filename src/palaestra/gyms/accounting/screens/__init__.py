"""Screens of the office's own: the inbox, a wizard for assets, reconciliation, and reports."""

from __future__ import annotations

from palaestra.gyms.accounting.assets import Asset
from palaestra.gyms.accounting.inbox import Document
from palaestra.gyms.accounting.office import app
from palaestra.gyms.accounting.screens.reconciliation import Reconciliation
from palaestra.gyms.accounting.screens.reports import ASSETS, PAYABLES, RECEIVABLES, TRIAL_BALANCE
from palaestra.kit.blocks import Viewer, Wizard

app.add(
    Viewer(
        "inbox",
        title="Inbox",
        record=Document,
        body="letter",
        shows=("sender", "received_on", "status"),
    )
)
app.add(Reconciliation())
app.add(
    Wizard(
        "capitalise",
        title="New fixed asset",
        record=Asset,
        steps=(
            ("What was bought", ("name", "dated", "cost")),
            ("How it loses its value", ("method", "months", "residual")),
        ),
    )
)
for report in (PAYABLES, RECEIVABLES, TRIAL_BALANCE, ASSETS):
    app.add(report)
