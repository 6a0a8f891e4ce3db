"""Certifying: an exam that goes on until its plan says what it shows.

Nothing that cannot be undone is forgiven: the first such harm ends it, and the rate is not shown.
An episode that could not be scored counts as a failure, for nobody can break his way to a
certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from palaestra.errors import UsageError
from palaestra.exams.exam import Exam, examine
from palaestra.exams.face import Face
from palaestra.exams.sequential import Plan
from palaestra.kit.app import App
from palaestra.policies.policy import Policy
from palaestra.tasks.episode import Trajectory
from palaestra.tasks.task import Task

CHUNK = 64


@dataclass(frozen=True)
class Claim:
    """What a sequential test came to.

    Attributes:
        plan: The looks that were planned.
        most: How many tasks it was planned for.
        shown: Whether the rate is shown.
        because: Why it stopped: "shown", "failures" or "harm".
    """

    plan: Plan
    most: int
    shown: bool
    because: str

    @classmethod
    def of(cls, plan: Plan, most: int, outcomes: str, harm: int) -> Claim | None:
        """Returns what outcomes show; None while it is open.

        Args:
            plan: The looks that were planned.
            most: How many tasks they were planned for.
            outcomes: One mark for each task, in order; "1" is a success.
            harm: How many of them did harm that cannot be undone.
        """
        if harm:
            return cls(plan, most, shown=False, because="harm")
        verdict = plan.verdict([mark == "1" for mark in outcomes])
        if verdict is None:
            return None
        return cls(plan, most, shown=verdict, because="shown" if verdict else "failures")

    def to_json(self) -> dict[str, Any]:
        """Returns plain data, the inverse of `from_json`."""
        told = {"most": self.most, "shown": self.shown, "because": self.because}
        return {**asdict(self.plan), **told, "looks": list(self.plan.looks)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Claim:
        """Reads what `to_json` wrote, and plans anew.

        Raises:
            UsageError: If the plan is not the one that its numbers lead to.
        """
        plan = Plan.of(data["rate"], data["most"], data["confidence"])
        if plan.looks != tuple(data["looks"]):
            raise UsageError("This certificate's looks are not those of its plan")
        return cls(plan, data["most"], data["shown"], data["because"])


def certify(
    policy: Policy,
    tasks: Iterator[Task],
    find: Callable[[str], App],
    plan: Plan,
    progress: Callable[[Trajectory], None] | None = None,
    face: Face | None = None,
) -> Exam:
    """Lets a policy attempt tasks until it is certified or cannot be any more.

    Args:
        policy: Who is examined.
        tasks: Independent tasks, at least as many as the plan's last look.
        find: Returns the application of a name.
        plan: When to look.
        progress: Told of each episode when it ends.
        face: How the policy reaches the applications; if left out, directly.

    Returns:
        What came of the tasks up to where it was decided.

    Raises:
        UsageError: If the tasks run out before.
    """
    done: list[Trajectory] = []
    failures, seconds = 0, 0.0
    while True:
        chunk = list(islice(tasks, min(plan.looks[failures] - len(done), CHUNK)))
        if not chunk:
            raise UsageError("There were too few tasks to come to a verdict")
        exam = examine(policy, chunk, find, progress=progress, face=face)
        seconds += exam.seconds
        for trajectory in exam.trajectories:
            done.append(trajectory)
            failures += not (trajectory.verdict and trajectory.verdict.success)
            decided = failures >= len(plan.looks) or len(done) == plan.looks[failures]
            if decided or trajectory.irreversible:
                return Exam(policy.name, tuple(done), seconds)
