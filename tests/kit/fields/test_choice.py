from __future__ import annotations

import pytest

from palaestra.errors import GymError
from palaestra.kit import choice


def test_choices_must_differ() -> None:
    with pytest.raises(GymError, match="differ"):
        choice("A", "A")
    with pytest.raises(GymError, match="differ"):
        choice()
