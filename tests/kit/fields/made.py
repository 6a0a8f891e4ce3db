"""What the tests of fields share: a store to parse in, and a way to name a field by itself."""

from __future__ import annotations

from typing import Any

from palaestra.kit import Session
from tests.apps import expenses

STORE = Session(expenses, 1).store


def named(field: Any, name: str = "it") -> Any:
    """Names a field as a class body would."""
    field.__set_name__(object, name)
    return field
