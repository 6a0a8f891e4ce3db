"""A small company's books: journal, vendors, bills, payments and the closing of months."""

from palaestra.gyms.accounting import audit, data, ledger, payables
from palaestra.gyms.accounting.handbook import app

__all__ = ["app", "audit", "data", "ledger", "payables"]
