"""Inputs as HTML, in every widget that a skin may have, each with its label and its error.

An input may have followers: the button that opens its calendar, the list or the calendar that is
open. They stand in its field with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.faces.page.element import Html, element
from palaestra.types import Node

if TYPE_CHECKING:
    from palaestra.faces.page.html import Drawing

FIELDS = frozenset(("textbox", "combobox", "checkbox", "radiogroup"))
Attributes = dict[str, str | bool]


def follows(node: Node, box: Node) -> bool:
    """Says whether an element belongs to the input that it comes after."""
    if node.role == "listbox":
        return box.role == "combobox"
    field = box.ref.partition(":")[2]
    if node.role == "button":
        return bool(field) and node.ref == f"calendar:{field}"
    return node.role == "dialog" and "readonly" in box.states and "modal" not in node.states


def field(drawing: Drawing, node: Node, followers: list[Node], wrong: str = "") -> Html:
    """Draws an input with its label.

    Args:
        drawing: The screen being drawn.
        node: The input.
        followers: What belongs to it.
        wrong: What is wrong with it, in words; "" where nothing is said here.
    """
    address: Attributes = dict(drawing.address(node))
    box = str(address.get("id", ""))
    required = "required" in node.states
    common: Attributes = {
        **address,
        "aria_required": "true" if required else "",
        "aria_invalid": "true" if "invalid" in node.states else "",
        "aria_describedby": f"{box}-wrong" if wrong and box else "",
        "disabled": "disabled" in node.states,
    }
    star = element("span", " *", class_="star", aria_hidden="true") if required else Html()
    said = (
        element("p", wrong, class_="wrong", id=f"{box}-wrong" if box else "") if wrong else Html()
    )
    if node.role == "radiogroup":
        return _radios(drawing, node, star, said, common)
    label = element("label", node.name, star, for_=box)
    if node.role == "checkbox":
        checked = "checked" in node.states
        control = element("input", type="checkbox", checked=checked, autocomplete="off", **common)
        return element("div", control, label, said, class_="field tick")
    if node.role == "combobox" and not node.children:
        control = _popup(node, common)
        label = element("span", node.name, star, class_="label", aria_hidden="true")
    elif node.role == "combobox":
        control = _select(node, common)
    else:
        control = _text(node, common)
    after = [drawing.one(follower) for follower in followers]
    wide = " wide" if "\n" in node.value else ""
    return element("div", label, control, *after, said, class_=f"field{wide}")


def _select(node: Node, common: Attributes) -> Html:
    options = [
        element("option", o.name, value=o.name, selected="selected" in o.states)
        for o in node.children
    ]
    return element("select", *options, autocomplete="off", **common)


def _text(node: Node, common: Attributes) -> Html:
    common = {**common, "readonly": "readonly" in node.states, "autocomplete": "off"}
    if "\n" in node.value:
        # The parser drops one line feed after the tag, so one is given to be dropped.
        return element("textarea", f"\n{node.value}", rows="6", **common)
    return element("input", type="text", value=node.value, **common)


def _popup(node: Node, common: Attributes) -> Html:
    """Draws a box that a list opens from, to be typed into or only clicked."""
    opened = "true" if "expanded" in node.states else "false"
    named: Attributes = {
        "role": "combobox", "aria_label": node.name, "aria_expanded": opened,
        "aria_haspopup": "listbox", **common,
    }  # fmt: skip
    if "editable" in node.states:
        told: Attributes = {"aria_autocomplete": "list", "autocomplete": "off"}
        return element("input", type="text", value=node.value, **told, **named)
    return element("div", node.value, class_="select", tabindex="0", **named)


def _radios(drawing: Drawing, node: Node, star: Html, said: Html, common: Attributes) -> Html:
    """Draws radio buttons; each is a control of its own."""
    inside: list[Html] = []
    group = f"g-{node.children[0].ref}" if node.children else ""
    for radio in node.children:
        address = drawing.address(radio)
        told: Attributes = {"checked": "checked" in radio.states, "name": group, **address}
        control = element("input", type="radio", autocomplete="off", **told)
        label = element("label", radio.name, for_=address["id"])
        inside.append(element("div", control, label, class_="tick"))
    legend = element("span", node.name, star, class_="label", aria_hidden="true")
    kept = {key: value for key, value in common.items() if key.startswith("aria")}
    box = element("div", *inside, role="radiogroup", aria_label=node.name, class_="radios", **kept)
    return element("div", legend, box, said, class_="field")
