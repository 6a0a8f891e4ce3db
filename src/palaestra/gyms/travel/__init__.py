"""A corporate travel desk: flights, trips, hotels, disruptions, expenses."""

from palaestra.gyms.travel import audit, expenses, history, screens
from palaestra.gyms.travel.office import app

__all__ = ["app", "audit", "expenses", "history", "screens"]
