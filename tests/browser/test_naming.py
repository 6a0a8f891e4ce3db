from __future__ import annotations

import pytest

from palaestra.browser.naming import beside, by_column, complete, guessed, paired
from palaestra.types import Node

BOX, TICK = Node("textbox", "", "b"), Node("checkbox", "", "c")


def text(name: str) -> Node:
    return Node("paragraph", name)


def cell(*inside: Node, name: str = "", role: str = "cell") -> Node:
    return Node(role, name, children=inside)


@pytest.mark.parametrize(
    ("element", "box", "name"),
    [
        ({"name": "zipCode"}, True, "zip code"),
        ({"placeholder": "ZIP", "name": "z"}, True, "ZIP"),
        ({"id": "btn-saveAll", "class": "x"}, False, "btn save all"),
        ({"title": " Close  it "}, False, "Close it"),
        ({"class": "fa fa-trash"}, False, "fa fa trash"),
        ({"name": "__"}, True, ""),
        ({}, False, ""),
    ],
)
def test_an_authors_words_are_better_than_none(element: dict[str, str], box: bool, name: str):
    assert guessed(element, box=box) == name


def test_text_beside_a_box_names_it_and_is_not_told_twice():
    assert beside([text("Town: *"), BOX]) == [BOX._replace(name="Town")]
    assert beside([TICK, text("Yes"), TICK, text("No")]) == [
        TICK._replace(name="Yes"),
        TICK._replace(name="No"),
    ]
    assert beside([text("Agree"), TICK]) == [TICK._replace(name="Agree")]


@pytest.mark.parametrize(
    "nodes",
    [
        [BOX, text("behind")],
        [text("x" * 61), BOX],
        [Node("heading", "Form"), BOX],
        [text("a"), Node("textbox", "named", "b")],
        [text("a"), Node("button", "", "b")],
    ],
)
def test_what_is_no_label_stays(nodes: list[Node]):
    assert beside(nodes) == nodes


def test_one_text_names_one_box():
    assert beside([text("Name"), BOX, BOX]) == [BOX._replace(name="Name"), BOX]


def test_boxes_in_a_table_are_called_after_their_column_or_row():
    head = Node("row", children=tuple(cell(name=n, role="columnheader") for n in ("Item", "Many")))
    row = Node("row", children=(cell(name="Hat"), cell(BOX)))
    named = cell(BOX._replace(name="Many"))
    assert by_column([head, row])[1].children[1] == named
    assert by_column([row])[0].children[1].children[0].name == "Hat"


def test_what_is_left_is_called_by_its_attributes():
    tree = Node("document", children=(Node("group", children=(BOX, text("t"))),))
    done = complete(tree, {"b": {"name": "first_name"}})
    assert done.children[0].children == (BOX._replace(name="first name"), text("t"))
    select = Node("combobox", "", "s", children=(Node("option", "A"),))
    assert complete(select, {"s": {"id": "size"}}) == select._replace(name="size")


def test_terms_and_what_is_said_of_them_are_rows():
    told = [("term", "A"), ("definition", "1"), ("definition", "2"), ("term", "B"), ("term", "C")]
    rows = list(paired((kind, cell(name=name)) for kind, name in told))
    assert [[(c.role, c.name) for c in row.children] for row in rows] == [
        [("rowheader", "A"), ("cell", "1"), ("cell", "2")],
        [("rowheader", "B"), ("rowheader", "C")],
    ]
