from __future__ import annotations

import pytest

from palaestra.errors import Refused
from palaestra.kit import ref
from tests.apps import Employee
from tests.kit.fields.made import STORE, named


def test_only_active_records_can_be_chosen() -> None:
    field = named(ref(Employee, active=lambda e: e.grade > 100), "boss")
    assert field.options(STORE) == ()
    name = ref(Employee).show(1, STORE)
    with pytest.raises(Refused, match="there is no employee"):
        field.parse(name, STORE)
