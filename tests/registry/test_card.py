from __future__ import annotations

import datetime as dt
import json

import pytest

from palaestra.errors import UsageError
from palaestra.registry.card import Card, Lineage

LINEAGE = Lineage(
    config={"gyms": ["accounting", "procedural"], "seed": 7},
    commit="abc",
    parents=("sha256:1",),
    rounds=8,
    trained_s=61.2,
    trained_on="2026-11-22",
    machine="x86_64, 2 cores",
    versions={"torch": "2"},
)
CARD = Card("office-1", "sha256:0", 17, LINEAGE, (("a.json", "sha256:2"), ("b.json", "sha256:3")))


def test_what_is_written_is_what_is_read():
    assert Card.from_json(json.loads(json.dumps(CARD.to_json()))) == CARD
    assert CARD.lineage.gyms == ("accounting", "procedural")


def test_age_is_told_in_days():
    assert LINEAGE.age(dt.date(2026, 11, 22)) == 0
    assert LINEAGE.age(dt.date(2026, 12, 2)) == 10


@pytest.mark.parametrize(
    "change",
    [
        {"format": "palaestra card 0"},
        {"bytes": "many"},
        {"lineage": {}},
        {"lineage": LINEAGE.__dict__ | {"trained_on": "yesterday"}},
        {"lineage": LINEAGE.__dict__ | {"config": {}}},
        {"lineage": LINEAGE.__dict__ | {"config": {"gyms": [1]}}},
        {"certificates": ["a.json"]},
    ],
)
def test_what_is_no_card_is_told(change: dict[str, object]):
    with pytest.raises(UsageError, match="not a card"):
        Card.from_json(CARD.to_json() | change)
    for nothing in (None, [], {}, "card"):
        with pytest.raises(UsageError, match="not a card"):
            Card.from_json(nothing)
