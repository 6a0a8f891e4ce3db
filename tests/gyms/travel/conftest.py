"""One store of the travel desk for each test."""

from __future__ import annotations

import pytest

from palaestra.gyms import travel
from palaestra.kit import Session, Store


@pytest.fixture
def store() -> Store:
    store = Session(travel.app, seed=3).store
    store.user = travel.app.roles[0]
    return store
