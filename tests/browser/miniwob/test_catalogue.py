"""The list of tasks is whole, and nobody practises what is examined."""

from __future__ import annotations

import importlib.util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.browser.miniwob import catalogue, site
from palaestra.errors import UsageError

NEEDS = {
    "", "drawing", "dragging", "pointing", "selecting", "hovering", "waiting", "watching", "seeing",
}  # fmt: skip


@pytest.mark.skipif(not importlib.util.find_spec("miniwob"), reason="the extra miniwob is missing")
def test_every_page_is_in_the_list():
    pages = {page.stem for page in (site.folder() / "miniwob").glob("*.html")}
    assert set(catalogue.catalogue()) == pages


def test_what_a_task_needs_has_a_name_and_a_reason():
    tasks = catalogue.catalogue().values()
    assert {task.needs for task in tasks} == NEEDS
    assert all(bool(task.needs) == bool(task.why) for task in tasks)
    assert 75 <= len(catalogue.chosen()) <= 95


def test_tasks_are_chosen_by_name():
    assert [one.name for one in catalogue.chosen(["click-test", "draw-line"])] == [
        "click-test",
        "draw-line",
    ]
    assert len(catalogue.chosen(["all"])) == 130
    with pytest.raises(UsageError, match="no task 'fly'"):
        catalogue.chosen(["fly"])


@given(st.integers(1, catalogue.PRACTICE), st.integers(0, 2**40))
def test_no_seed_is_both_examined_and_practised(n: int, number: int):
    assert catalogue.practice_seed(number) not in catalogue.exam_seeds(n)


@pytest.mark.parametrize("n", [0, -1, catalogue.PRACTICE + 1])
def test_an_exam_has_some_seeds_and_not_all(n: int):
    with pytest.raises(UsageError, match="seeds for each task"):
        catalogue.exam_seeds(n)
