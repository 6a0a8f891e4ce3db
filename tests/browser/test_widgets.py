"""Widgets that scripts draw, and pages that do something of their own with what is entered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.driver import Driver

pytestmark = pytest.mark.browser
Visit = Callable[[str], Driver]


def test_masks_and_formats_that_mean_the_same_are_accepted(visit: Visit):
    page = visit("widgets.html")
    assert page("fill", "Phone", "5551234567") == ""
    assert page.node("Phone").value == "(555) 123-4567"
    assert page("fill", "Amount", "1250") == ""
    assert page.node("Amount").value == "1,250.00"


def test_what_a_page_makes_of_an_entry_is_told(visit: Visit):
    page = visit("widgets.html")
    assert page("fill", "Cents", "12.50") == "Cents shows 12 instead of 12.50"
    assert page("fill", "Stubborn", "yours") == "Stubborn shows mine instead of yours"
    assert page("select", "Reverting", "Second") == "Reverting shows First instead of Second"
    assert page("click", "Unwilling") == "Unwilling is not ticked"


def test_what_did_not_take_is_entered_another_way(visit: Visit):
    page = visit("widgets.html")
    assert page("fill", "Keyed", "Hello you") == ""
    assert page.node("Keyed").value == "Hello you"
    assert page("fill", "Keyed", "Again") == ""
    assert page.node("Keyed").value == "Again"
    assert page("select", "Keyboard", "Birch") == ""
    assert page.node("Keyboard").value == "Birch"
    assert page("fill", "Day", "3 March 2026") == ""
    assert page.node("Day").value == "2026-03-03"


def test_a_choice_that_is_drawn_anew_stays(visit: Visit):
    page = visit("widgets.html")
    assert page("select", "Lazy", "Two") == ""
    assert page.node("Lazy").value == "Two"


def test_suggestions_come_with_typing(visit: Visit):
    page = visit("widgets.html")
    assert page("fill", "City", "Ber") == ""
    options = [node.name for node in page.view.screen.walk() if node.role == "option"]
    assert {"Berlin", "Bern", "Bergen"} <= set(options)
    assert page("click", "Bern", role="option") == ""
    assert page.node("City").value == "Bern"


def test_a_drawn_box_is_chosen_from(visit: Visit):
    page = visit("widgets.html")
    assert page("select", "Fruit", "Plum") == "Fruit has no option 'Plum'"
    assert page("select", "Fruit", "Pear") == ""
    assert page.run("by('fruit').textContent") == "Pear"
    assert page.run("by('fruits').hidden")


def test_what_a_page_did_something_with_is_not_entered_again(visit: Visit):
    page = visit("widgets.html")
    assert page("select", "Menu", "Archive") == "Archive"
    assert page("fill", "Adding", "Milk") == "Archive Milk"
    assert page.run("by('done').textContent") == " Archive Milk"


def test_sliders_and_numbers_are_turned(visit: Visit):
    page = visit("widgets.html")
    assert page("fill", "Volume", "55") == ""
    assert page.node("Volume").value == "55"
    assert page("fill", "Volume", "52") == "Volume shows 50 instead of 52"
    assert page("fill", "Volume", "loud").startswith("Volume takes a number")
    assert page("fill", "Copies", "4") == ""
    assert page.run("by('copies').value") == "4"


def test_a_menu_that_opens_under_the_mouse_is_not_clicked_shut(visit: Visit):
    page = visit("widgets.html")
    page("click", "Share")
    assert page("click", "Link") == "Linked"
    page("click", "More")
    assert page("click", "Print") == "Printed"
