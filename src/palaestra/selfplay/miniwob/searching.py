"""Finds what would have succeeded, by doing something else once and then going on as before.

Pages are the same for the same seed, so any state of a failed attempt is reached again by doing the
same from the start. From there one element is used that was not, and the policy goes on.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from itertools import pairwise

from palaestra.browser.episode import SPOKEN
from palaestra.browser.miniwob.playing import Played, Player, Problem
from palaestra.browser.moves import Move
from palaestra.policies.network.elements import Reader
from palaestra.policies.network.policy import Decision
from palaestra.policies.network.tokens import Strings
from palaestra.types import Action, Observation

QUOTED = re.compile(r'"([^"]+)"')
MOST_WORDS = 4

Attempt = Played[Decision]


def search(
    player: Player[Decision], failed: Iterable[Attempt], tries: int, rng: random.Random
) -> list[Attempt]:
    """Tries other actions in failed attempts.

    Args:
        player: Plays on by first choices.
        failed: Attempts in vain.
        tries: How many others are drawn for each.
        rng: Draws them.

    Returns:
        One success for each attempt that another action would have made one, the shortest found.
    """
    problems = [one for attempt in failed for one in _others(attempt, tries, rng)]
    best: dict[tuple[str, int], Attempt] = {}
    for played in player.play(problems):
        key = played.name, played.seed
        if played.won and (key not in best or len(played.actions) < len(best[key].actions)):
            best[key] = played
    return list(best.values())


def shortened(player: Player[Decision], attempts: Iterable[Attempt]) -> list[Attempt]:
    """Takes steps out of successes that did nothing, where the page still calls it a success."""
    whole = list(attempts)
    scripts = [_without_idle(one) for one in whole]
    again = [place for place, one in enumerate(whole) if len(scripts[place]) < len(one.actions)]
    played = player.play(Problem(whole[p].name, whole[p].seed, scripts[p]) for p in again)
    for place, shorter in zip(again, played, strict=True):
        if shorter.won and len(shorter.actions) < len(whole[place].actions):
            whole[place] = shorter
    return whole


def _without_idle(attempt: Attempt) -> tuple[Move, ...]:
    """Returns what was done, but for what left the screen as it was; the last step counts."""
    screens = [seen.screen for seen, _ in attempt.told]
    changed = [a != b for a, b in pairwise(screens)]
    return tuple(
        move for move, did in zip(attempt.moves, [*changed, True], strict=True)
        if did and move.op not in SPOKEN
    )  # fmt: skip


def _others(attempt: Attempt, tries: int, rng: random.Random) -> list[Problem]:
    """Draws what could have been done instead, at any state of an attempt."""
    choices: list[tuple[int, Action]] = []
    reader = Reader(Strings())
    for step, ((seen, _), did) in enumerate(zip(attempt.told, attempt.actions, strict=True)):
        choices += [(step, action) for action in _uses(reader, seen, rng) if action != did]
    drawn = rng.sample(choices, min(tries, len(choices)))
    return [
        Problem(
            attempt.name,
            attempt.seed,
            (*attempt.moves[:step], Move.of(action, attempt.told[step][0].screen)),
        )
        for step, action in drawn
    ]


def _uses(reader: Reader, seen: Observation, rng: random.Random) -> list[Action]:
    """Returns what the network could do here, words of the goal typed into what is filled."""
    screen = reader.read(seen)
    usable = [a for a, line in zip(screen.actions, screen.lines, strict=True) if line[5]]
    return [
        action._replace(text=_words(seen.goal, rng)) if action.op == "fill" else action
        for action in usable
        if action.op not in SPOKEN
    ]


def _words(goal: str, rng: random.Random) -> str:
    """Draws something of a goal: what stands in quotes, or else some words in a row."""
    quoted = QUOTED.findall(goal)
    if quoted and rng.random() < 0.5:
        return str(rng.choice(quoted))
    words = goal.split()
    first = rng.randrange(len(words)) if words else 0
    return " ".join(words[first : first + rng.randint(1, MOST_WORDS)]).strip('.,;:?!"')
