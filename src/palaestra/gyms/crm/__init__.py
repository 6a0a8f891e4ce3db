"""A sales team's customers: accounts, leads, opportunities, activities and cases."""

from palaestra.gyms.crm import audit, history, screens
from palaestra.gyms.crm.office import app

__all__ = ["app", "audit", "history", "screens"]
