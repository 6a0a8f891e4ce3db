"""An exam on MiniWoB++ from who sits it to the files that tell of it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.exams.miniwob.paper import EPISODES, Paper


def test_it_counts_what_is_to_be_done():
    assert Paper(("lexical", "noop"), ("click-test",), n=4, steps=3, workers=1).attempts == 12


@pytest.mark.parametrize("limits", [{"steps": 0, "workers": 1}, {"steps": 1, "workers": 0}])
def test_limits_that_are_none_are_for_the_caller_to_mend(limits: dict[str, int]):
    with pytest.raises(UsageError, match="must be 1 or more"):
        Paper(("lexical",), ("click-test",), n=1, **limits)


@pytest.mark.browser
@pytest.mark.skipif(not importlib.util.find_spec("miniwob"), reason="the extra miniwob is missing")
def test_what_came_of_it_stands_in_its_folder(tmp_path: Path):
    told: list[int] = []
    paper = Paper(("lexical",), ("click-test", "enter-text"), n=2, steps=4, workers=1)
    standing, written = paper.sit(tmp_path, told.append)
    assert sum(told) == paper.attempts == 8
    assert written.name == "miniwob-lexical.json"
    found = json.loads(written.read_text(encoding="utf-8"))
    assert found["suite"].startswith("MiniWoB++")
    assert (found["seeds"], found["practised"]) == (2, None)
    assert [sitter["policy"] for sitter in found["sitters"]] == ["lexical", "random clicker"]
    assert found["tasks"]["click-test"]["random clicker"]["rate"] == 1.0
    assert written.with_suffix(".md").read_text(encoding="utf-8") == standing.markdown()
    assert len((tmp_path / EPISODES).read_text(encoding="utf-8").splitlines()) == 8
