"""Names of keys, as people and pages say them, become what DevTools are told."""

from __future__ import annotations

from typing import Any

import pytest

from palaestra.browser import keyboard
from palaestra.browser.devtools import Call
from palaestra.errors import InvalidAction


class Keys:
    """Stands for a tab where only what is sent to it matters."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send(self, method: str, told: dict[str, Any]) -> Call:
        self.sent.append({"method": method, **told})
        return Call(method, "")

    def results(self, *calls: Call) -> list[Any]:
        return list(calls)


def pressed(chord: str) -> list[tuple[str, str, int, str]]:
    keys = Keys()
    keyboard.press(keys, chord)  # type: ignore[arg-type]
    return [(k["type"], k["key"], k["modifiers"], k.get("text", "")) for k in keys.sent]


@pytest.mark.parametrize("name", ["Enter", "enter", "Return"])
def test_a_key_goes_down_and_up(name: str):
    assert pressed(name) == [("keyDown", "Enter", 0, "\r"), ("keyUp", "Enter", 0, "")]


def test_a_chord_holds_its_keys():
    assert pressed("ctrl+Shift+k") == [
        ("rawKeyDown", "Control", 2, ""),
        ("rawKeyDown", "Shift", 10, ""),
        ("rawKeyDown", "k", 10, ""),
        ("keyUp", "k", 10, ""),
        ("keyUp", "Shift", 2, ""),
        ("keyUp", "Control", 0, ""),
    ]


@pytest.mark.parametrize(("chord", "key"), [("+", "+"), ("Alt++", "+"), (" ", " "), ("F5", "F5")])
def test_odd_keys(chord: str, key: str):
    assert key in [one[1] for one in pressed(chord)]


@pytest.mark.parametrize("chord", ["", "Hyper", "a+b", "Enter+a", "Control+", "\t", "\n"])
def test_what_is_no_key_is_told(chord: str):
    with pytest.raises(InvalidAction, match="There is no key"):
        pressed(chord)


def test_the_last_character_is_a_key():
    keys = Keys()
    keyboard.type_text(keys, "Hi!")  # type: ignore[arg-type]
    assert [(k["method"], k.get("type"), k.get("text")) for k in keys.sent] == [
        ("Input.insertText", None, "Hi"),
        ("Input.dispatchKeyEvent", "keyDown", "!"),
        ("Input.dispatchKeyEvent", "keyUp", None),
    ]
