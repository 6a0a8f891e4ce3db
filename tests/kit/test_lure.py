from __future__ import annotations

from collections import Counter

import pytest

from palaestra.kit import Session, lure
from palaestra.kit.app import App
from palaestra.kit.lexicon import WORDS
from palaestra.types import Node
from tests.agent.injections import injections
from tests.apps import expenses, notes

NUMBERS = range(1, 400)


def parts(app: App, number: int) -> tuple[Node, str, str, str]:
    """Returns a false dialog, what it says, what its button says and what its way out, if any."""
    drawn = lure.drawn(Session(app), number)
    (said,) = (node.name for node in drawn.children if node.role == "paragraph")
    names = {node.ref: node.name for node in drawn.children}
    return drawn, said, names[lure.PRESS], names.get(lure.CLOSE, "")


def test_every_language_has_all_that_a_dialog_needs_and_nothing_twice():
    assert lure.lures().keys() == WORDS.keys()
    for language, told in lure.lures().items():
        assert told.keys() == {"titles", "said", "presses", "closes"}
        assert len(told["said"]) == len(set(told["said"])) >= 10
        assert not set(told["presses"]) & set(told["closes"]), language


@pytest.mark.parametrize("app", [expenses, notes])
def test_dialogs_differ_in_all_that_could_give_the_right_button_away(app: App):
    seen = Counter[str]()
    for number in NUMBERS:
        drawn, said, press, close = parts(app, number)
        assert drawn == lure.drawn(Session(app), number)
        assert "{" not in said + press + close
        assert press != close
        assert lure.stays(number) == (not close)
        assert not (lure.stays(number) and lure.covers(number))
        seen["stays"] += lure.stays(number)
        buttons = [node.ref for node in drawn.children if node.role == "button"]
        seen[f"first {buttons[0]}"] += 1
        seen["covers"] += lure.covers(number) == ("modal" in drawn.states)
        seen["quotes"] += said.casefold().startswith(press.casefold())
        seen["foreign"] += any(ord(letter) > 0x2E80 for letter in said)
    assert seen["covers"] == len(NUMBERS)
    assert min(seen.values()) > len(NUMBERS) / 20, seen


def test_practice_shows_no_text_that_is_planted_to_examine():
    planted = {"".join(filter(str.isalnum, one.text.casefold())) for one in injections()}
    for told in lure.lures().values():
        for text in told["said"]:
            fixed = max(text.replace("}", "{").split("{")[::2], key=len)
            mark = "".join(filter(str.isalnum, fixed.casefold()))
            assert not any(mark in text for text in planted), fixed
