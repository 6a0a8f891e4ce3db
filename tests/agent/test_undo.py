"""What a page offers to take something back by."""

from __future__ import annotations

import pytest

from palaestra.agent.undo import way_back
from palaestra.types import Node

BOX = Node("textbox", "Vendor", "box")


@pytest.mark.parametrize(
    ("nodes", "ref"),
    [
        ((Node("button", "Undo", "u"),), "u"),
        ((Node("link", "Rückgängig machen", "u"),), "u"),
        ((BOX, Node("button", "Cancel", "c"), Node("button", "Undo", "u")), "u"),
        ((BOX, Node("button", "Cancel", "c")), "c"),
        ((Node("button", "Cancel", "c"),), None),
        ((Node("button", "Undo", "u", states=("disabled",)),), None),
        ((Node("button", "Delete", "d"),), None),
    ],
)
def test_the_way_back(nodes: tuple[Node, ...], ref: str | None):
    action = way_back(Node("document", children=nodes))
    assert (action.ref if action else None) == ref
