"""A Certificate: what may be claimed of one model on one gym, and all it takes to check it.

It names the model by the hash of its weights and the tasks by the hash of their ids, and keeps each
outcome, so that whoever runs the exam again can compare task by task.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from palaestra.errors import UsageError
from palaestra.exams.calibration import Calibration
from palaestra.exams.certifying import Claim
from palaestra.exams.exam import Exam
from palaestra.exams.face import TREE
from palaestra.exams.provenance import commit, machine, versions
from palaestra.exams.score import Score, by_kind
from palaestra.exams.sequential import Plan
from palaestra.exams.statistics import CONFIDENCE, all_of, clustered_bound, pass_hat_k
from palaestra.exams.trials import varied
from palaestra.tasks.episode import Trajectory
from palaestra.types import Start, content_hash

FORMAT = "palaestra certificate 2"
MARKS = {True: "1", False: "0", None: "?"}
# What running the exam again must reproduce; the rest depends on the machine and the day.
REPRODUCIBLE = ("model", "tasks", "outcomes", "trials", "pass_hat", "score", "kinds", "claim")


@dataclass(frozen=True)
class Certificate:
    """A statement about one model.

    Attributes:
        policy: What tables call the model.
        model: Hash of its weights or of its source.
        gym: Name of the gym.
        split: Name of the split that the tasks were drawn from.
        seed: What they were drawn by.
        tasks: Hash of the tasks' ids, in order.
        outcomes: One mark for each attempt, in order: "1" clean success, "0" failure, "?" unscored.
        trials: Attempts at each task, varied; only the first counts in the scores.
        pass_hat: pass^1, pass^2 ... up to the number of trials; empty where there is one.
        pass_bounds: The lower bound of each, tasks of one start taken as a cluster.
        varied: What varied between trials, and in what share of the repeats.
        score: All tasks together.
        starts: How many starts the tasks have between them.
        clustered: The lower bound of the true rate if tasks of one start may be alike.
        kinds: Kind of task and its score, in alphabetical order.
        calibration: What the policy's own judgement was worth; None where it has none.
        claim: What a sequential test showed; None where the number of tasks was fixed beforehand.
        confidence: Of the bounds in the scores.
        seconds_per_task: Wall time of the exam over attempts.
        versions: What can change a result, and its version.
        machine: What it ran on.
        commit: The code that ran.
        face: How the policy reached the application: "tree" (directly) or "page" (in Chromium).
    """

    policy: str
    model: str
    gym: str
    split: str
    seed: int
    tasks: str
    outcomes: str
    trials: int
    pass_hat: tuple[float, ...]
    pass_bounds: tuple[float, ...]
    varied: dict[str, float]
    score: Score
    starts: int
    clustered: float
    kinds: tuple[tuple[str, Score], ...]
    calibration: Calibration | None
    claim: Claim | None
    confidence: float
    seconds_per_task: float
    versions: dict[str, str]
    machine: str
    commit: str
    face: str = TREE

    @classmethod
    def issue(
        cls,
        exam: Exam,
        *,
        model: str,
        gym: str,
        split: str,
        seed: int,
        trials: int = 1,
        plan: tuple[Plan, int] | None = None,
        face: str = TREE,
    ) -> Certificate:
        """States what an exam showed.

        Args:
            exam: The attempts; `trials` in a row belong to one task.
            model: Hash of the weights or of the source.
            gym: Name of the gym.
            split: Name of the split.
            seed: What the tasks were drawn by.
            trials: Attempts at each task.
            plan: What a sequential test was planned like, and for how many tasks at most.
            face: How the policy reached the application.

        Raises:
            UsageError: If the exam was of no task.
        """
        if not exam.trajectories:
            raise UsageError("An exam needs at least one task")
        first = exam.trajectories[::trials]
        score, outcomes = Score.of(first), "".join(_mark(t) for t in exam.trajectories)
        claim = Claim.of(*plan, outcomes, score.irreversible) if plan else None
        return cls(
            policy=exam.policy,
            model=model,
            gym=gym,
            split=split,
            seed=seed,
            tasks=content_hash([t.task.id for t in exam.trajectories]),
            outcomes=outcomes,
            trials=trials,
            pass_hat=_pass_hat(exam.trajectories, trials),
            pass_bounds=_pass_bounds(exam.trajectories, trials),
            varied=varied([t.task for t in exam.trajectories], trials),
            score=score,
            starts=len(clusters := _clusters(first, [_mark(t) == "1" for t in first])),
            clustered=clustered_bound(clusters),
            kinds=tuple(by_kind(first).items()),
            calibration=Calibration.of(first),
            claim=claim,
            confidence=CONFIDENCE,
            seconds_per_task=exam.seconds / len(exam.trajectories),
            versions=versions(),
            machine=machine(),
            commit=commit(),
            face=face,
        )

    @property
    def stem(self) -> str:
        """Returns the name of its files, without an ending."""
        policy = "".join(c if c.isalnum() or c in "-_" else "_" for c in self.policy)
        certified = "-certified" if self.claim else ""
        face = "" if self.face == TREE else f"-{self.face}"
        return f"{policy}-{self.gym.replace(':', '_')}-{self.split}{certified}{face}"

    @property
    def bound(self) -> float:
        """Returns what the true rate is at least: after a sequential test, what that has shown."""
        if self.claim:
            return self.claim.plan.rate if self.claim.shown else 0.0
        return self.score.bound

    def differences(self, again: Certificate) -> list[str]:
        """Says where another run of the same exam came to something else; one line each."""
        return [
            f"{name}: {getattr(self, name)} before, {getattr(again, name)} now"
            for name in REPRODUCIBLE
            if getattr(self, name) != getattr(again, name)
        ]

    def to_json(self) -> dict[str, Any]:
        """Returns plain data, the inverse of `from_json`."""
        return {
            "format": FORMAT,
            **asdict(self),
            "pass_hat": list(self.pass_hat),
            "pass_bounds": list(self.pass_bounds),
            "claim": self.claim.to_json() if self.claim else None,
            "score": self.score.to_json(),
            "kinds": {kind: score.to_json() for kind, score in self.kinds},
        }

    @classmethod
    def from_json(cls, data: Any) -> Certificate:
        """Reads what `to_json` wrote.

        Raises:
            UsageError: If it is no certificate, or contradicts itself.
        """
        try:
            if data["format"] != FORMAT:
                raise UsageError(f"This is not a certificate of this version ({FORMAT})")
            kinds = tuple((kind, Score.from_json(s)) for kind, s in data["kinds"].items())
            data = {"face": TREE, **data}  # certificates were for the tree before there was another
            own = {f.name: data[f.name] for f in fields(cls)}
            own |= {"score": Score.from_json(data["score"]), "kinds": kinds}
            own |= {name: tuple(data[name]) for name in ("pass_hat", "pass_bounds")}
            own["claim"] = Claim.from_json(data["claim"]) if data["claim"] else None
            if data["calibration"]:
                own["calibration"] = Calibration(**data["calibration"])
            made = cls(**own)
            first = made.outcomes[:: made.trials]
            sums = [(s.n, s.successes, s.unscored) for _, s in kinds]
            counted = (len(first), first.count(MARKS[True]), first.count(MARKS[None]))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise UsageError(f"This is not a certificate: {wrong!r}") from wrong
        stated = (made.score.n, made.score.successes, made.score.unscored)
        if stated != counted or tuple(map(sum, zip(*sums, strict=True))) != stated:
            raise UsageError(
                "This certificate contradicts itself: its counts differ from its outcomes"
            )
        if made.claim and made.claim != Claim.of(
            made.claim.plan, made.claim.most, first, made.score.irreversible
        ):
            raise UsageError("This certificate contradicts itself: it claims what it does not show")
        return made


def _mark(trajectory: Trajectory) -> str:
    return MARKS[trajectory.verdict.success if trajectory.verdict else None]


def _pass_hat(trajectories: tuple[Trajectory, ...], trials: int) -> tuple[float, ...]:
    if trials == 1:
        return ()
    counts = [(count, trials) for count in _successes(trajectories, trials)]
    return tuple(pass_hat_k(counts, k) for k in range(1, trials + 1))


def _pass_bounds(trajectories: tuple[Trajectory, ...], trials: int) -> tuple[float, ...]:
    if trials == 1:
        return ()
    counts, first = _successes(trajectories, trials), trajectories[::trials]
    return tuple(
        clustered_bound(_clusters(first, [all_of(k, count, trials) for count in counts]))
        for k in range(1, trials + 1)
    )


def _successes(trajectories: tuple[Trajectory, ...], trials: int) -> list[int]:
    marks = [_mark(t) == MARKS[True] for t in trajectories]
    return [sum(marks[i : i + trials]) for i in range(0, len(marks), trials)]


def _clusters(first: Sequence[Trajectory], values: Sequence[float]) -> list[list[float]]:
    """Returns what came of the tasks of each start."""
    found: dict[Start, list[float]] = {}
    for trajectory, value in zip(first, values, strict=True):
        found.setdefault(trajectory.task.start, []).append(value)
    return list(found.values())
