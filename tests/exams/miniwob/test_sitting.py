"""An exam on MiniWoB++ that is stopped goes on, and only what is the same counts."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.exams.miniwob.record import Record
from palaestra.exams.miniwob.sitting import CLICKER, sit, sitters

pages = pytest.mark.skipif(
    not importlib.util.find_spec("miniwob"), reason="the extra miniwob is missing"
)


def test_who_sits_is_named_by_weights_limits_and_code():
    one, clicker = sitters(["lexical", CLICKER], 20)
    assert one.policy == "lexical"
    assert one.model.startswith("sha256:")
    assert (one.steps, clicker.policy) == (20, CLICKER)
    assert sitters(["lexical"], 10)[0] != one
    with pytest.raises(UsageError, match="no policy"):
        sitters(["nobody"], 20)


@pages
@pytest.mark.browser
def test_an_exam_goes_on_where_it_was_stopped(tmp_path: Path):
    record = Record(tmp_path / "episodes.jsonl")
    who = sitters([CLICKER], 2)
    told: list[int] = []
    first = sit(who, ["click-test"], 2, record, 1)
    lines = record.path.read_text(encoding="utf-8")
    again = sit(who, ["click-test"], 3, record, 1, told.append)
    assert [one.success for one in again] == [True] * 3
    assert again[:2] == first
    assert told == [2, 1]
    assert record.path.read_text(encoding="utf-8").startswith(lines)
    assert sit(who, ["click-test"], 3, record, 1) == again
