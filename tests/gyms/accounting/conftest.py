"""One store of the accounting office for each test."""

from __future__ import annotations

import pytest

from palaestra.gyms import accounting
from palaestra.kit import Session, Store


@pytest.fixture
def store() -> Store:
    store = Session(accounting.app, seed=3).store
    store.user = "Manager"
    return store
