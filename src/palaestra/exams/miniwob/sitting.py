"""Holds an exam on MiniWoB++: who, which tasks, how many seeds; in several browsers at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from palaestra.browser.chromium import Chromium
from palaestra.browser.crew import Crew
from palaestra.browser.miniwob.catalogue import exam_seeds
from palaestra.browser.miniwob.playing import Player, Problem
from palaestra.browser.miniwob.site import serving
from palaestra.exams.miniwob.record import Attempted, Record, Sitter
from palaestra.exams.provenance import commit
from palaestra.policies import finder
from palaestra.policies.policy import Policy
from palaestra.policies.random_play import RandomPlay

CLICKER = "random clicker"
"""Draws among what can be used and types words of the goal: any policy is measured against it."""
CHUNK = 25
"""Problems that are done between two times of writing down."""


class Job(NamedTuple):
    """Some problems of one task, for one policy."""

    sitter: Sitter
    site: str
    task: str
    seeds: tuple[int, ...]


def sitters(policies: Sequence[str], steps: int) -> list[Sitter]:
    """Returns who sits an exam under which conditions.

    Args:
        policies: What people type, or `CLICKER`.
        steps: Actions that an attempt may take.

    Raises:
        UsageError: If there is no such policy.
    """
    code = commit()
    found = []
    for name in policies:
        source = "random" if name == CLICKER else name
        finder.find(source)
        found.append(Sitter(name, finder.fingerprint(source), steps, code))
    return found


def sit(
    sitting: Sequence[Sitter],
    tasks: Sequence[str],
    n: int,
    record: Record,
    workers: int,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Attempted]:
    """Has everybody attempt every problem, but for what the record has of them already.

    Args:
        sitting: Who attempts.
        tasks: Names of the tasks.
        n: Seeds for each task.
        record: Where attempts are kept.
        workers: How many browsers there are at a time.
        progress: Told how many more attempts are done.

    Raises:
        PageLost: If browsers are lost again and again.
        UsageError: If there is no Chromium, or no MiniWoB++.
    """
    seeds = exam_seeds(n)
    wanted = set(product(sitting, tasks, seeds))
    done = {(one.sitter, one.task, one.seed): one for one in record.read()}
    done = {key: one for key, one in done.items() if key in wanted}
    progress(len(done))
    with serving() as site, Crew(workers) as crew:
        jobs = []
        for sitter, task in product(sitting, tasks):
            left = [seed for seed in seeds if (sitter, task, seed) not in done]
            parts = (tuple(left[at : at + CHUNK]) for at in range(0, len(left), CHUNK))
            jobs += [Job(sitter, site, task, part) for part in parts]
        for _, attempts in crew.do(attempt, jobs):
            record.add(attempts)
            done |= {(one.sitter, one.task, one.seed): one for one in attempts}
            progress(len(attempts))
    return [done[key] for key in product(sitting, tasks, seeds)]


def attempt(chromium: Chromium, job: Job) -> list[Attempted]:
    """Attempts some problems."""
    policy = _policy(job.sitter.policy)
    player = Player(chromium, job.site, policy.act, lambda action: action, steps=job.sitter.steps)
    try:
        played = player.play(Problem(job.task, seed) for seed in job.seeds)
    finally:
        player.close()
    return [
        Attempted(
            job.sitter,
            job.task,
            one.seed,
            None if one.reward is None else one.won,
            one.ended,
            one.goal,
            one.actions,
        )
        for one in played
    ]


@cache
def _policy(name: str) -> Policy:
    return RandomPlay(silent=True) if name == CLICKER else finder.find(name)
