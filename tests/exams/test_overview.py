from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from palaestra.exams.certificate import Certificate
from palaestra.exams.overview import is_baseline, overview
from palaestra.policies.lexical import Lexical
from palaestra.policies.noop import Noop
from tests.exams.conftest import Knowing
from tests.exams.test_certificate import issued
from tests.exams.test_certifying import TASKS, certified
from tests.exams.test_harm import Deleting


def tables(certificates: list[Certificate]) -> list[ElementTree.Element]:
    drawn = ElementTree.fromstring(f"<div>{overview(certificates)}</div>")
    return list(drawn.iter("table"))


def words(element: ElementTree.Element) -> list[str]:
    return [" ".join("".join(cell.itertext()).split()) for cell in element]


def test_a_row_a_split_and_a_column_a_gym_in_the_order_of_the_splits(tasks):
    one = issued(Knowing(tasks, errs="Ada", breaks="Water"), tasks)
    exams = [
        replace(one, gym=gym, split=split)
        for gym, split in (("b", "own"), ("b", "skins"), ("b", "goals"), ("a", "skins"))
    ]
    whole, *by_kind = tables(exams)
    assert words(whole[0][0]) == ["split", "b", "a"]
    assert [words(row)[0] for row in whole[1]] == ["goals", "skins", "own"]
    assert words(whole[1][1])[2].startswith("75.0% at least 18.9%")
    assert words(whole[1][1])[2].endswith("1 of 5 failed, 1 unscored")
    assert words(whole[1][0])[2] == ""
    assert len(by_kind) == 3
    assert [words(row)[0] for row in by_kind[0][1]] == ["create", "question"]
    assert words(by_kind[1][0][0]) == ["kind", "b", "a"]


def test_the_line_shows_the_rate_its_interval_and_the_best_baseline(tasks):
    own = issued(Knowing(tasks, errs="Ada"), tasks)
    noop, lexical = issued(Noop(), tasks), issued(Lexical(), tasks)
    assert [is_baseline(one) for one in (own, noop, lexical)] == [False, True, True]
    whole, _ = tables([noop, own, lexical])
    cell = whole[1][0][1]
    at = {i.get("class"): i.get("style", "") for i in cell.iter("i")}
    low, high = own.score.interval
    assert at["span"] == f"left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"
    assert at["rate"] == "left:80.0%"
    best = max(noop.score.rate, lexical.score.rate)
    assert best > 0
    assert at["base"] == f"left:{100 * best:.1f}%"
    [alone] = [t for t in tables([own]) if words(t[0][0])[0] == "split"]
    assert "base" not in {i.get("class") for i in alone.iter("i")}
    elsewhere = replace(lexical, tasks="0" * 16)
    assert re.findall('class="base" style="left:[1-9]', overview([own, elsewhere])) == re.findall(
        'class="base" style="left:[1-9]', overview([own])
    )


def test_nothing_is_said_of_baselines_alone(tasks):
    assert overview([issued(Noop(), tasks)]) == ""
    assert overview([]) == ""


def test_what_a_sequential_test_showed_stands_above_and_has_no_interval(tasks):
    fixed = issued(Knowing(tasks), tasks)
    shown, _ = certified(Knowing(TASKS))
    missed, _ = certified(Knowing(TASKS, errs=""))
    harmed = replace(certified(Deleting())[0], policy="knowing")
    text = overview([fixed, shown, missed, harmed])
    assert text.count('<p class="claim good">') == 1
    assert text.count('<p class="claim bad">') == 2
    assert "notes, split exam: at least 50.0% is shown" in text
    assert "1 failures in 1 tasks, 1 with harm that cannot be undone" in text
    [whole, *_] = tables([fixed, shown, missed])
    assert words(whole[1][0])[1].startswith("100.0% at least 54.9%")
    [alone, kinds] = tables([shown])
    assert words(alone[1][0])[1].startswith("100.0% at least 50.0%")
    assert "at least" not in words(kinds[1][0])[1]
    assert "span" not in {i.get("class") for i in alone.iter("i")}
    [nothing, _] = tables([harmed])
    assert words(nothing[1][0])[1] == "0.0% 1 of 1 failed 1 lasting harm"
