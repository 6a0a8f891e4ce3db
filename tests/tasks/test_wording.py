"""What is put into words can be read again: by the fields themselves, and by an honest reader."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra import gyms
from palaestra.gyms.drawing import draw
from palaestra.kit import Session
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.tasks.splits import EXAM, PRACTICE, Split
from palaestra.tasks.wording import Describer, Wording
from palaestra.types import Command, Value
from tests.apps import expenses
from tests.tasks.reader import counted, meant, readings

APPS = ["accounting", *(f"procedural:{seed}" for seed in (*range(12), 197))]
"""In procedural:197 two types of record have codes of the same form."""


def changed(field: str, value: Value, seed: int) -> tuple[Wording, Field, Session]:
    """The words for setting one field of the first claim."""
    session = Session(expenses, 3)
    kind = expenses.kind("claim")
    command = Command("update", "claim", 1, ((field, value),))
    wording = Describer(session.store, random.Random(seed), exam=seed % 2 == 0).command(command)
    assert wording is not None
    return wording, next(f for f in kind.stored if f.name == field), session


@given(st.dates(dt.date(1000, 1, 1)), st.integers(0, 99))
def test_a_date_is_worded_as_its_field_reads_it(day: dt.date, seed: int):
    wording, field, session = changed("spent_on", day, seed)
    typed = wording.typed["field:spent_on"]
    assert typed in wording.goal
    assert field.parse(typed, session.store) == day


@given(st.integers(5_00, 4_000_00), st.integers(0, 99))
def test_an_amount_is_worded_as_its_field_reads_it(cents: int, seed: int):
    wording, field, session = changed("total", cents, seed)
    typed = wording.typed["field:total"]
    assert typed in wording.goal
    assert field.parse(typed, session.store) == cents


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_a_text_stands_in_the_goal_as_it_is_typed(text: str):
    wording, field, session = changed("note", text, len(text))
    assert wording.typed["field:note"] in wording.goal
    assert field.parse(wording.typed["field:note"], session.store) == text


def test_values_come_in_several_forms():
    days = {
        changed("spent_on", dt.date(2026, 3, 5), seed)[0].typed["field:spent_on"]
        for seed in range(60)
    }
    assert days == {"2026-03-05", "5 March 2026", "5 Mar 2026"}
    sums = {changed("total", 1_250_00, seed)[0].typed["field:total"] for seed in range(60)}
    assert sums == {"1,250.00", "1250.00", "1250"}
    notes = {changed("note", "late", seed)[0].goal.count('"late"') for seed in range(60)}
    assert notes == {0, 1}


def test_an_empty_value_and_a_box_are_told_in_words():
    assert "empty" in changed("note", None, 1)[0].goal
    assert "field:receipt" not in changed("receipt", True, 1)[0].typed
    assert "yes" in changed("receipt", True, 1)[0].goal


def test_there_is_nothing_to_say_about_a_record_of_initial_values_only():
    session = Session(gyms.find("accounting"), 1)
    describer = Describer(session.store, random.Random(0), exam=False)
    assert describer.command(Command("create", "vendor", 0, (("name", None),))) is None


def test_articles_fit_the_word_that_follows():
    session = Session(expenses, 3)
    for seed in range(60):
        describer = Describer(session.store, random.Random(seed), exam=False)
        values = (("name", "Ada Ott"), ("email", None), ("grade", 3))
        wording = describer.command(Command("create", "employee", 0, values))
        assert wording is not None
        assert " a employee" not in wording.goal.casefold()
        assert " an new" not in wording.goal.casefold()


def records(session: Session) -> list[tuple[RecordType, int]]:
    return [(k, n) for k in session.app.records for n in session.store.numbers(k.index)]


@pytest.mark.parametrize("name", APPS)
def test_no_other_record_fits_the_words_for_one(name: str):
    session = Session(gyms.find(name), 11)
    rng = random.Random(name)
    for kind, number in rng.sample(records(session), min(90, len(records(session)))):
        describer = Describer(session.store, rng, exam=rng.random() < 0.5)
        wording = describer.command(Command("delete", kind.name, number))
        assert wording is not None
        assert meant(wording.goal, "delete", session.store) == {(kind.name, number, "")}
        assert wording.typed["search"] in wording.goal


@pytest.mark.parametrize("split", [PRACTICE, EXAM], ids=lambda split: split.name)
@pytest.mark.parametrize("gym", ["accounting", "procedural"])
def test_a_reader_of_nothing_but_the_words_finds_the_change_and_the_answer(gym: str, split: Split):
    read: set[str] = set()
    for task in draw(gym, split, 3, 150):
        store = Session(gyms.find(task.start.app), task.start.seed, task.start.skin).store
        shape = task.shape.partition("/")[0]
        read.add(shape)
        if shape in ("create", "create part", "update"):
            assert readings(task.goal, store) == {task.verifier.required}, task.goal
        elif shape == "delete":
            [(record, number, _)] = meant(task.goal, shape, store)
            [change] = [c for c in task.verifier.required.changes if c.record == record][:1]
            assert change.kind == "deleted"
            assert store.app.kind(record).label(store, number) in {
                c.key for c in task.verifier.required.changes
            }
        elif shape == "question":
            found = meant(task.goal, shape, store)
            assert found, task.goal
            for record, number, field in found:
                kind = store.app.kind(record)
                shown = kind.shown(store, number, next(f for f in kind.fields if f.name == field))
                assert task.verifier.answer is not None
                assert task.verifier.answer.accepts(shown), task.goal
        elif shape in ("count", "count where"):
            [answer] = counted(task.goal, store)
            assert task.verifier.answer is not None
            assert task.verifier.answer.accepts(str(answer)), task.goal
    assert read >= {"create", "update", "delete", "action", "question"}
