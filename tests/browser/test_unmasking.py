from __future__ import annotations

from palaestra.browser.unmasking import DOT, unmasked
from palaestra.types import Node

DOTS = 3 * DOT
SCREEN = Node(
    "document",
    children=(
        Node("form", children=(Node("textbox", "Password", "n1", DOTS),)),
        Node("textbox", "Repeat it", "n2", DOTS),
        Node("textbox", "Name", "n3", "Ann"),
        Node("textbox", "Hint", "n4"),
    ),
)


def values(screen: Node) -> list[str]:
    return [node.value for node in screen.walk() if node.ref]


def test_what_was_typed_is_shown_and_what_others_filled_is_not() -> None:
    assert values(unmasked(SCREEN, {"n1": "mk5"})) == ["mk5", DOTS, "Ann", ""]


def test_what_a_page_shows_or_has_emptied_is_left_alone() -> None:
    typed = {"n3": "Bob", "n4": "blue", "n9": "gone"}
    assert unmasked(SCREEN, typed) is SCREEN
    assert unmasked(SCREEN, {}) is SCREEN
