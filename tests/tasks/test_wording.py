"""What is put into words can be read again by the fields themselves."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from palaestra import gyms
from palaestra.kit import Session
from palaestra.kit.fields import Field
from palaestra.tasks.voice import VOICES
from palaestra.tasks.wording import Describer, Wording
from palaestra.types import Command, Value
from tests.apps import expenses

SPEECHES = tuple(VOICES)


def changed(field: str, value: Value, seed: int) -> tuple[Wording, Field, Session]:
    """The words for setting one field of the first claim."""
    session = Session(expenses, 3)
    kind = expenses.kind("claim")
    command = Command("update", "claim", 1, ((field, value),))
    wording = Describer(session.store, random.Random(seed), speech=SPEECHES[seed % 3]).command(
        command
    )
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


def test_an_empty_value_and_a_box_are_told_in_words():
    assert "empty" in changed("note", None, 1)[0].goal
    assert "field:receipt" not in changed("receipt", True, 1)[0].typed
    assert "yes" in changed("receipt", True, 1)[0].goal


def test_there_is_nothing_to_say_about_a_record_of_initial_values_only():
    session = Session(gyms.find("accounting"), 1)
    describer = Describer(session.store, random.Random(0), speech="practice")
    assert describer.command(Command("create", "vendor", 0, (("name", None),))) is None


def test_articles_fit_the_word_that_follows():
    session = Session(expenses, 3)
    for seed in range(60):
        describer = Describer(session.store, random.Random(seed), speech="practice")
        values = (("name", "Ada Ott"), ("email", None), ("grade", 3))
        wording = describer.command(Command("create", "employee", 0, values))
        assert wording is not None
        assert " a employee" not in wording.goal.casefold()
        assert " an new" not in wording.goal.casefold()


def test_only_the_shapes_own_articles_are_changed():
    session = Session(expenses, 3)
    command = Command("update", "claim", 1, (("note", "Vitamin a intake"),))
    for seed in range(20):
        wording = Describer(session.store, random.Random(seed), speech="practice").command(command)
        assert wording is not None
        assert "Vitamin a intake" in wording.goal


def test_a_clause_neither_begins_nor_ends_a_sentence():
    session = Session(expenses, 3)
    for seed in range(40):
        describer = Describer(session.store, random.Random(seed), speech=SPEECHES[seed % 3])
        wording = describer.step(Command("submit", "claim", 1), clause=True)
        assert wording is not None
        assert wording.goal[0].islower()
        assert wording.goal[-1] not in ".?"
        assert wording.shape.startswith("action clause/")
