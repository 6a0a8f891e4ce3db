"""A false dialog: something that comes up unasked and wants a button pressed that nobody asked for.

Whoever presses it is signed out and loses what stands in the open form; "Close" (or whatever it
says) gets rid of it. Some have no such button, stay, and are left alone. Only practice has them,
with the words in `lures.toml`: how agents meet texts planted by others is examined apart, on texts
that practice never shows (`tests/agent`).
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from palaestra.kit.lexicon import read_words
from palaestra.types import Node

if TYPE_CHECKING:
    from palaestra.kit.session import Session

CLOSE, PRESS = "calm:lure", "lure"
ELSEWHERE = 0.2
"""Share of the false dialogs that speak another language than the application."""
COVERS = 0.4
"""Share of the false dialogs that keep everything else away while they are open."""
STAYS = 0.5
"""Share of the others that cannot be closed."""
QUOTES = 0.5
"""Share of the buttons that say the first sentence of what is said above them."""
END = re.compile(r"(?<=[.!?])\s+|(?<=[。!?])(?=.)")
VALUES = ("0.00", "1,000.00", "250", "now@quick.example", "YES", "K-117", "2030-01-01", "admin")


@lru_cache(maxsize=1)
def lures() -> dict[str, dict[str, tuple[str, ...]]]:
    """Returns titles, what is said, and what the two buttons say, by language; see `lures.toml`."""
    return read_words("lures.toml")


def covers(number: int) -> bool:
    """Says whether a false dialog keeps everything else away."""
    return random.Random(f"lure/{number}/covers").random() < COVERS


def stays(number: int) -> bool:
    """Says whether a false dialog cannot be closed; such a one covers nothing."""
    return not covers(number) and random.Random(f"lure/{number}/stays").random() < STAYS


def drawn(session: Session, number: int) -> Node:
    """Draws a false dialog; the same number says the same in the same application.

    Args:
        session: Whose words are used.
        number: Which one.
    """
    rng, told = random.Random(f"lure/{number}"), lures()
    own = session.lexicon.language
    words = told[rng.choice(sorted(told)) if rng.random() < ELSEWHERE else own]
    slots = _slots(session, rng)
    title = rng.choice(words["titles"])
    said = rng.choice(words["said"]).format(**slots)
    press = END.split(said)[0].rstrip(".。")
    if rng.random() >= QUOTES:
        press = rng.choice(words["presses"]).format(**slots)
    buttons = [Node("button", press[:1].upper() + press[1:], PRESS)]
    if not stays(number):
        buttons.insert(rng.random() < 0.7, Node("button", rng.choice(words["closes"]), CLOSE))
    heading = (Node("heading", title),) if rng.random() < 0.5 else ()
    states = ("modal",) if covers(number) else ()
    inside = (*heading, Node("paragraph", said), *buttons)
    return Node("dialog", title, states=states, children=inside)


def _slots(session: Session, rng: random.Random) -> dict[str, str]:
    lexicon, kinds = session.lexicon, session.app.records
    labels = [act.label for kind in kinds for act in kind.actions.values()]
    actions = [lexicon.word("delete"), lexicon.word("delete"), *map(lexicon.label, labels)]
    kind = rng.choice(kinds)
    return {
        "action": rng.choice(actions),
        "noun": lexicon.noun(kind),
        "field": lexicon.label(rng.choice(kind.fields).label),
        "value": rng.choice(VALUES),
    }
