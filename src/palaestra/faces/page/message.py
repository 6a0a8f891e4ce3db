"""What the browser says: read, and believed only as far as it makes sense.

A message is a JSON object with a running number (so that one sent twice is done once), what was
done, to which element, and a text. Whether it fits the screen is for the Session to say.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from palaestra.types import Action

ACTIONS = ("click", "fill", "select", "check", "press", "scroll", "back", "answer", "done")
BAR = ("again", "next")
"""What only the bar of the page can ask for: the same start again, and the next task."""


class Malformed(Exception):
    """The message is not one that our page sends; the text says what is wrong with it.

    Attributes:
        number: The message's number if that much could be read, else 0.
    """

    def __init__(self, text: str, number: int = 0) -> None:
        super().__init__(text)
        self.number = number


class Message(NamedTuple):
    """Something that was done in the browser.

    Attributes:
        number: Running number, from 1.
        action: What was done in the application; None for what only the bar knows.
        asked: One of `BAR`, or "".
    """

    number: int
    action: Action | None
    asked: str = ""


def read(text: str) -> Message:
    """Reads a message.

    Raises:
        Malformed: If it is none.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("This message is not JSON") from wrong
    if not isinstance(data, dict):
        raise Malformed("A message is an object")
    number = data.get("n")
    if type(number) is not int or not 0 < number < 1 << 53:
        raise Malformed("A message has a number n, from 1")
    unknown = sorted(data.keys() - {"n", "op", "ref", "text"})
    if unknown:
        raise Malformed(f"A message has no {unknown[0][:40]!r}", number)
    op, ref, said = (data.get(key, "") for key in ("op", "ref", "text"))
    if not all(isinstance(value, str) and _is_text(value) for value in (op, ref, said)):
        raise Malformed("op, ref and text are texts", number)
    if op in BAR:
        return Message(number, None, op)
    if op not in ACTIONS:
        raise Malformed(f"There is no operation {op[:40]!r} on a page", number)
    return Message(number, Action(op, ref, said))


def _is_text(value: str) -> bool:
    """Says whether a string can be written at all: JSON may hold halves of a character."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
