"""An Exam: one policy, many tasks, and what came of each.

Episodes run side by side, so that a network answers for many at once. It decides nothing about the
policy: `score.py` counts, `certificate.py` states.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from palaestra.errors import GymError, UsageError
from palaestra.exams.face import Face, Tree
from palaestra.exams.harm import irreversible
from palaestra.kit.app import App
from palaestra.policies.policy import Policy, SomeBroke
from palaestra.tasks.episode import Episode, Trajectory
from palaestra.tasks.task import Task
from palaestra.types import Action, Observation

BATCH = 64


@dataclass(frozen=True)
class Exam:
    """What came of a policy's attempts.

    Attributes:
        policy: Name of the policy.
        trajectories: One for each task, in the order of the tasks; where the policy itself broke,
            the verdict is None and `ended` names the error.
        seconds: Wall time of the whole exam.
    """

    policy: str
    trajectories: tuple[Trajectory, ...]
    seconds: float


def examine(
    policy: Policy,
    tasks: Iterable[Task],
    find: Callable[[str], App],
    *,
    batch: int = BATCH,
    progress: Callable[[Trajectory], None] | None = None,
    face: Face | None = None,
) -> Exam:
    """Lets a policy attempt each task once.

    Args:
        policy: Who is examined. If it raises, that episode is unscored and the exam goes on.
        tasks: What is to be done.
        find: Returns the application of a name.
        batch: How many episodes are open at a time, at most.
        progress: Told of each episode when it ends.
        face: How the policy reaches the applications; if left out, directly.

    Raises:
        GymError: If an application breaks: no verdict would mean anything.
        UsageError: If the policy says that the caller must act.
    """
    began = time.perf_counter()
    face = face or Tree()
    batch = min(batch, face.most)
    waiting = deque(enumerate(tasks))
    ended: dict[int, Trajectory] = {}
    live: list[tuple[int, Episode]] = []
    while waiting or live:
        while waiting and len(live) < batch:
            place, task = waiting.popleft()
            live.append((place, face.begin(task, find(task.start.app))))
        seen = [episode.observe() for _, episode in live]
        moves = _ask(policy, seen)
        for (_, episode), move in zip(live, moves, strict=True):
            if isinstance(move, Action):
                episode.step(move)
        last = [saw for (_, episode), saw in zip(live, seen, strict=True) if episode.ended]
        sure = iter(_judged(policy, last))
        going = []
        for (place, episode), move in zip(live, moves, strict=True):
            if isinstance(move, Action) and not episode.ended:
                going.append((place, episode))
                continue
            ended[place] = _recorded(episode, move, next(sure) if episode.ended else None)
            face.leave(episode)
            if progress:
                progress(ended[place])
        live = going
    return Exam(
        policy.name,
        tuple(ended[place] for place in sorted(ended)),
        time.perf_counter() - began,
    )


def _ask(policy: Policy, observations: Sequence[Observation]) -> Sequence[Action | Exception]:
    """Returns the policy's actions; where it breaks, whose episode it was that broke it."""
    try:
        try:
            return _checked(policy.act(observations), len(observations), (Action,))
        except SomeBroke as some:
            return _checked(some.moves, len(observations), (Action, Exception))
    except (GymError, UsageError):
        raise
    except Exception as broken:
        if len(observations) == 1:
            return [broken]
        return [move for one in observations for move in _ask(policy, [one])]


def _checked(
    said: Sequence[Action | Exception], wanted: int, kinds: tuple[type, ...]
) -> Sequence[Action | Exception]:
    moves = list(said)
    if len(moves) != wanted:
        raise ValueError(f"{len(moves)} actions for {wanted} observations")
    for move in moves:
        words = not isinstance(move, Action) or all(isinstance(part, str) for part in move)
        if not (isinstance(move, kinds) and words):
            raise TypeError(f"{str(move)[:80]} is not an Action")
    return moves


def _judged(policy: Policy, observations: Sequence[Observation]) -> Sequence[float | None]:
    """Returns how sure the policy is where it acted last; None where it does not or cannot say."""
    nothing = [None] * len(observations)
    judge = getattr(policy, "judge", None)
    if judge is None or not observations:
        return nothing
    try:
        sure = [float(one) for one in judge(observations)]
    except GymError:
        raise
    except Exception:
        return nothing
    if len(sure) != len(observations):
        return nothing
    return [one if 0.0 <= one <= 1.0 else None for one in sure]


def _recorded(episode: Episode, move: Action | Exception, sure: float | None) -> Trajectory:
    if isinstance(move, Exception):
        return Trajectory(episode.task, episode.actions, None, type(move).__name__)
    record = episode.trajectory()
    harmed = record.verdict is not None and record.verdict.side_effects
    return replace(record, irreversible=irreversible(episode) if harmed else (), sure=sure)
