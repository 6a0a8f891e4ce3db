from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.kit.fields import Date, Money, Quantity
from palaestra.policies.network.composing import (
    MOST,
    OPS,
    Candidate,
    candidates,
    composed,
    cues,
    numbered,
)
from palaestra.policies.network.elements import Reader
from palaestra.policies.network.matching import Lens
from palaestra.policies.network.tokens import Strings, read_goal
from palaestra.tasks.grammar import expansions
from palaestra.tasks.relations import GROUPS, Relation, relations
from palaestra.tasks.voice import VOICES
from palaestra.types import Node, Observation

HEARD = (*VOICES["practice"], *VOICES["exam"])
SHAPES = {
    group: [shape for voice in HEARD for told in voice.shapes[group] for shape in expansions(told)]
    for group in GROUPS
}


def made(goal: str, *values: str) -> list[Candidate]:
    strings = Strings()
    boxes = tuple(Node("textbox", "Limit", f"field:{n}", v) for n, v in enumerate(values))
    screen = Reader(strings).read(Observation(goal, Node("document", children=boxes), "", 9))
    return candidates(goal, screen, Lens(read_goal(goal), strings).match(screen, ()), strings)


def told(goal: str, value: str) -> dict[str, str]:
    return {OPS[one.op]: one.text for one in made(goal, value)}


@pytest.mark.parametrize(
    ("goal", "value", "op", "text"),
    [
        ("Raise the limit of Ada by 250.00.", "1,000.00", "plus", "1,250.00"),
        ("Lower the limit of Ada by 1,000.00.", "12,000.00", "minus", "11,000.00"),
        ("Lower the limit of Ada by 5 percent.", "1,000.00", "percent less", "950.00"),
        ("Raise the limit of Ada by 10%.", "1,000.00", "percent more", "1,100.00"),
        ("Raise the stock of pens by 3.", "12", "plus", "15"),
        ("Double the limit of Ada.", "12.50", "times", "25.00"),
        ("Put off the date by two weeks.", "2026-02-20", "later", "2026-03-06"),
        ("Bring forward the date by 1 month.", "2026-03-31", "earlier", "2026-02-28"),
        ("Move the date to the Friday after.", "2026-03-06", "weekday after", "2026-03-13"),
        ("Move the date to the end of that month.", "2028-02-01", "month end", "2028-02-29"),
    ],
)
def test_what_the_goal_gives_reason_for_is_composed(goal: str, value: str, op: str, text: str):
    assert told(goal, value)[op] == text


@pytest.mark.parametrize(
    "goal",
    [
        "Set the limit of claim EXP-0002 to 1,250.00.",
        "Create a vendor with terms 30 days and a limit of 500.",
        "Set the due date of bill BILL-0001 to 31 March 2026.",
        "How many bills are there with status Open?",
        "",
    ],
)
def test_an_ordinary_goal_has_no_candidates(goal: str):
    assert not cues(goal)
    assert not made(goal, "1,000.00", "2026-03-31", "12")


def test_what_is_not_exact_or_no_value_is_not_composed():
    assert "percent more" not in told("Raise it by 5 percent.", "7")
    assert not told("Raise it by 5.", "")
    assert not told("Raise it by 5.", "Ada")
    assert not told("Raise it by 5.", "2026-03-31")
    assert not told("Postpone it by 5 days.", "12.00")
    assert set(told("Postpone it by 9999 days.", "9990-01-01")) == {"earlier"}


def test_only_boxes_have_candidates_and_not_too_many():
    goal = "Raise it by 1, or by 2, or by 3, or by 4."
    many = made(goal, *["5"] * 40)
    assert len(many) == MOST
    assert numbered(many).shape == (MOST, 3)
    assert np.array_equal(numbered(many)[:, 0], [one.element for one in many])
    barred = Node("textbox", "Limit", "field:0", "5", ("disabled",))
    strings = Strings()
    screen = Reader(strings).read(Observation(goal, Node("document", children=(barred,)), "", 9))
    assert not candidates(goal, screen, Lens(read_goal(goal), strings).match(screen, ()), strings)


@given(st.text(max_size=30), st.text(alphabet="by 0123456789.,%-", max_size=20))
def test_nothing_that_can_be_written_upsets_it(value: str, goal: str):
    for cue in cues(f"Raise it by {goal} days later"):
        composed(value, cue)


AMOUNTS = st.integers(1, 10**8).map(lambda old: (Money(), old, f"{old // 100:,}.{old % 100:02d}"))
NUMBERS = st.integers(1, 10**5).map(lambda old: (Quantity(), old, str(old)))
DATES = st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)).map(
    lambda old: (Date(), old, old.isoformat())
)


def typed(one: Relation) -> str:
    if isinstance(one.value, dt.date):
        return one.value.isoformat()
    assert isinstance(one.value, int)
    return str(one.value)


@given(st.one_of(AMOUNTS, NUMBERS, DATES), st.data())
def test_all_that_is_told_by_an_old_value_can_be_composed(known, data):
    field, old, shown = known
    one = data.draw(st.sampled_from(relations(field, old)))
    shape = data.draw(st.sampled_from(SHAPES[one.group]))
    by = one.by
    goal = shape.format(
        record="bill BILL-0001",
        Record="Bill BILL-0001",
        label="terms",
        Label="Terms",
        by=by,
        By=by.capitalize(),
    )
    wanted = typed(one)
    if isinstance(field, Money):
        assert isinstance(one.value, int)
        wanted = field.edit_form(one.value, None)  # type: ignore[arg-type]
    assert wanted in [candidate.text for candidate in made(goal, shown)], goal
