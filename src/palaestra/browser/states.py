"""What Chromium's accessibility tree tells of one element, and the states that a Node has of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

STATES = frozenset((
    "busy", "checked", "disabled", "expanded", "invalid", "modal", "pressed", "readonly",
    "required", "selected",
))  # fmt: skip
SORTED = frozenset(("ascending", "descending", "none", "other"))


def told(node: Mapping[str, Any], what: str) -> str:
    """Returns the "role", "name" or "value" of an element of the tree; "" if it has none."""
    return str(node.get(what, {}).get("value", ""))


def properties(node: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what else the tree tells of an element, by name."""
    return {one["name"]: one["value"].get("value") for one in node.get("properties", ())}


def states_of(role: str, has: Mapping[str, Any], element: Mapping[str, str]) -> Iterator[str]:
    """Yields the states that hold.

    Args:
        role: The element's role.
        has: Its `properties`.
        element: Its attributes.
    """
    for name, value in has.items():
        if name in STATES and value not in (False, "false", None):
            yield name
    if element.get("aria-checked") == "true":  # Chromium goes by the input alone, if it is one
        yield "checked"
    if "aria-expanded" in element and has.get("expanded") is False:
        yield "collapsed"
    if role == "combobox" and (has.get("autocomplete") or has.get("editable")):
        yield "editable"
    if "required" not in has and element.get("aria-required") == "true":
        yield "required"
    if element.get("aria-current", "false") != "false":
        yield "current"
    if element.get("aria-sort") in SORTED:
        yield element["aria-sort"]
    if element.get("data-ref") and not (has.get("focusable") or has.get("disabled")):
        yield "unreachable"
