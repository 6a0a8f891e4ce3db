"""A small company's books: journal, vendors, bills, payments and the closing of months."""

from palaestra.gyms.accounting import audit, history, screens
from palaestra.gyms.accounting.office import app

__all__ = ["app", "audit", "history", "screens"]
