from __future__ import annotations

import io

import pytest
from rich.console import Console

from palaestra.exams.tables import percent, tables
from palaestra.exams.trials import trials
from tests.exams.conftest import Knowing, find
from tests.exams.test_certificate import issued


def drawn(certificates) -> str:
    console = Console(file=io.StringIO(), width=80)
    for table in tables(certificates):
        console.print(table)
    return console.file.getvalue()


def test_policies_stand_side_by_side(tasks):
    attempts = list(trials(tasks, 2, find))
    best = issued(Knowing(attempts), tasks, k=2)
    worst = issued(Knowing(attempts, errs="", breaks="Ada"), tasks, k=2)
    text = drawn([best, worst])
    rows = {
        row.split("│")[1].strip(): row.split("│")[2:-1] for row in text.splitlines() if "│" in row
    }
    cells = {label: [cell.strip() for cell in row] for label, row in rows.items()}
    assert cells["all"] == ["5", "100.0%", "54.9%", "0.0%"]
    assert cells["create"] == ["4", "100.0%", "47.3%", "0.0%"]
    assert cells["unscored (broke)"] == ["", "0", "", "1"]
    assert cells["pass^2"] == ["", "100.0%", "", "0.0%"]


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100.0%"), (0.99999, "99.9%"), (0.97345, "97.3%"), (None, "-")]
)
def test_only_all_is_all(share: float | None, text: str):
    assert percent(share) == text
