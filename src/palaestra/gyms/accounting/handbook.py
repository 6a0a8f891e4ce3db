"""The office and its house rules; every refusal names the rule that it follows."""

from __future__ import annotations

from palaestra.kit import App

APPROVAL_LIMIT = 5_000_00
"""Cents; a bill above it needs a purchase order."""

HANDBOOK = """
R1. A journal entry is posted only if its debits equal its credits, on two lines or more.
R2. Nothing is dated in a closed month, or in a month that the books do not have yet.
R3. A bill has at least one line before it is submitted.
R4. A bill over 5,000.00 is approved only with a purchase order number.
R5. A vendor on hold is paid nothing.
R6. Only drafts are changed or deleted. What was posted is reversed and what was approved is voided.
R7. A paid bill is voided only after its payment was voided.
R8. A cleared payment is not voided, and no payment is ever deleted.
R9. A month is closed when it is over, nothing in it is unfinished and all months before it are closed; the last month closed is the first to be reopened.
R10. An account is deactivated only at a balance of zero, and nothing is posted to it afterwards.
R11. Accounts payable is posted to by bills and payments only. An account that was used stays as it is.
R12. A vendor's invoice number is entered only once, unless the first bill was voided.
R13. A payment is dated neither before its bill nor in the future.
Approving a bill posts it to the journal, and so does paying it; voiding posts the reverse, dated today.
"""

app = App("accounting", title="Ledgerline Accounting", handbook=HANDBOOK)
