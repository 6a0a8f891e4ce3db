"""The same policy at the same tasks through two faces: where it fared or acted otherwise, and why.

The aim is nowhere. Whoever finds an episode here finds a fault of a face or of the browser's hands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from palaestra.exams.exam import Exam
from palaestra.exams.score import Score
from palaestra.tasks.episode import Trajectory
from palaestra.types import Action

NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """An episode that went otherwise.

    Attributes:
        task: The task's id.
        goal: What was wanted.
        step: Number of the first action that differs, from 1; 0 where all are the same.
        tree: What was done there directly.
        page: What was done there in Chromium.
        outcomes: How it ended and what the verifier said, directly and in Chromium.
        why: What the page showed otherwise than its Session; "" where it never did.
    """

    task: str
    goal: str
    step: int
    tree: str
    page: str
    outcomes: tuple[str, str]
    why: str


@dataclass(frozen=True)
class Comparison:
    """What two exams of the same tasks came to.

    Attributes:
        policy: Name of the policy.
        gym: Name of the gym.
        split: Name of the split.
        n: How many tasks.
        tree: Clean successes directly.
        page: Clean successes in Chromium.
        same_actions: Episodes in which every action was the same.
        same_outcomes: Episodes whose verdict was the same.
        shown_otherwise: Episodes whose page showed something else than its Session at any step,
            though it need not have mattered.
        tree_steps_per_second: Actions over the whole exam's wall time, directly.
        page_steps_per_second: The same in Chromium.
        chromium_steps_per_second: Actions over the wall time that pages took alone.
        differences: The episodes that went otherwise.
    """

    policy: str
    gym: str
    split: str
    n: int
    tree: int
    page: int
    same_actions: int
    same_outcomes: int
    shown_otherwise: int
    tree_steps_per_second: float
    page_steps_per_second: float
    chromium_steps_per_second: float
    differences: tuple[Difference, ...]

    @classmethod
    def of(
        cls,
        tree: Exam,
        page: Exam,
        seen: Mapping[str, str],
        *,
        seconds: float,
        gym: str,
        split: str,
    ) -> Comparison:
        """Compares.

        Args:
            tree: The exam that was held directly.
            page: The exam of the same tasks in Chromium.
            seen: By the task's id, where its page first showed something else than its Session.
            seconds: Wall time that the pages took.
            gym: Name of the gym.
            split: Name of the split.
        """
        pairs = list(zip(tree.trajectories, page.trajectories, strict=True))
        steps = sum(len(t.actions) for t in page.trajectories)
        return cls(
            policy=tree.policy,
            gym=gym,
            split=split,
            n=len(pairs),
            tree=Score.of(tree.trajectories).successes,
            page=Score.of(page.trajectories).successes,
            same_actions=sum(a.actions == b.actions for a, b in pairs),
            same_outcomes=sum(a.verdict == b.verdict for a, b in pairs),
            shown_otherwise=len(seen),
            tree_steps_per_second=sum(len(t.actions) for t in tree.trajectories) / tree.seconds,
            page_steps_per_second=steps / page.seconds,
            chromium_steps_per_second=steps / seconds if seconds else 0.0,
            differences=tuple(
                _difference(a, b, seen.get(a.task.id, ""))
                for a, b in pairs
                if a.actions != b.actions or a.verdict != b.verdict
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """Returns plain data."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Tells it to people: a line about all, and one about each episode that went otherwise."""
        said = [
            f"{self.policy} in {self.gym}, {self.split}: {self.tree} of {self.n} directly, "
            f"{self.page} in Chromium; {self.n - self.same_outcomes} verdicts and "
            f"{self.n - self.same_actions} ways differ, {self.shown_otherwise} pages showed "
            f"something else; {self.tree_steps_per_second:,.0f} steps a second directly, "
            f"{self.page_steps_per_second:.1f} in Chromium "
            f"({self.chromium_steps_per_second:.1f} without the policy)"
        ]
        for one in self.differences:
            where = f"step {one.step}: {one.tree} / {one.page}" if one.step else "same actions"
            said.append(f"  {one.goal[:60]!r}: {where}; {' / '.join(one.outcomes)}; {one.why}")
        return said


def _difference(tree: Trajectory, page: Trajectory, why: str) -> Difference:
    pairs = enumerate(zip_longest(tree.actions, page.actions), 1)
    step, (one, other) = next(((n, p) for n, p in pairs if p[0] != p[1]), (0, (None, None)))
    outcomes = (_outcome(tree), _outcome(page))
    return Difference(tree.task.id, tree.task.goal, step, _told(one), _told(other), outcomes, why)


def _told(action: Action | None) -> str:
    return " ".join(filter(None, action)) if action else NOTHING


def _outcome(trajectory: Trajectory) -> str:
    said = trajectory.verdict.reason if trajectory.verdict else "unscored"
    return f"{trajectory.ended}: {said}"
