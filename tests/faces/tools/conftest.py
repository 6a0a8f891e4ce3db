"""A Toolbox on the expenses that several tests work with."""

from __future__ import annotations

import pytest

from palaestra.faces.tools import Toolbox
from palaestra.types import Start
from tests.apps import expenses


@pytest.fixture
def box() -> Toolbox:
    return Toolbox(expenses, Start("expenses", 1))
