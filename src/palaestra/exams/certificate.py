"""A Certificate: what may be claimed of one model on one gym, and all it takes to check it.

It names the model by the hash of its weights and the tasks by the hash of their ids, and keeps each
outcome, so that whoever runs the exam again can compare task by task.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from palaestra.errors import UsageError
from palaestra.exams.exam import Exam
from palaestra.exams.provenance import commit, machine, versions
from palaestra.exams.score import Score, by_kind
from palaestra.exams.statistics import CONFIDENCE, pass_hat_k
from palaestra.tasks.episode import Trajectory
from palaestra.types import content_hash

FORMAT = "palaestra certificate 1"
MARKS = {True: "1", False: "0", None: "?"}
# What running the exam again must reproduce; the rest depends on the machine and the day.
REPRODUCIBLE = ("model", "tasks", "outcomes", "trials", "pass_hat", "score", "kinds")


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
        trials: Attempts at each task, under different skins; only the first counts in the scores.
        pass_hat: pass^1, pass^2 ... up to the number of trials; empty where there is one.
        score: All tasks together.
        kinds: Kind of task and its score, in alphabetical order.
        confidence: Of the bounds in the scores.
        seconds_per_task: Wall time of the exam over attempts.
        versions: What can change a result, and its version.
        machine: What it ran on.
        commit: The code that ran.
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
    score: Score
    kinds: tuple[tuple[str, Score], ...]
    confidence: float
    seconds_per_task: float
    versions: dict[str, str]
    machine: str
    commit: str

    @classmethod
    def issue(
        cls, exam: Exam, *, model: str, gym: str, split: str, seed: int, trials: int = 1
    ) -> Certificate:
        """States what an exam showed.

        Args:
            exam: The attempts; `trials` in a row belong to one task.
            model: Hash of the weights or of the source.
            gym: Name of the gym.
            split: Name of the split.
            seed: What the tasks were drawn by.
            trials: Attempts at each task.

        Raises:
            UsageError: If the exam was of no task.
        """
        if not exam.trajectories:
            raise UsageError("An exam needs at least one task")
        first = exam.trajectories[::trials]
        return cls(
            policy=exam.policy,
            model=model,
            gym=gym,
            split=split,
            seed=seed,
            tasks=content_hash([t.task.id for t in exam.trajectories]),
            outcomes="".join(_mark(t) for t in exam.trajectories),
            trials=trials,
            pass_hat=_pass_hat(exam.trajectories, trials),
            score=Score.of(first),
            kinds=tuple(by_kind(first).items()),
            confidence=CONFIDENCE,
            seconds_per_task=exam.seconds / len(exam.trajectories),
            versions=versions(),
            machine=machine(),
            commit=commit(),
        )

    @property
    def stem(self) -> str:
        """Returns the name of its files, without an ending."""
        policy = "".join(c if c.isalnum() or c in "-_" else "_" for c in self.policy)
        return f"{policy}-{self.gym.replace(':', '_')}-{self.split}"

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
            own = {f.name: data[f.name] for f in fields(cls)}
            own |= {"score": Score.from_json(data["score"]), "kinds": kinds}
            made = cls(**own | {"pass_hat": tuple(data["pass_hat"])})
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
        return made


def _mark(trajectory: Trajectory) -> str:
    return MARKS[trajectory.verdict.success if trajectory.verdict else None]


def _pass_hat(trajectories: tuple[Trajectory, ...], trials: int) -> tuple[float, ...]:
    if trials == 1:
        return ()
    marks = [_mark(t) == MARKS[True] for t in trajectories]
    counts = [(sum(marks[i : i + trials]), trials) for i in range(0, len(marks), trials)]
    return tuple(pass_hat_k(counts, k) for k in range(1, trials + 1))
