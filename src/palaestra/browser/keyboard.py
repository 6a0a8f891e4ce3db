"""Keys: their names as people and pages say them, chords, and text that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palaestra.browser.devtools import Call, Told
from palaestra.errors import InvalidAction

if TYPE_CHECKING:
    from palaestra.browser.tab import Tab

NAMED = {
    "Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), "Backspace": (8, ""),
    "Delete": (46, ""), "Insert": (45, ""), "Space": (32, " "), "ArrowLeft": (37, ""),
    "ArrowUp": (38, ""), "ArrowRight": (39, ""), "ArrowDown": (40, ""), "Home": (36, ""),
    "End": (35, ""), "PageUp": (33, ""), "PageDown": (34, ""),
    **{f"F{n}": (111 + n, "") for n in range(1, 13)},
}  # fmt: skip
"""Windows' number of each key that has a name, and the text it types."""
ALSO = {
    "return": "Enter", "esc": "Escape", "del": "Delete", "up": "ArrowUp", "down": "ArrowDown",
    "left": "ArrowLeft", "right": "ArrowRight", " ": "Space", "ctrl": "Control",
    "cmd": "Meta", "command": "Meta", "option": "Alt", "pgup": "PageUp", "pgdn": "PageDown",
}  # fmt: skip
HELD = {"Alt": (1, 18), "Control": (2, 17), "Meta": (4, 91), "Shift": (8, 16)}
"""The bit that a held key sets, and its number."""
EDITS = {
    ("Control", "a"): "selectAll", ("Control", "c"): "copy", ("Control", "v"): "paste",
    ("Control", "x"): "cut", ("Control", "z"): "undo", ("Control", "y"): "redo",
}  # fmt: skip
"""Chords that edit; Chromium does not do them of the keys alone where it has no window."""


def press(tab: Tab, chord: str) -> None:
    """Presses a key or a chord: "Enter", "ArrowDown", "a", "Control+Shift+K".

    Raises:
        InvalidAction: If there is no such key.
        DialogOpened: If a native dialog opened on it.
    """
    *held, key = _parts(chord)
    bits, calls = 0, []
    for name in held:
        bit, number = HELD[name]
        bits |= bit
        calls.append(_send(tab, "rawKeyDown", name, number, bits))
    command = EDITS.get((held[0], key.lower()), "") if len(held) == 1 else ""
    calls += _stroke(tab, key, bits, command)
    for name in reversed(held):
        bit, number = HELD[name]
        bits &= ~bit
        calls.append(_send(tab, "keyUp", name, number, bits))
    tab.results(*calls)


def type_text(tab: Tab, text: str, *, each: bool = False) -> None:
    """Types text where the caret is.

    All but the last character comes at once; the last with its key going down and up, for pages
    that look at a box when a key does.

    Args:
        tab: The page.
        text: What to type; a line feed is the key Enter.
        each: Whether every character is a key of its own.
    """
    calls: list[Call] = []
    at_once = 0 if each else max(len(text) - 1, 0)
    if at_once:
        calls.append(tab.send("Input.insertText", {"text": text[:at_once]}))
    for character in text[at_once:]:
        if character == "\n":
            calls += _stroke(tab, "Enter", 0)
        elif character.isascii() and character.isprintable():
            calls += _stroke(tab, character, HELD["Shift"][0] if character.isupper() else 0)
        else:
            calls.append(tab.send("Input.insertText", {"text": character}))
    tab.results(*calls)


def _parts(chord: str) -> list[str]:
    chord = chord if chord == " " else chord.strip()
    names = [*chord[:-2].split("+"), "+"] if chord.endswith("++") else chord.split("+")
    parts = [ALSO.get(n.lower(), n) for n in (names if chord != "+" else ["+"])]
    known = {name.lower(): name for name in (*NAMED, *HELD)}
    parts = [part if len(part) == 1 else known.get(part.lower(), "") for part in parts]
    *held, key = parts
    if not key or any(name not in HELD for name in held) or not key.isprintable():
        raise InvalidAction(f"There is no key {chord[:40]!r}; keys are like Enter or Control+A")
    return parts


def _stroke(tab: Tab, key: str, bits: int, command: str = "") -> list[Call]:
    if key in HELD:
        number = HELD[key][1]
        return [_send(tab, "rawKeyDown", key, number, bits), _send(tab, "keyUp", key, number, bits)]
    if key in NAMED:
        number, text = NAMED[key]
        key = " " if key == "Space" else key
    else:
        number, text = ord(key.upper()) if key.isalnum() and key.isascii() else 0, key
    if bits & ~HELD["Shift"][0]:
        text = ""
    down = "keyDown" if text else "rawKeyDown"
    return [
        _send(tab, down, key, number, bits, text, command),
        _send(tab, "keyUp", key, number, bits),
    ]


def _send(
    tab: Tab, kind: str, key: str, number: int, bits: int, text: str = "", command: str = ""
) -> Call:
    code = key
    if len(key) == 1:
        code = "Space" if key == " " else f"Digit{key}" if key.isdigit() else ""
        code = f"Key{key.upper()}" if key.isalpha() and key.isascii() else code
    elif key in HELD:
        code = f"{key}Left"
    told: Told = {
        "type": kind, "key": key, "code": code, "modifiers": bits, "windowsVirtualKeyCode": number,
        "nativeVirtualKeyCode": number,
    }  # fmt: skip
    if text:
        told |= {"text": text, "unmodifiedText": text}
    if command:
        told["commands"] = [command]
    return tab.send("Input.dispatchKeyEvent", told)
