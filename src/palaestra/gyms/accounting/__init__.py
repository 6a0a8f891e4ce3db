"""A small company's books: payables, receivables, orders, bank, assets, inbox and the journal."""

from palaestra.gyms.accounting import audit, history, screens
from palaestra.gyms.accounting.office import app

__all__ = ["app", "audit", "history", "screens"]
