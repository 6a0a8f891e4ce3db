"""One round of practice: goals are proposed, attempted, and a teacher says what was right.

The solver's failures are what is learnt from: every state it visited on the way, and the proposer's
demonstration besides. Of goals it already solves only some demonstrations are kept, so that what
is practised is what is not yet known (and nothing is forgotten).
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import torch

from palaestra.errors import GymError
from palaestra.gyms import find
from palaestra.gyms.drawing import failing
from palaestra.policies.network import NetworkPolicy
from palaestra.selfplay.playing import goes_on, play
from palaestra.selfplay.policy_gradient import advantages, reward
from palaestra.selfplay.proposals import Outcome, Try, propose, told
from palaestra.selfplay.proposer import Path
from palaestra.selfplay.shard import Notebook, Shard
from palaestra.selfplay.teacher import Teacher
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import PRACTICE, Split
from palaestra.tasks.task import Task
from palaestra.types import Action, Node, Observation

SIDE_BY_SIDE = 64
MOST_CORRECTIONS = 8
GROUP = 4
"""Attempts at a goal for the policy gradient."""
MOST_SHOWN = 28
"""States of a demonstration that are noted, about."""
MIDWAY = 0.2
"""Share of the demonstrations that begin on the way, at a page that nobody remembers coming to."""


class Assignment(NamedTuple):
    """What an actor has to do in a round.

    Attributes:
        seed: Decides the goals.
        goals: Gym and number of goals.
        keep_solved: Share of solved goals whose demonstration is kept.
        attempt: Whether the solver attempts the goals at all.
        worths: What each topic is worth, as the proposer sees it; None if all are alike.
        search: Whether it is searched for what would have been right where the solver failed.
        groups: Goals that are attempted several times for the policy gradient.
        split: What the goals may be made of.
    """

    seed: int
    goals: tuple[tuple[str, int], ...]
    keep_solved: float
    attempt: bool
    worths: Mapping[Path, float] | None = None
    search: bool = True
    groups: int = 0
    split: Split = PRACTICE


class Round(NamedTuple):
    """What came of a round.

    Attributes:
        shard: Decisions to learn from; None if there are none.
        tries: What was proposed, and what became of it.
        facts: Numbers for the metrics, which add up.
        failures: Some failed goals with what was done, for the report.
    """

    shard: Shard | None
    tries: list[Try]
    facts: dict[str, float]
    failures: list[dict[str, Any]]


def practise(assignment: Assignment, solver: NetworkPolicy) -> Round:
    """Plays one round."""
    began = time.perf_counter()
    rng = random.Random(assignment.seed)
    notebook = Notebook()
    tasks, tries = propose(assignment.goals, assignment.seed, assignment.worths, assignment.split)
    proposed = time.perf_counter()
    outcomes: list[Outcome] = []
    failures: list[dict[str, Any]] = []
    for begin in range(0, len(tasks), SIDE_BY_SIDE):
        group = tasks[begin : begin + SIDE_BY_SIDE]
        attempts = _attempt(group, solver) if assignment.attempt else [None] * len(group)
        for task, attempt in zip(group, attempts, strict=True):
            outcome = _learnt(task, attempt, assignment, notebook, rng)
            outcomes.append(outcome)
            if attempt and outcome.solved is False and len(failures) < 5:
                did = [list(a) for a in attempt.episode.actions]
                failures.append({"task": task.to_json(), "actions": did})
    mixed = 0
    if assignment.attempt and assignment.groups:
        failed = [task for task, one in zip(tasks, outcomes, strict=True) if one.solved is False]
        mixed = contend(failed[: assignment.groups], solver, assignment.seed, notebook)
    facts = {
        "mixed_groups": mixed,
        "propose_s": round(proposed - began, 3),
        "practise_s": round(time.perf_counter() - proposed, 3),
        "noted": len(notebook),
    }
    shard = notebook.shard() if len(notebook) else None
    return Round(shard, told(tries, outcomes), facts, failures)


def _learnt(
    task: Task,
    attempt: Attempt | None,
    assignment: Assignment,
    notebook: Notebook,
    rng: random.Random,
) -> Outcome:
    """Notes what is to be learnt from a goal; where the gym fails there is nothing to be scored."""
    try:
        if attempt and attempt.bug:
            raise attempt.bug
        teacher = Teacher(Episode(task, find(task.start.app)))
        won = attempt.episode.verdict().success if attempt else None
        if attempt:
            judged(attempt.visited[-1], attempt.episode, notebook)
            if not won and assignment.search:
                correct(attempt.visited, attempt.episode.actions, teacher, notebook)
        if not won or rng.random() < assignment.keep_solved:
            demonstrate(task, teacher, notebook, rng)
        return Outcome(won)
    except GymError as bug:
        return Outcome(None, failing(task.start, str(bug)))


def demonstrate(task: Task, teacher: Teacher, notebook: Notebook, rng: random.Random) -> None:
    """Notes the right actions along one right way; forms are filled in any order.

    At work an agent is put before whatever page is open. So some demonstrations begin on the way
    to what is changed first, and what was done before is forgotten. Of a long way some states are
    left out, or workflows would be half of what is learnt.
    """
    shown, won = _shown(task, teacher, rng, search=False)
    if not won:
        shown, _ = _shown(task, teacher, rng, search=True)
    share = MOST_SHOWN / max(MOST_SHOWN, len(shown))
    for one in shown:
        if rng.random() < share and not notebook.note(
            one.seen, one.right, one.action, changed=one.changed, now=one.now
        ):
            return


class Shown(NamedTuple):
    """One state of a demonstration.

    Attributes:
        seen: What is seen there.
        right: What is right there.
        action: Which of it was done.
        changed: Whether that changed a record.
        now: What of the goal was being worked on.
    """

    seen: Observation
    right: list[Action]
    action: Action
    changed: bool
    now: tuple[int, int] | None


def _shown(
    task: Task, teacher: Teacher, rng: random.Random, *, search: bool
) -> tuple[list[Shown], bool]:
    """Goes one right way; returns what is to be shown of it, and whether it led to success.

    Args:
        task: What is to be done.
        teacher: Knows what is right.
        rng: Chooses among what is right, and from where it is shown.
        search: Whether it is searched at every state, or the way is gone on with.
    """
    episode = Episode(task, find(task.start.app))
    midway = rng.random() < MIDWAY
    forgotten, shown = 0, list[Shown]()
    right = teacher.right(episode)
    while right:
        seen, now = episode.observe(), teacher.now
        action, commands = rng.choice(right), len(episode.session.commands)
        episode.step(action)
        changed = len(episode.session.commands) > commands
        if midway and not (commands or changed or episode.ended) and rng.random() < 0.5:
            forgotten = len(episode.past)
        else:
            midway = False
            seen = seen._replace(past=seen.past[forgotten:])
            shown.append(Shown(seen, right, action, changed, now))
        if episode.ended:
            return shown, episode.verdict().success
        right = teacher.right(episode) if search else teacher.onward(episode, action)
    return shown, False


def judged(before: Episode, ended: Episode, notebook: Notebook) -> None:
    """Notes whether the episode went well that an action has just ended."""
    if ended.ended in ("done", "answer"):
        last, won = ended.actions[-1], ended.verdict().success
        notebook.note(before.observe(), [last] if won else [], last, won=won)


def correct(
    visited: list[Episode], actions: Sequence[Action], teacher: Teacher, notebook: Notebook
) -> None:
    """Notes what would have been right at the states that a solver visited in vain.

    Where it did what is right nothing is noted, for the demonstration shows that as well. A solver
    that goes in circles sees the same screens again; each is noted once, and no more than
    `MOST_CORRECTIONS`, so that no single failure outweighs the rest.

    Args:
        visited: The episode before every action.
        actions: What the solver did there.
        teacher: Knows what is right.
        notebook: Where that is noted.
    """
    seen: set[Node] = set()
    was_right: Action | None = None
    for episode, action in zip(visited, actions, strict=False):
        screen = episode.session.screen()
        if screen in seen or len(seen) == MOST_CORRECTIONS:
            was_right = None
            continue
        right = teacher.onward(episode, was_right) if was_right else teacher.right(episode)
        if not right:
            return
        was_right = action if action in right else None
        if not was_right:
            seen.add(screen)
            notebook.note(episode.observe(), right, now=teacher.now)


def contend(tasks: list[Task], solver: NetworkPolicy, seed: int, notebook: Notebook) -> int:
    """Attempts each goal several times by chance, and notes what went better than its like.

    Returns:
        How many goals were solved in some attempts and not in others.
    """
    entrants = [task for task in tasks for _ in range(GROUP)]
    played = play(solver, entrants, torch.Generator().manual_seed(seed))
    mixed = 0
    for begin in range(0, len(entrants), GROUP):
        group = [one for one in played[begin : begin + GROUP] if one]
        if len(group) < GROUP:
            continue
        gains = advantages([reward(episode.verdict()) for episode, _ in group])
        mixed += any(gains)
        for (_, decided), gain in zip(group, gains, strict=True):
            for observation, decision in decided if gain else ():
                notebook.play(observation, decision, gain)
    return mixed


class Attempt(NamedTuple):
    """How the solver went about a goal.

    Attributes:
        episode: As it was left.
        visited: Forks of it before every action.
        bug: What failed in the gym; None if nothing did.
    """

    episode: Episode
    visited: list[Episode]
    bug: GymError | None


def _attempt(tasks: list[Task], solver: NetworkPolicy) -> list[Attempt]:
    """Attempts tasks side by side.

    An episode that does on a screen what it did there before, and has changed nothing since, goes
    in circles and is broken off; unless what it did was lost through no fault of its own.
    """
    episodes = [Episode(task, find(task.start.app)) for task in tasks]
    visited: list[list[Episode]] = [[] for _ in tasks]
    done: list[set[tuple[Node, Action, int, bool, bool]]] = [set() for _ in tasks]
    bugs: list[GymError | None] = [None] * len(tasks)
    live = list(range(len(tasks)))
    while live:
        seen = [episodes[i].observe() for i in live]
        actions = solver.act(seen)
        going = []
        for i, observation, action in zip(live, seen, actions, strict=True):
            visited[i].append(episodes[i].fork())
            session = episodes[i].session
            lost = session.happened.was_reset, session.happened.was_stale
            deed = observation.screen, action, len(session.commands), *lost
            if deed in done[i]:
                continue
            done[i].add(deed)
            try:
                if goes_on(episodes[i], action):
                    going.append(i)
            except GymError as bug:
                bugs[i] = bug
        live = going
    return [Attempt(*one) for one in zip(episodes, visited, bugs, strict=True)]
