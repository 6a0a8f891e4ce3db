"""One store of the accounting office for each test."""

from __future__ import annotations

import pytest

from palaestra.gyms import accounting
from palaestra.kit import Session, Store


@pytest.fixture
def store() -> Store:
    return Session(accounting.app, seed=3).store
