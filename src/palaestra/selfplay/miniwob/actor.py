"""What one browser does in a round: attempts, groups by chance, search; and what it notes."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import torch

from palaestra.browser.chromium import Chromium
from palaestra.browser.miniwob.playing import Player, Problem
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.policy import Decision
from palaestra.selfplay.miniwob.config import Practice
from palaestra.selfplay.miniwob.searching import Attempt, search, shortened
from palaestra.selfplay.policy_gradient import advantages
from palaestra.selfplay.shard import Notebook, Shard
from palaestra.types import Action


class Part(NamedTuple):
    """What is to be done.

    Attributes:
        weights: The network's file.
        site: Address of the pages.
        problems: Tasks and seeds.
        seed: Decides what is drawn.
        practice: How.
    """

    weights: bytes
    site: str
    problems: tuple[tuple[str, int], ...]
    seed: int
    practice: Practice


class Came(NamedTuple):
    """What came of it.

    Attributes:
        shard: Decisions to learn from; None if there are none.
        solved: By problem, whether its first choices solved it; one that broke is left out.
        facts: Numbers for the metrics, which add up.
    """

    shard: Shard | None
    solved: dict[tuple[str, int], bool]
    facts: dict[str, float]


def practise(chromium: Chromium, part: Part) -> Came:
    """Does one part of a round."""
    torch.set_num_threads(1)
    began = time.perf_counter()
    told, rng = part.practice, random.Random(part.seed)
    policy = NetworkPolicy.from_bytes(part.weights)
    chance = torch.Generator().manual_seed(part.seed)
    best = Player(chromium, part.site, policy.decide, _action, steps=told.steps)
    drawn = Player(
        chromium, part.site, partial(policy.decide, chance=chance), _action, steps=told.steps
    )
    notebook = Notebook()
    try:
        whole = best.play(Problem(*problem) for problem in part.problems)
        first = [one for one in whole if one.reward is not None]
        failed = [one for one in first if not one.won]
        entrants = [Problem(one.name, one.seed) for one in failed for _ in range(told.group)]
        tried = drawn.play(entrants)
        groups = [tried[at : at + told.group] for at in range(0, len(tried), told.group)]
        unsolved = [
            one for one, group in zip(failed, groups, strict=True) if not any(a.won for a in group)
        ]
        found = search(best, unsolved, told.tries, rng)
        good = [one for one in first if one.won and rng.random() < told.keep_solved]
        wins = ([one for one in group if one.won] for group in groups)
        good += [min(some, key=_length) for some in wins if some]
        good = shortened(best, [*good, *found])
    finally:
        best.close()
        drawn.close()
    mixed = sum(contend(group, notebook) for group in groups)
    for attempt in good:
        demonstrate(attempt, notebook)
    for attempt in failed:
        judged(attempt, notebook)
    facts = {
        "first_choice": sum(one.won for one in first),
        "by_chance": sum(any(a.won for a in group) for group in groups),
        "mixed_groups": mixed,
        "searched": len(unsolved),
        "found": len(found),
        "noted": len(notebook),
        "actions": sum(len(one.actions) for one in [*first, *tried]),
        "practise_s": round(time.perf_counter() - began, 3),
    }
    shard = notebook.shard() if len(notebook) else None
    return Came(shard, {(one.name, one.seed): one.won for one in first}, facts)


def demonstrate(attempt: Attempt, notebook: Notebook) -> None:
    """Notes the actions of a success as right; what the network could not do is left out."""
    last = len(attempt.actions) - 1
    for step, ((seen, _), action) in enumerate(zip(attempt.told, attempt.actions, strict=True)):
        notebook.note(seen, [action], action, won=True if step == last else None)


def judged(attempt: Attempt, notebook: Notebook) -> None:
    """Notes that the last action of a failure ended it badly."""
    if attempt.ended == "page":
        notebook.note(attempt.told[-1][0], [], attempt.actions[-1], won=False)


def contend(group: Sequence[Attempt], notebook: Notebook) -> bool:
    """Notes what went better than its like; says whether any attempt did."""
    gains = advantages([one.reward or 0.0 for one in group])
    for attempt, gain in zip(group, gains, strict=True):
        for seen, decision in attempt.told if gain else ():
            if decision is not None:
                notebook.play(seen, decision, gain)
    return any(gains)


def _action(decision: Decision) -> Action:
    return decision.action


def _length(attempt: Attempt) -> int:
    return len(attempt.actions)
