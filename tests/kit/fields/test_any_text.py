"""Any text may be typed into any field: it makes a value that can be shown, or is refused."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import InvalidAction, Refused
from palaestra.kit import (
    App,
    Record,
    Session,
    choice,
    date,
    document,
    moment,
    money,
    quantity,
    ref,
    text,
    yes_no,
)
from palaestra.testing.play_checks import malformed
from palaestra.types import Action

app = App("everything", title="Everything")


@app.record(key="name", seeds=(3, 3))
class Person(Record):
    name: str = text("person")


@app.record(key="title", seeds=(1, 1))
class Thing(Record):
    title: str = text("phrase")
    note: str = text("phrase", long=True, required=False)
    price: int = money(low=1, high=100)
    fee: int = money(low=1, high=100, currency="EUR")
    count: int = quantity(1, 9)
    day: dt.date = date(past=9)
    at: dt.datetime = moment(past=9)
    kind: str = choice("One", "Two")
    sure: bool = yes_no()
    owner: Person = ref(Person)
    paper: str = document(required=False, editable=True)


FIELDS = {field.name: field for field in Thing.type.form_fields}
STORE = Session(app, 1).store
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text("0123456789-:., TZ+eE€$%/", max_size=25),
    st.sampled_from((
        "1e400", "-1", "1,2,3.4", "٣", "²", "½", "NaN", "Infinity", "9" * 1_900, "0" * 499 + "1",
        "0000-00-00", "2026-02-30", "9999-12-31", "10000-01-01", "0001-01-01 00:00",
        "9999-12-31 23:59", "2026-03-29 02:30", "2026-10-25 02:30", "24:00", "2026-11-22T25:61",
        "tomorrow", "in 10000000 days", "last Monday", "31 June", "EUR", "12.50 EUR", "12.50 USD",
        "yes", "Yes", "None", "\u202e", "\u2028", "a\u0301" * 100, "🧾" * 200, "<b>&amp;",
        "one\ntwo",
    )),
)  # fmt: skip


def test_there_is_every_kind_that_can_be_entered():
    kinds = {field.kind for field in FIELDS.values()}
    assert kinds >= {"text", "money", "quantity", "date", "moment", "choice", "yes_no", "ref"}
    assert "paper" in FIELDS


@pytest.mark.parametrize("name", FIELDS)
@given(typed=TEXTS)
def test_what_is_parsed_can_be_shown_stored_and_edited(name: str, typed: str):
    field, typed = FIELDS[name], typed.strip()
    if not typed:
        return
    try:
        value = field.parse(typed, STORE)
    except Refused as refusal:
        assert 0 < len(str(refusal)) < 1_000  # noqa: PT017
        return
    again = field.edit_form(value, STORE)
    assert field.parse(again.strip(), STORE) == value
    assert field.sort_key(value, STORE) == field.sort_key(value, STORE)
    json.dumps([field.show(value, STORE), again], ensure_ascii=False).encode()


@given(
    texts=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, TEXTS)),
    skin=st.integers(0, 80),
)
def test_any_form_is_saved_or_says_what_is_wrong(texts: dict[str, str], skin: int):
    session = Session(app, 1, skin)
    steps: list[Any] = [("click", "menu"), ("click", "nav:thing"), ("click", "new:thing")]
    for name, typed in texts.items():
        steps += [("fill", f"field:{name}", typed), ("select", f"field:{name}", typed)]
        steps += [("click", f"field:{name}", ""), ("click", f"pick:{name}:1", "")]
    for op, ref_, *typed in [*steps, ("click", "save")]:
        with suppress(InvalidAction):
            session.dispatch(Action(op, ref_, *typed))
        nodes = list(session.screen().walk())
        assert [
            (n.role, n.name) for n in nodes if malformed(n._replace(name=n.name and "typed"))
        ] == []
    if not session.commands:
        assert session.alarmed
        assert session.errors or session.refused
        assert session.digest() == Session(app, 1).digest()
