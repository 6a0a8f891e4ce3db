from __future__ import annotations

import pytest

from palaestra.errors import GymError
from tests.apps import Claim
from tests.kit.fields.made import STORE


def test_derived_values_follow_and_cannot_be_set() -> None:
    claim = Claim(STORE, 1)
    assert claim.lines == sum(1 for _ in claim.find(Claim.type.children[0].cls, claim=claim))
    with pytest.raises(GymError, match="derived"):
        claim.lines = 3
