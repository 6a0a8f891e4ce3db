"""Every control, in real Chromium: what is done to it is there afterwards, with real events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palaestra.types import Action
from tests.browser.driver import Driver

pytestmark = pytest.mark.browser
Visit = Callable[[str], Driver]


def test_boxes_show_what_was_filled_in(visit: Visit):
    page = visit("controls.html")
    wanted = {
        "Text": ("Hello", "Hello"),
        "Search": ("find me", "find me"),
        "Email": ("a@b.example", "a@b.example"),
        "Note": ("two\nlines", "two\nlines"),
        "Number": ("1,250.50", "1250.50"),
        "Range": ("55", "55"),
        "Colour": ("red", "#ff0000"),
        "Date": ("3 March 2026", "2026-03-03"),
        "Time": ("2:30 pm", "14:30"),
        "Moment": ("3 March 2026 at 2:30 pm", "2026-03-03T14:30"),
        "Month": ("March 2026", "2026-03"),
        "Week": ("week 10 of 2026", "2026-W10"),
        "Rich": ("one\ntwo", "one\ntwo"),
        "Listed": ("Elm", "Elm"),
        "Keys": ("Aé ß!", "Aé ß!"),
        "Password": ("hidden", "hidden"),
    }
    for name, (text, _) in wanted.items():
        assert page("fill", name, text) == "", name
    assert page("fill", "Date", "03/04/2026") == "Date took 03/04/2026 as 2026-03-04"
    assert page("fill", "Date", "2026-03-03") == ""
    ids = {"Colour": "colour", "Password": "secret"}
    shown = {
        name: page.run(f"(e => e.value ?? e.innerText)(by('{ids.get(name, name.lower())}'))")
        for name in wanted
    }
    assert shown == {name: value for name, (_, value) in wanted.items()}
    assert page.node("Password").value == "••••••"
    assert page("fill", "Text", "") == ""
    assert page.node("Text").value == ""


def test_typing_is_real(visit: Visit):
    page = visit("controls.html")
    page("fill", "Text", "Hey")
    log = page.run("window.log.filter(line => line.includes(' text '))")
    assert "input text true" in log
    assert {"keydown text true y", "keyup text true y"} <= set(log)
    assert log[-1].startswith("change text")
    page("click", "Plain")
    log = page.run("window.log.filter(line => line.includes(' plain '))")
    assert log == ["mousedown plain true", "click plain true"]


def test_what_cannot_be_entered_is_told_and_not_done(visit: Visit):
    page = visit("controls.html")
    assert page("fill", "Date", "soon").startswith("Date takes a day, like 2026-03-31")
    assert page("fill", "Number", "twelve").startswith("Number takes a number")
    assert page("fill", "Colour", "nonsense").startswith("Colour takes a colour")
    assert page("fill", "Text", "two\nlines") == "Text takes a single line"
    assert page("fill", "Fixed", "x") == "Nothing can be typed into Fixed"
    assert page("fill", "Off", "x") == "Off is disabled"
    assert page("select", "Text", "x") == "Text is no box to select from"
    assert page("select", "Country", "Narnia") == "Country has no option 'Narnia'"
    assert page("select", "Country", "Atlantis") == "Atlantis cannot be chosen"
    assert page("click", "Country") == "Country is a box to select from"
    assert page("check", "Agree", "perhaps") == "Agree is ticked or not; 'perhaps' is neither"
    assert page("press", "Keys", "Hyper+X").startswith("There is no key 'Hyper+X'")
    page.view = page.tab.act(Action("click", "nowhere"))
    assert page.view.feedback == "There is no element 'nowhere' on this screen"
    assert page.run("window.log.filter(line => !line.startsWith('mouse'))") == []
    assert page("fill", "Short", "abcdef") == "Short shows abc instead of abcdef"


def test_options_are_chosen(visit: Visit):
    page = visit("controls.html")
    assert page("select", "Country", "Spain") == ""
    assert page.node("Country").value == "Spain"
    assert page("select", "Country", "nz") == ""
    assert page.node("Country").value == "New Zealand"
    log = page.run("window.log.filter(line => line.includes(' country '))")
    assert log == ["input country false", "change country false"] * 2
    assert page("click", "Tuesday") == ""
    assert page("click", "Monday") == ""
    assert page.run("[...by('days').selectedOptions].map(one => one.text)") == ["Tuesday"]


def test_what_is_ticked(visit: Visit):
    page = visit("controls.html")
    for name in ("Agree", "Newsletter", "Alerts", "Fancy", "Red", "Blue"):
        assert page("click", name) == ""
        assert "checked" in page.node(name).states, name
    assert "checked" not in page.node("Red").states
    assert page("check", "Agree", "true") == ""
    assert "checked" in page.node("Agree").states
    assert page("check", "Agree") == ""
    assert "checked" not in page.node("Agree").states
    assert page("check", "Alerts", "off") == ""
    assert "checked" not in page.node("Alerts").states


def test_keys_and_chords(visit: Visit):
    page = visit("controls.html")
    page("fill", "Keys", "abc")
    page("press", "Keys", "Control+A")
    page("press", "Keys", "Backspace")
    assert page.node("Keys").value == ""
    page("press", "Keys", "Shift+q")
    log = page.run("window.log.slice(-6).map(line => line.replace('keys true ', ''))")
    assert [line.partition(" ")[0] for line in log] == [
        "keydown", "keydown", "beforeinput", "input", "keyup", "keyup"
    ]  # fmt: skip
    assert (log[1], log[-1]) == ("keydown q", "keyup Shift")
    page = visit("widgets.html")
    page("press", "Phone", "Control+k")
    assert page.run("by('shortcut').textContent") == "Control and k"
