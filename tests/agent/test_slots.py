"""Secrets: put in where they are typed, taken out everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.agent.slots import Secret, Slots
from palaestra.errors import UsageError
from palaestra.types import Action, Node, Observation, Past

HOME = "https://bank.example/login"
GOAL = "Log in as ann with {{secret:pin}}"


def slots(**more: str | Secret) -> Slots:
    return Slots({"pin": "hunter2", **more}, HOME)


def test_a_value_is_put_in_and_taken_out():
    it = slots()
    action = Action("fill", "n1", "{{secret:pin}}")
    assert it.filled(action).text == "hunter2"
    assert it.hidden("it is hunter2!") == "it is {{secret:pin}}!"
    odd = Slots({"pin": "a b&c/d"}, HOME)
    for written in ("a b&c/d", "a+b%26c%2Fd", "a%20b%26c/d", "a b&amp;c/d"):
        assert odd.hidden(f"?pin={written}") == "?pin={{secret:pin}}"
    assert "hunter2" not in repr(Secret("hunter2"))


def test_only_what_is_filled_gets_a_value():
    assert slots().filled(Action("answer", "", "{{secret:pin}}")).text == "{{secret:pin}}"


@pytest.mark.parametrize(
    "copied", ["secret-pin", "secret:pin", "{secret:pin}}", "{{secret:pin}}", "pin"]
)
def test_a_part_of_a_slot_that_was_copied_is_the_slot(copied: str):
    assert slots().snapped(Action("fill", "n1", copied), GOAL).text == "{{secret:pin}}"


def test_a_policy_sees_words_where_there_are_slots():
    it, box = slots(), Node("textbox", "Pin", "n1", "{{secret:pin}}")
    past = (Past("fill", "Pin", "{{secret:pin}}", ""),)
    seen = Observation("Type {{secret:pin}}", Node("document", children=(box,)), "", 3, past)
    told = it.spoken(seen)
    assert told.goal == "Type secret-pin"
    assert told.screen.children[0].value == told.past[0].text == "secret-pin"
    assert it.snapped(Action("fill", "n1", told.past[0].text), seen.goal).text == "{{secret:pin}}"
    assert Slots({}, "http://127.0.0.1/").spoken(seen) is seen


@pytest.mark.parametrize("copied", ["ann", "", "secret", "with"])
def test_what_is_no_slot_stays(copied: str):
    assert slots().snapped(Action("fill", "n1", copied), GOAL).text == copied


def test_a_secret_inside_another_one_leaves_nothing_of_it():
    it = slots(long="hunter2-and-more")
    assert it.hidden("hunter2-and-more") == "{{secret:long}}"


def test_a_screen_is_cleaned_and_is_the_same_where_there_is_nothing_to_clean():
    it = slots()
    dirty = Node(
        "document", children=(Node("paragraph", "pin hunter2"), Node("textbox", "", "b", "hunter2"))
    )
    assert "hunter2" not in repr(it.cleaned(dirty))
    clean = Node("document", children=(Node("paragraph", "pin"),))
    assert it.cleaned(clean) is clean


@pytest.mark.parametrize(
    ("secret", "url", "barred"),
    [
        ("hunter2", "https://bank.example/x", False),
        ("hunter2", "https://evil.example/", True),
        ("hunter2", "http://bank.example/", True),
        ("hunter2", "about:srcdoc", True),
        ("hunter2", "", True),
        (Secret("hunter2", ("https://pay.example",)), "https://pay.example/", False),
        (Secret("hunter2", ("https://pay.example",)), HOME, True),
        (Secret("hunter2", ("*",)), "https://evil.example/", False),
    ],
)
def test_where_a_secret_may_be_typed(secret: str | Secret, url: str, barred: bool):
    it = Slots({"pin": secret}, HOME)
    assert bool(it.barred("{{secret:pin}}", url)) is barred
    assert not it.barred("no secret at all", url)


@pytest.mark.parametrize(
    "secrets", [{"pin": ""}, {"pin": "ab"}, {"a b": "hunter2"}, {"": "hunter2"}, {"pin": 12345}]
)
def test_what_cannot_be_a_secret(secrets):
    with pytest.raises(UsageError):
        Slots(secrets, HOME)


@given(st.text(min_size=3), st.text(), st.text())
def test_a_value_never_comes_through(value: str, before: str, after: str):
    it = Slots({"pin": value}, HOME)
    if value not in "{{secret:pin}}":
        left = it.hidden(before + value + after).replace("{{secret:pin}}", "")
        assert value not in left or value in before + after
