"""Whether an action fits the element it is aimed at, as a browser would have it.

What the application then makes of it is the screens' business.
"""

from __future__ import annotations

from palaestra.errors import InvalidAction
from palaestra.kit.fields import UNTYPABLE
from palaestra.types import Action, Node

MAX_TYPED = 2_000
KEYS = ("Enter", "Escape")
SCROLLS = ("down", "")
FITS: dict[str, frozenset[str]] = {
    "click": frozenset(("link", "button", "checkbox", "radio", "option", "tab", "combobox")),
    "fill": frozenset(("textbox", "searchbox", "combobox")),
    "select": frozenset(("combobox",)),
    "check": frozenset(("checkbox", "radio")),
    "press": frozenset(
        ("textbox", "searchbox", "combobox", "checkbox", "radio", "button", "link", "tab")
    ),
    "scroll": frozenset(("region",)),
}


def aimed_at(targets: dict[str, Node], action: Action) -> Node:
    """Returns the element that an action is aimed at.

    Args:
        targets: What can be used on the screen, by ref.
        action: What is to be done.

    Raises:
        InvalidAction: If there is no such element, or it cannot be used that way.
    """
    node = targets.get(action.ref)
    if node is None:
        raise InvalidAction(f"There is no element {action.ref[:80]!r} on this screen")
    if action.op not in FITS:
        raise InvalidAction(f"The application has no use for {action.op!r} here")
    if node.role not in FITS[action.op]:
        raise InvalidAction(f"Cannot {action.op} a {node.role}")
    if "disabled" in node.states:
        raise InvalidAction(f"{node.name} is disabled")
    if len(action.text) > MAX_TYPED:
        raise InvalidAction(f"The text is longer than {MAX_TYPED} characters")
    if UNTYPABLE.search(action.text):
        raise InvalidAction("The text has characters that nobody can type")
    if action.op == "select" and not any(o.name == action.text for o in node.children):
        raise InvalidAction(f"{node.name} has no option {action.text[:80]!r}")
    if action.op == "fill" and not is_typed_into(node):
        raise InvalidAction(f"Nothing can be typed into {node.name}")
    if action.op == "fill" and "\n" in action.text and node.role != "textbox":
        raise InvalidAction(f"{node.name} takes a single line")
    if action.op == "click" and node.role == "combobox" and node.children:
        raise InvalidAction(f"{node.name} is a box to select from")
    if action.op == "press" and action.text not in KEYS:
        raise InvalidAction(f"The keys here are {' and '.join(KEYS)}")
    if action.op == "scroll" and action.text not in SCROLLS:
        raise InvalidAction("A list is scrolled down")
    return node


def is_typed_into(node: Node) -> bool:
    """Says whether an element takes text."""
    if node.role == "combobox":
        return "editable" in node.states
    return node.role in FITS["fill"] and "readonly" not in node.states
