"""One store of the sales office for each test, worked on by a manager."""

from __future__ import annotations

import pytest

from palaestra.gyms import crm
from palaestra.kit import Session, Store


@pytest.fixture
def store() -> Store:
    store = Session(crm.app, seed=3).store
    store.user = "Manager"
    return store
