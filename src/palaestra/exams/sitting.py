"""A Sitting: which tasks an exam is made of, drawn and put before a policy.

The same sitting always has the same tasks, so whoever holds its certificate can hold it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from palaestra import gyms
from palaestra.exams.certificate import Certificate
from palaestra.exams.certifying import certify
from palaestra.exams.exam import Exam, examine
from palaestra.exams.face import TREE, Face
from palaestra.exams.sequential import Plan
from palaestra.exams.trials import trials
from palaestra.gyms.drawing import TASKS_PER_START, draw
from palaestra.policies.policy import Policy
from palaestra.tasks import splits
from palaestra.tasks.episode import Trajectory
from palaestra.tasks.splits import Split
from palaestra.tasks.task import Task


@dataclass(frozen=True)
class Sitting:
    """What is put before a policy.

    Attributes:
        gym: Name of the gym.
        split: What the tasks are made of.
        seed: What they are drawn by.
        n: How many tasks there are, where that is fixed beforehand.
        trials: Attempts at each task.
        plan: When a sequential test looks, and how many tasks it was planned for; None where the
            number of tasks is fixed beforehand.
    """

    gym: str
    split: Split
    seed: int
    n: int
    trials: int = 1
    plan: tuple[Plan, int] | None = None

    @classmethod
    def again(cls, stated: Certificate) -> Sitting:
        """Returns the sitting that a certificate is about."""
        plan = (stated.claim.plan, stated.claim.most) if stated.claim else None
        split = splits.find(stated.split)
        return cls(stated.gym, split, stated.seed, stated.score.n, stated.trials, plan)

    @property
    def most(self) -> int:
        """Returns how many episodes there may be."""
        return self.plan[0].looks[-1] if self.plan else self.n * self.trials

    def tasks(self) -> Iterator[Task]:
        """Yields the tasks; in a sequential test each has a start of its own."""
        n = self.most if self.plan else self.n
        per_start = 1 if self.plan else TASKS_PER_START
        return draw(self.gym, self.split, self.seed, n, per_start=per_start)

    def sit(
        self,
        policy: Policy,
        progress: Callable[[Trajectory], None] | None = None,
        face: Face | None = None,
    ) -> Exam:
        """Puts the tasks before a policy.

        Args:
            policy: Who is examined.
            progress: Told of each episode when it ends.
            face: How it reaches the application; if left out, directly.

        Raises:
            GymError: If an application breaks.
            UsageError: If the policy says that the caller must act.
        """
        if self.plan:
            return certify(policy, self.tasks(), gyms.find, self.plan[0], progress, face)
        attempts = list(trials(self.tasks(), self.trials, gyms.find, speech=self.split.speech))
        return examine(policy, attempts, gyms.find, progress=progress, face=face)

    def certificate(self, exam: Exam, model: str, face: str = TREE) -> Certificate:
        """States what an exam of these tasks showed.

        Args:
            exam: What came of them.
            model: Hash of the policy's weights or source.
            face: Name of the face that the policy acted through.
        """
        return Certificate.issue(
            exam,
            model=model,
            gym=self.gym,
            split=self.split.name,
            seed=self.seed,
            trials=self.trials,
            plan=self.plan,
            face=face,
        )
