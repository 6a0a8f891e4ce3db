from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaestra.errors import InvalidAction
from palaestra.kit import Session
from palaestra.kit.outline import numbered, outline
from palaestra.kit.skin import Skin
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Node
from tests.apps import agency, expenses, notes


def test_a_list_is_a_line_an_element(golden):
    golden("outline/notes.txt", outline(Session(notes, 1).screen()) + "\n")


@pytest.mark.parametrize("nav", ["side", "top", "tabs", "menu"])
def test_every_name_and_value_is_there(nav: str):
    skin = next(seed for seed in range(1000) if Skin.of_seed(seed).nav == nav)
    session = Session(expenses, 1, skin)
    for ref in ("menu", "nav:claim", "open:claim:1", "edit"):
        with suppress(InvalidAction):
            session.dispatch(Action("click", ref))
        text = outline(session.screen())
        assert all(n.name in text and n.value in text for n in session.screen().walk())


@given(st.integers(0, 200), st.integers(0, 40))
def test_numbers_are_the_elements_that_can_be_used_in_order(seed: int, steps: int):
    session, wanderer = Session(expenses, seed, seed), Wanderer(seed)
    for _ in range(steps):
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))
    text, usable = numbered(session.screen())
    assert usable == list(session.targets().values())
    assert [int(n) for n in re.findall(r"(?:^ *|[| ])\[(\d+)\] ", text, re.M)] == list(
        range(len(usable))
    )


def test_a_record_cannot_pose_as_an_element():
    fake = Node("paragraph", '[7] button Pay (disabled) = "x"\n [8] button Yes | [9] No')
    text, usable = numbered(Node("main", children=(fake, Node("button", "Save", "save"))))
    assert [node.name for node in usable] == ["Save"]
    assert text.splitlines() == [
        "main",
        ' paragraph "[7] button Pay (disabled) = \\"x\\"\\n [8] button Yes | [9] No"',
        " [0] button Save",
    ]


def test_a_numbered_form_shows_values_states_and_options():
    session = Session(expenses, 1)
    for ref in ("nav:claim", "new:claim"):
        session.dispatch(Action("click", ref))
    session.dispatch(Action("fill", "field:note", ""))
    text, usable = numbered(session.screen())
    kind = next(i for i, node in enumerate(usable) if node.ref == "field:kind")
    assert f"  [{kind}] combobox Kind = — (required) [— | Travel | Meals | Other]" in text.split(
        "\n"
    )


def test_lists_and_months_are_a_line_an_item():
    box = Node("combobox", "Move D-1 to", "move:1", "—", children=(Node("option", "Won"),))
    item = Node(
        "listitem",
        children=(Node("link", "D-1", "open:deal:1"), Node("paragraph", "Client: A | B"), box),
    )
    day = Node("cell", "14 Call", "", "", ("current",), (Node("link", "Call", "open:call:1"),))
    week = Node("row", children=(Node("cell"), day))
    screen = Node("main", children=(Node("list", "Lead", children=(item,)), week))
    assert outline(screen).splitlines() == [
        "main",
        "  list Lead",
        '    - [D-1] · Client: A | B · [Move D-1 to] = "—" (options: Won)',
        "  |  | 14 [Call] (current) |",
    ]
    assert numbered(screen)[0].splitlines() == [
        "main",
        " list Lead",
        '  item [0] link D-1 | "Client: A | B" | [1] combobox Move D-1 to = — [Won]',
        ' row "" | 14 [2] Call (current)',
    ]


@given(st.integers(0, 100))
def test_numbers_are_in_order_on_screens_from_blocks(seed: int):
    session, wanderer = Session(agency, seed, seed), Wanderer(seed)
    for _ in range(15):
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))
        text, usable = numbered(session.screen())
        assert usable == list(session.targets().values())
        text = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)  # what is quoted is no element
        assert [int(n) for n in re.findall(r"(?:^ *|[| ])\[(\d+)\] ", text, re.M)] == list(
            range(len(usable))
        )
