"""Which seeds, wordings and skins belong to practice and which to exams; nothing is in both.

Seeds below `EXAM_SEEDS` are practice, the rest are exams: of data, of generated applications, of
skins (`kit.skin.EXAM_SKINS`), and of what goes wrong (`kit.disturbance.EXAM_DISTURBANCES`). Shapes
of wording are divided in `voice.py`, and in `combinations.py` what may follow what in workflows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from palaestra.errors import UsageError
from palaestra.kit.disturbance import EXAM_DISTURBANCES
from palaestra.kit.skin import EXAM_SKINS
from palaestra.tasks.voice import Speech

EXAM_SEEDS = 1_000_000_000


@dataclass(frozen=True)
class Split:
    """What tasks may be made of.

    Attributes:
        name: What tables call it.
        exam: Whether data and generated applications come from the exam seeds.
        speech: Whose voices word the goals (`voice.py`).
        skins: "plain", "practice" or "exam".
        plain: Share of the practice skins that are the plain one.
        disturbed: Share of the starts where something goes wrong on the way.
        kinds: The kinds of task there are; none for all of them.
        steps: How many steps a workflow has, at least and at most.
        combined: Whether the steps of workflows follow one another only as they never do in
            practice; otherwise they do so only as they do there.
    """

    name: str
    exam: bool
    speech: Speech
    skins: str
    plain: float = 0.5
    disturbed: float = 0.0
    kinds: tuple[str, ...] = ()
    steps: tuple[int, int] = (2, 5)
    combined: bool = False

    def seed(self, rng: random.Random) -> int:
        """Draws a seed for data or for an application."""
        return rng.randrange(EXAM_SEEDS) + (EXAM_SEEDS if self.exam else 0)

    def skin(self, rng: random.Random) -> int:
        """Draws a skin."""
        if self.skins == "plain" or (self.skins == "practice" and rng.random() < self.plain):
            return 0
        return rng.randrange(1, EXAM_SKINS) + (EXAM_SKINS if self.skins == "exam" else 0)

    def disturbance(self, rng: random.Random) -> int:
        """Draws what goes wrong on the way; 0 where nothing does."""
        if self.disturbed == 0 or (self.disturbed < 1 and rng.random() >= self.disturbed):
            return 0
        drawn = rng.randrange(1, EXAM_DISTURBANCES)
        return drawn + (EXAM_DISTURBANCES if self.exam else 0)


PRACTICE = Split(
    "practice", exam=False, speech="practice", skins="practice", disturbed=0.25, steps=(2, 12)
)
GOALS = Split("goals", exam=True, speech="practice", skins="plain")
EXAM = Split("exam", exam=True, speech="exam", skins="plain")
STRANGERS = replace(EXAM, name="strangers", speech="strangers")
SKINS = Split("skins", exam=True, speech="exam", skins="exam")
DISTURBED = Split("disturbances", exam=True, speech="exam", skins="exam", disturbed=1.0)
LONG = tuple(
    replace(EXAM, name=f"workflows-{steps}", kinds=("workflow",), steps=(steps, steps))
    for steps in (20, 50, 93)
)
COMBINATIONS = replace(EXAM, name="combinations", kinds=("workflow",), combined=True)
EVERYTHING = replace(DISTURBED, name="everything", combined=True)
EXAMS = (GOALS, EXAM, STRANGERS, SKINS, DISTURBED, *LONG, COMBINATIONS, EVERYTHING)
SPLITS = {split.name: split for split in (PRACTICE, *EXAMS)}


def find(name: str) -> Split:
    """Returns a split by name.

    Raises:
        UsageError: If there is none of that name.
    """
    if name not in SPLITS:
        raise UsageError(f"There is no split {name!r}; there are: {', '.join(SPLITS)}")
    return SPLITS[name]
