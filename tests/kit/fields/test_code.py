from __future__ import annotations

import pytest

from palaestra.errors import GymError
from palaestra.kit import code


@pytest.mark.parametrize("form", ["BILL-", "A#B#", ""])
def test_a_code_without_a_place_for_digits_is_a_bug(form: str) -> None:
    with pytest.raises(GymError, match="ends in #"):
        code(form)
