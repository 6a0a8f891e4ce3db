from __future__ import annotations

import datetime as dt
import random
import re
import string

import pytest

from palaestra.gyms import find
from palaestra.kit.fields import Date, Money, Quantity, Text
from palaestra.tasks.grammar import expansions
from palaestra.tasks.proposing import propose
from palaestra.tasks.relations import GROUPS, nudged, relations, told_by
from palaestra.tasks.splits import EXAM as EXAMS
from palaestra.tasks.splits import PRACTICE as PRACTISED
from palaestra.tasks.voice import everybody
from palaestra.testing.task_checks import TASK_CHECKS
from palaestra.types import Start

DAY = dt.date(2026, 1, 31)


def test_every_shape_names_record_label_and_how_far():
    for told in (voice.shapes[group] for voice in everybody() for group in GROUPS):
        for shape in (one for template in told for one in expansions(template)):
            slots = [slot for _, slot, _, _ in string.Formatter().parse(shape) if slot]
            assert sorted(slot.lower() for slot in slots) == ["by", "label", "record"], shape
            assert not re.search(r"\s\s|[\[\]|]|\s[.,:?]", shape), shape


def test_values_are_told_by_old_ones():
    by = {(one.group, one.by): one.value for one in relations(Money(), 100_00)}
    assert by["raise", "250.00"] == 350_00
    assert by["lower", "5 percent"] == 95_00
    assert by["multiplied", "halve"] == 50_00
    by = {(one.group, one.by): one.value for one in relations(Date(), DAY)}
    assert by["later", "two weeks"] == dt.date(2026, 2, 14)
    assert by["later", "1 month"] == dt.date(2026, 2, 28)
    assert by["moved", "the Friday after"] == dt.date(2026, 2, 6)
    assert by["moved", "the end of that month"] == DAY
    assert not relations(Text(), "100")
    assert not relations(Money(), None)


@pytest.mark.parametrize(
    ("field", "old"), [(Money(1, 500), 490_00), (Quantity(1, 9), 5), (Date(), DAY)]
)
def test_a_nudged_value_can_be_told_and_can_be_entered(field, old):
    rng = random.Random(1)
    for _ in range(200):
        new = nudged(field, old, rng)
        told = told_by(field, old, new, rng)
        assert told is not None
        assert told.value == new != old
        if isinstance(new, int):
            assert field.low <= new <= field.high
    assert told_by(field, old, old, rng) is None


def test_the_same_words_never_mean_two_values():
    for field, old in ((Money(), 100_00), (Quantity(), 20), (Date(), DAY)):
        all_told = relations(field, old)
        assert len({(one.group, one.by) for one in all_told}) == len(all_told)


@pytest.mark.parametrize("split", [PRACTISED, EXAMS], ids=lambda split: split.name)
def test_what_is_told_by_old_values_passes_the_checks_of_tasks(split, monkeypatch):
    monkeypatch.setattr("palaestra.tasks.explorer.NUDGED", 1.0)
    app, found = find("crm"), 0
    for seed in range(30):
        start = Start("crm", seed)
        task = propose(app, start, random.Random(seed), split, "update")
        if task is None or task.shape.partition("/")[0] not in GROUPS:
            continue
        found += 1
        entered = [one.text for one in task.oracle if one.ref.startswith("field:")]
        ((_, before, _),) = task.verifier.required.changes[0].fields
        # What is 10 more than nothing is 10.
        assert before == "0" or not [text for text in entered if text in task.goal.split()]
        for check in TASK_CHECKS.values():
            check(app, task)
    assert found >= 5
