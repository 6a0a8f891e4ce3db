import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.browser.written import agrees, read_day, typed_into
from palaestra.kit.fields import MONTHS


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2026-03-03", "2026-03-03"),
        ("date", "3 March 2026", "2026-03-03"),
        ("date", "Tuesday, 3 March 2026", "2026-03-03"),
        ("date", "March 3rd, 2026", "2026-03-03"),
        ("date", "Mar 3 2026", "2026-03-03"),
        ("date", "03/03/2026", "2026-03-03"),
        ("date", "31/12/2026", "2026-12-31"),
        ("date", "12/31/2026", "2026-12-31"),
        ("date", "3.4.2026", "2026-04-03"),
        ("date", "03-Mar-2026", "2026-03-03"),
        ("date", "03/04/2026", None),
        ("date", "30 February 2026", None),
        ("date", "soon", None),
        ("date", "", ""),
        ("time", "14:30", "14:30"),
        ("time", "2:30 pm", "14:30"),
        ("time", "2pm", "14:00"),
        ("time", "12 am", "00:00"),
        ("time", "14:30:15", "14:30:15"),
        ("time", "14", None),
        ("time", "25:00", None),
        ("datetime-local", "2026-03-03T14:30", "2026-03-03T14:30"),
        ("datetime-local", "2026-03-03 14:30", "2026-03-03T14:30"),
        ("datetime-local", "3 March 2026 at 2:30 pm", "2026-03-03T14:30"),
        ("datetime-local", "March 3, 2026, 2:30 pm", "2026-03-03T14:30"),
        ("datetime-local", "3 March 2026", None),
        ("month", "2026-03", "2026-03"),
        ("month", "March 2026", "2026-03"),
        ("month", "03/2026", "2026-03"),
        ("month", "13/2026", None),
        ("week", "2026-W10", "2026-W10"),
        ("week", "week 9 of 2026", "2026-W09"),
        ("number", "1,250.00", "1250.00"),
        ("number", "1.250,00", "1250.00"),
        ("number", "1,250", "1250"),
        ("number", "12,5", "12.5"),
        ("number", "$1,250.50", "1250.50"),
        ("number", "1250 EUR", "1250"),
        ("number", "-3", "-3"),
        ("number", "15 %", "15"),
        ("number", "twelve", None),
        ("range", "50", "50"),
        ("text", "  as it is ", "  as it is "),
    ],
)
def test_what_a_goal_writes_becomes_what_the_input_takes(kind: str, text: str, value: str | None):
    assert typed_into(kind, text) == value


@pytest.mark.parametrize(
    ("entered", "shown"),
    [
        ("1250", "1,250.00"),
        ("1,250.00", "$1,250.00"),
        ("12.50", "12.5"),
        ("5551234567", "(555) 123-4567"),
        ("3 March 2026", "03/03/2026"),
        ("abc", "ABC"),
        ("a  b", "a b"),
        ("2:30 pm", "14:30"),
        ("4111 1111 1111 1111", "4111-1111-1111-1111"),
    ],
)
def test_another_dress_is_accepted(entered: str, shown: str):
    assert agrees(entered, shown)
    assert agrees(shown, entered)


@pytest.mark.parametrize(
    ("entered", "shown"),
    [
        ("1250.00", "12.50"),
        ("12.50", "1250"),
        ("12.50", "12"),
        ("Acme", ""),
        ("Acme", "Acm"),
        ("3 March 2026", "04/03/2026"),
        ("2026-03-03", "2026-03-04"),
        ("5551234567", "(555) 123-456"),
        ("-3", "3"),
        ("2:30 pm", "2:30"),
        ("", "0"),
        ("00123", "123"),
    ],
)
def test_another_meaning_is_not(entered: str, shown: str):
    assert not agrees(entered, shown)
    assert not agrees(shown, entered)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_a_day_is_read_back_from_every_way_to_write_it(day: dt.date):
    month = MONTHS[day.month - 1]
    written = [
        day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}", f"{day.day}.{day.month}.{day.year}",
        f"{day.year}/{day.month:02d}/{day.day:02d}",
    ]  # fmt: skip
    assert [read_day(text) for text in written] == [day] * len(written)
    assert all(agrees(one, other) for one in written for other in written)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_what_could_mean_two_days_is_not_read(day: dt.date):
    told = read_day(f"{day.day:02d}/{day.month:02d}/{day.year}")
    assert told == (None if day.day <= 12 and day.day != day.month else day)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_is_the_same_in_every_dress(amount: object):
    plain, grouped = f"{amount:f}", f"{amount:,f}"
    assert typed_into("number", grouped) == plain
    assert agrees(plain, grouped)
    assert agrees(grouped, f"{grouped} EUR")


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_is_read_or_not_without_a_crash(one: str, other: str):
    assert agrees(one, other) == agrees(other, one)
    for kind in ("date", "time", "datetime-local", "month", "week", "number", "range", "color"):
        typed_into(kind, one)


def test_the_order_of_a_language_reads_what_could_mean_two_days():
    assert typed_into("date", "03/04/2026", month_first=True) == "2026-03-04"
    assert typed_into("date", "03/04/2026", month_first=False) == "2026-04-03"
    assert typed_into("date", "31/12/2026", month_first=True) == "2026-12-31"
    assert typed_into("datetime-local", "3/4/2026 2 pm", month_first=True) == "2026-03-04T14:00"
