"""What a step is seen to change."""

from __future__ import annotations

from palaestra.agent.effects import effects
from palaestra.browser import View
from palaestra.types import Action, Node

URL = "http://a.example/bills/new"


def view(*nodes: Node, url: str = URL, dialog: str = "") -> View:
    return View(Node("document", children=nodes), "", {}, url, "", dialog)


def box(value: str = "", *states: str) -> Node:
    return Node("textbox", "Vendor", "v", value, states)


FILL, SAVE = Action("fill", "v", "Acme"), Action("click", "s")


def test_a_form_that_is_filled_in_and_saved():
    drafts: dict[str, str] = {}
    told = effects(FILL, "Vendor", view(box()), view(box("Acme")), drafts)
    assert told == [("filled", "Vendor = Acme")]
    after = view(Node("status", "Saved"), url="http://a.example/bills")
    assert effects(SAVE, "Save", view(box("Acme")), after, drafts) == [
        ("saved", "Vendor = Acme"),
        ("notice", "Saved"),
        ("address", "http://a.example/bills"),
    ]
    assert effects(SAVE, "Save", after, after, drafts) == []


def test_a_form_that_is_given_up_saves_nothing():
    drafts = {"Vendor": "Acme"}
    assert effects(SAVE, "Cancel", view(box("Acme")), view(), drafts) == []
    assert drafts == {}


def test_a_form_that_stays_is_not_saved():
    drafts = {"Vendor": "Acme"}
    after = view(box("Acme", "invalid"), Node("alert", "Vendor is unknown"))
    told = effects(SAVE, "Save", view(box("Acme")), after, drafts)
    assert told == [("notice", "Vendor is unknown")]
    assert drafts == {"Vendor": "Acme"}


def test_a_box_that_takes_nothing_was_not_filled():
    assert effects(FILL, "Vendor", view(box()), view(box()), {}) == []


def test_a_tick_is_told():
    was, now = Node("checkbox", "Urgent", "u"), Node("checkbox", "Urgent", "u", "", ("checked",))
    told = effects(Action("check", "u"), "Urgent", view(was), view(now), {})
    assert told == [("filled", "Urgent = checked")]


def test_dialogs_of_both_kinds_are_told_once():
    asked = view(Node("dialog", "Delete?"), dialog="Delete?")
    assert effects(SAVE, "Delete", view(), asked, {}) == [("dialog", "Delete?")]
    assert effects(SAVE, "Delete", asked, asked, {}) == []
    opened = view(Node("dialog", "Please confirm"))
    assert effects(SAVE, "Delete", view(), opened, {}) == [("dialog", "Please confirm")]
