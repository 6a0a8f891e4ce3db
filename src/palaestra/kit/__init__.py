"""The app kit: what an application is made of.

A gym imports what it needs from here:

    from palaestra.kit import App, Record, Refused, action, choice, code, date, money, ref, text
"""

from palaestra.errors import Refused
from palaestra.kit.app import App
from palaestra.kit.fields import (
    choice,
    code,
    date,
    derived,
    document,
    local,
    moment,
    money,
    quantity,
    ref,
    text,
    yes_no,
)
from palaestra.kit.record import Reading, Record, action
from palaestra.kit.session import Session
from palaestra.kit.store import Store

__all__ = [
    "App", "Reading", "Record", "Refused", "Session", "Store", "action", "choice", "code", "date",
    "derived", "document", "local", "moment", "money", "quantity", "ref", "text", "yes_no",
]  # fmt: skip
