"""An open dialog is a screen of its own, with what can be answered to it."""

from __future__ import annotations

import pytest

from palaestra.browser.dialogs import Dialog, screen


@pytest.mark.parametrize(
    ("dialog", "parts"),
    [
        (Dialog("alert", "Mind"), [("button", "OK", "")]),
        (Dialog("confirm", "Sure?"), [("button", "OK", ""), ("button", "Cancel", "")]),
        (Dialog("beforeunload", "Go?"), [("button", "OK", ""), ("button", "Cancel", "")]),
        (
            Dialog("prompt", "Name?", "Ann"),
            [("textbox", "Name?", "Ann"), ("button", "OK", ""), ("button", "Cancel", "")],
        ),
    ],
)
def test_what_can_be_answered(dialog: Dialog, parts: list[tuple[str, str, str]]):
    drawn = screen(dialog, "Title")
    (box,) = drawn.children
    assert (drawn.name, box.role, box.name, box.states) == (
        "Title", "dialog", dialog.message, ("modal",)
    )  # fmt: skip
    assert [(node.role, node.name, node.value) for node in box.children] == parts
    assert all(node.ref for node in box.children)
