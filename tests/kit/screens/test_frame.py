from __future__ import annotations

from palaestra.kit import Session
from palaestra.types import Action
from tests.apps import expenses, notes


def test_the_navigation_leads_to_every_list_but_those_of_parts() -> None:
    session = Session(expenses, 1)
    navigation = session.screen().children[0]
    assert [n.ref for n in navigation.children] == ["nav:employee", "nav:claim", "nav:handbook"]
    session.dispatch(Action("click", "nav:claim"))
    current = [n.ref for n in session.screen().children[0].children if "current" in n.states]
    assert current == ["nav:claim"]


def test_the_handbook_has_a_paragraph_for_each_rule() -> None:
    session = Session(expenses, 1)
    session.dispatch(Action("click", "nav:handbook"))
    rules = [n.name for n in session.screen().children[1].children if n.role == "paragraph"]
    assert rules == expenses.handbook.split("\n")


def test_an_office_without_rules_has_no_handbook() -> None:
    assert "nav:handbook" not in Session(notes, 1).targets()
