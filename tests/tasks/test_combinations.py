from __future__ import annotations

from itertools import product

from palaestra.tasks.combinations import KEPT, combinations, is_kept
from palaestra.types import Command

NAMES = ("bill", "vendor", "trip", "lead", "note")
VERBS = ("create", "update", "delete", "pay", "approve")


def test_a_share_of_all_combinations_is_kept_for_exams_and_their_order_counts() -> None:
    every = list(product(product(NAMES, VERBS), repeat=2))
    kept = [pair for pair in every if is_kept(*pair)]
    assert 0.7 / KEPT < len(kept) / len(every) < 1.3 / KEPT
    assert any(is_kept(a, b) != is_kept(b, a) for a, b in every)


def test_neighbours_make_combinations() -> None:
    did = [Command("create", "bill"), Command("pay", "bill", 7), Command("delete", "note", 1)]
    assert combinations(did) == [
        (("bill", "create"), ("bill", "pay")),
        (("bill", "pay"), ("note", "delete")),
    ]
    assert combinations(did[:1]) == []
