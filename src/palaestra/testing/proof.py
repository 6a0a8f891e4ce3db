"""Proof that the page does not drift: an application is worked in Chromium, in many guises.

Each play is a task's oracle with random actions after it, in a skin and with troubles of its own,
by mouse or by keyboard alone. The skins are drawn so that a few of them have every variant between
them. What is compared is said in `parity.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, NamedTuple

from palaestra import gyms
from palaestra.gyms.drawing import draw
from palaestra.kit.disturbance import EXAM_DISTURBANCES
from palaestra.kit.fit import FITS, KEYS
from palaestra.kit.session import Session
from palaestra.kit.skin import Skin
from palaestra.tasks.splits import DISTURBED, PRACTICE
from palaestra.testing.parity import parity, possible
from palaestra.testing.report import Check
from palaestra.testing.wanderer import Wanderer
from palaestra.types import OPS, Action, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "the page is the same in Chromium"
POOL = 300
"""Skins of practice, and of exams, that those with every variant are chosen from."""
MOST = 25
"""Actions of one play."""
PRESSED = 0.08
"""Share of the random actions that press a key."""
IN_THE_BAR = frozenset(OPS[OPS.index("answer") :])


class Play(NamedTuple):
    """Something to do in Chromium and in a Session.

    Attributes:
        start: Where it begins.
        actions: What is done; all of it can be.
        mouse: Whether clicks are the mouse's.
    """

    start: Start
    actions: list[Action]
    mouse: bool


def various(rng: random.Random) -> list[int]:
    """Returns seeds of a few skins, half of them for exams, that have every variant between them.

    A variant is a value of one of a skin's attributes; the seed and the order are none.
    """
    pool = [split.skin(rng) or 1 for split in (PRACTICE, DISTURBED) for _ in range(POOL)]
    has = {seed: _variants(Skin.of_seed(seed)) for seed in pool}
    missing, chosen = frozenset[tuple[int, object]]().union(*has.values()), list[int]()
    while missing:
        chosen.append(max(has, key=lambda seed: len(has[seed] & missing)))
        missing -= has[chosen[-1]]
    return chosen


def plays(gym: str, seed: int) -> Iterator[Play]:
    """Yields plays in an application, endlessly; the first have every variant between them.

    Args:
        gym: Its name; of a family, one of its applications.
        seed: Decides everything.
    """
    rng = random.Random(f"proof/{gym}/{seed}")
    number = 0
    while True:
        for skin in various(rng):
            yield play(gym, skin, rng, troubled=number % 2 == 1, mouse=number % 4 < 2)
            number += 1


def play(gym: str, skin: int, rng: random.Random, *, troubled: bool, mouse: bool) -> Play:
    """Draws a play.

    Args:
        gym: Where.
        skin: Seed of its look.
        rng: Decides all else.
        troubled: Whether something goes wrong on the way.
        mouse: Whether clicks are the mouse's.
    """
    fixed = {"skin": skin, "disturbance": rng.randrange(1, EXAM_DISTURBANCES) if troubled else 0}
    (task,) = draw(gym, DISTURBED if troubled else PRACTICE, rng.getrandbits(30), 1, fixed)
    oracle = [action for action in task.oracle if action.op not in IN_THE_BAR]
    return Play(task.start, played(task.start, oracle[:MOST], rng.getrandbits(30)), mouse)


def played(start: Start, first: list[Action], seed: int) -> list[Action]:
    """Returns what can be done in a browser: the first actions, and random ones after them."""
    session = Session.at(gyms.find(start.app), start)
    wanderer, rng = Wanderer(seed), random.Random(f"presses/{seed}")
    actions: list[Action] = []
    upcoming = iter(first)
    while len(actions) < MOST:
        action = next(upcoming, None) or _random(session, wanderer, rng)
        if possible(session, action):
            session.dispatch(action)
            actions.append(action)
    return actions


def prove(
    gym: str, n: int, seed: int, browser: Browser, progress: Callable[[], None] = lambda: None
) -> Check:
    """Compares an application in Chromium with a Session.

    Args:
        gym: Its name; of a family, one of its applications.
        n: How many actions, at least.
        seed: Decides which.
        browser: A Chromium.
        progress: Told after each action that was compared.
    """
    app, done, skins = gyms.find(gym), 0, set[int]()
    for play in plays(gym, seed):
        by = f"{play.start}, by {'mouse' if play.mouse else 'keyboard'}"
        try:
            compared, differences = parity(
                app, play.start, play.actions, browser, mouse=play.mouse, progress=progress
            )
        except Exception as bug:
            return Check(NAME, False, f"{by}: {type(bug).__name__}: {bug}")
        done += compared
        if differences:
            return Check(NAME, False, f"{by}: {'; '.join(differences[:4])}")
        skins.add(play.start.skin)
        if done >= n:
            break
    return Check(NAME, True, f"compared after {done:,} actions in {len(skins)} skins")


def _variants(skin: Skin) -> frozenset[tuple[int, object]]:
    plain = replace(skin, seed=0, shuffle=int(skin.shuffle > 0))
    return frozenset(enumerate(astuple(plain)))


def _random(session: Session, wanderer: Wanderer, rng: random.Random) -> Action:
    pressed = [ref for ref, node in session.targets().items() if node.role in FITS["press"]]
    if pressed and rng.random() < PRESSED:
        return Action("press", rng.choice(pressed), rng.choice(KEYS))
    return wanderer.action(session)
