from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.policies import finder
from palaestra.registry import shelf
from palaestra.registry.adding import add
from tests.exams.conftest import Knowing
from tests.exams.test_certifying import TASKS, certified


@pytest.fixture
def office(models: Path, training) -> Path:
    """The folder of a model on the shelf."""
    return add(training(), "office")


def rewrite(card: Path, **changes: object) -> None:
    card.write_text(json.dumps(json.loads(card.read_text()) | changes))


def test_an_empty_shelf_says_how_to_fill_it(models: Path):
    assert shelf.names() == []
    with pytest.raises(UsageError, match="palaestra models add RUN NAME"):
        shelf.take("office")
    with pytest.raises(UsageError, match="No model ships"):
        finder.default()


def test_a_model_is_taken_by_its_name_everywhere(office: Path):
    assert shelf.names() == ["office"]
    assert finder.default() == "office"
    assert finder.find("office").name == "office"
    assert finder.fingerprint("office") == shelf.take("office").card.model
    with pytest.raises(UsageError, match="lexical, noop, random, office"):
        finder.find("nobody")


def test_a_gym_is_told_by_the_lowest_bound(office: Path):
    model = shelf.take("office")
    assert {c.split for c in model.certificates} == {"exam", "goals"}
    assert model.bounds() == {"accounting": min(c.score.bound for c in model.certificates)}
    shown, missed = (certified(Knowing(TASKS, errs=errs))[0] for errs in ("never", ""))
    assert replace(model, certificates=(shown, missed)).bounds() == {"notes": 0.5}


def test_a_model_says_whether_this_version_loads_it(office: Path):
    assert shelf.take("office").trouble() == ""
    weights = office / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    assert "not the one that its card names" in shelf.take("office").trouble()
    weights.write_bytes(weights.read_bytes().replace(b"palaestra network ", b"palaestra network 0"))
    rewrite(office / "card.json", model=shelf.digest(weights), certificates={})
    assert "not a model of this version" in shelf.take("office").trouble()
    weights.unlink()
    assert "cannot be read" in shelf.take("office").trouble()


def test_papers_that_are_not_in_order_are_told(office: Path):
    card = office / "card.json"
    whole = card.read_text()
    rewrite(card, name="other")
    with pytest.raises(UsageError, match="is that of 'other'"):
        shelf.take("office")
    card.write_text(whole)
    rewrite(card, model="sha256:0")
    with pytest.raises(UsageError, match="is of another model"):
        shelf.take("office")
    for damaged in ("", "{}", "[" * 100_000):
        card.write_text(damaged)
        with pytest.raises(UsageError, match="card of office cannot be read"):
            shelf.take("office")
    card.write_text(whole)
    paper = office / "certificates" / "noop-accounting-exam.json"
    paper.write_text(paper.read_text().replace('"successes": 0', '"successes": 2'))
    with pytest.raises(UsageError, match="not the one its card names"):
        shelf.take("office")
    paper.unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        shelf.take("office")
