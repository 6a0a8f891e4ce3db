from __future__ import annotations

import pytest

from palaestra.errors import InvalidAction
from palaestra.kit.fit import MAX_TYPED, aimed_at, is_typed_into
from palaestra.types import Action, Node

NODES = {
    node.ref: node
    for node in (
        Node("button", "Save", "save"),
        Node("button", "Off", "off", states=("disabled",)),
        Node("textbox", "Note", "note"),
        Node("textbox", "Day", "day", states=("readonly",)),
        Node(
            "combobox", "Native", "native", "A", children=(Node("option", "A"), Node("option", "B"))
        ),
        Node("combobox", "Custom", "custom", "A", ("collapsed",)),
        Node("combobox", "Typed", "typed", "A", ("collapsed", "editable")),
        Node("option", "A", "pick:custom:0"),
        Node("region", "Rows", "rows"),
    )
}


@pytest.mark.parametrize(
    "action",
    [
        Action("click", "save"), Action("fill", "note", "x"), Action("select", "native", "B"),
        Action("click", "custom"), Action("click", "typed"), Action("fill", "typed", "x"),
        Action("click", "pick:custom:0"), Action("scroll", "rows", "down"),
        Action("press", "note", "Enter"),
    ],
)  # fmt: skip
def test_what_fits(action: Action) -> None:
    assert aimed_at(NODES, action) is NODES[action.ref]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (Action("click", "gone"), "no element"),
        (Action("click", "off"), "is disabled"),
        (Action("click", "native"), "select from"),
        (Action("click", "note"), "Cannot click a textbox"),
        (Action("fill", "day", "x"), "Nothing can be typed into Day"),
        (Action("fill", "native", "A"), "Nothing can be typed"),
        (Action("fill", "custom", "A"), "Nothing can be typed"),
        (Action("fill", "typed", "A\nB"), "Typed takes a single line"),
        (Action("select", "native", "C"), "no option"),
        (Action("select", "custom", "A"), "no option"),
        (Action("scroll", "rows", "sideways"), "scrolled down"),
        (Action("scroll", "note", "down"), "Cannot scroll"),
        (Action("press", "note", "F1"), "keys here"),
        (Action("fill", "note", "x" * (MAX_TYPED + 1)), "longer than"),
        (Action("fill", "note", "\ud800"), "nobody can type"),
    ],
)
def test_what_does_not_fit_is_told_why(action: Action, said: str) -> None:
    with pytest.raises(InvalidAction, match=said):
        aimed_at(NODES, action)


def test_what_takes_text() -> None:
    assert {ref for ref, node in NODES.items() if is_typed_into(node)} == {"note", "typed"}
