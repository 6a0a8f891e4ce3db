from __future__ import annotations

import pytest

from palaestra.errors import Refused
from palaestra.kit import quantity
from tests.kit.fields.made import STORE, named

COUNT = named(quantity(-10, 1_000), "count")


@pytest.mark.parametrize("typed", ["nan", "inf", "1e3", "0x10", "1_000", "٣", "1,000", "5.", "½"])
def test_odd_numbers_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="must be a whole number"):
        COUNT.parse(typed, STORE)


def test_bounds_are_part_of_the_range() -> None:
    assert [COUNT.parse(typed, STORE) for typed in ("-10", "+7", "1000")] == [-10, 7, 1_000]
    for typed in ("-11", "1001"):
        with pytest.raises(Refused, match="between -10 and 1000"):
            COUNT.parse(typed, STORE)
