"""A gym to work in: its page face, served on this machine for one agent, and its verifier.

The Session behind the page is in this process, so that what was done can be checked from the
records themselves. It is a simulation: nothing that is done there is done to anybody.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice

from palaestra import gyms
from palaestra.errors import PalaestraError, UsageError
from palaestra.gyms.drawing import draw
from palaestra.kit.diff import diff
from palaestra.kit.session import Session
from palaestra.tasks import splits
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.types import Diff, Start, Verdict


class Ground:
    """A gym on a page.

    Attributes:
        start: What the page begins with.
        task: What is to be done there; None to do whatever one likes.
    """

    def __init__(self, start: Start, task: Task | None = None) -> None:
        """Makes the ground ready; `open` serves it.

        Raises:
            UsageError: If there is no such gym, or it has no such seed, skin or disturbance.
        """
        Session.at(gyms.find(start.app), start)  # tells at once what is wrong
        self.start, self.task = start, task
        self._open = ExitStack()

    @classmethod
    def draw(
        cls,
        gym: str,
        *,
        seed: int = 0,
        skin: int | None = None,
        disturbance: int | None = None,
        task: Task | int | None = None,
        split: str = "practice",
    ) -> Ground:
        """Returns a gym's ground.

        Args:
            gym: Name of the gym.
            seed: Decides the data; where a task is drawn, decides which ones are.
            skin: The look, 0 for the plain one; a drawn task brings its own if left out.
            disturbance: What goes wrong, 0 for nothing; likewise.
            task: What is to be done: a task, the place of one among those drawn (0 for the first),
                or None for nothing in particular.
            split: What drawn tasks are made of.

        Raises:
            UsageError: If there is nothing of that name or number.
        """
        if isinstance(task, Task):
            return cls(task.start, task)
        asked = {"skin": skin, "disturbance": disturbance}
        fixed = {name: number for name, number in asked.items() if number is not None}
        start = Start(gym, seed, **fixed)
        if task is None:
            return cls(start)
        if isinstance(task, bool) or not isinstance(task, int) or task < 0:
            raise UsageError(f"task= is a Task or its place, from 0 up; got {task!r}")
        drawn = next(islice(draw(gym, splits.find(split), seed, task + 1, fixed), task, None))
        return cls(drawn.start, drawn)

    @property
    def session(self) -> Session:
        """Returns the application as it is now, in this process.

        Raises:
            PalaestraError: If it is not served.
        """
        visit = self._visits.get(self._key) if hasattr(self, "_visits") else None
        if visit is None:
            raise PalaestraError("The gym is not open: use the agent in a with block")
        return visit.session

    def open(self) -> str:
        """Serves the gym; returns the address of its page."""
        try:
            from palaestra.faces.page import Visits
            from palaestra.faces.page.serving import running
        except ImportError as missing:
            raise UsageError(
                f"A gym's page needs palaestra[web] ({missing}): pip install 'palaestra[agent]'"
            ) from missing
        self._visits = Visits(self.start, gyms.find)
        address = self._open.enter_context(running(self._visits))
        self._key = self._visits.open()
        self.mark()
        return f"{address}v/{self._key}"

    def mark(self) -> None:
        """Lets what changes be counted from here on."""
        self._since = self.session.store.snapshot()

    def changes(self) -> Diff:
        """Returns what changed since the mark."""
        return diff(self.session.store, self._since)

    def verdict(self, verifier: Verifier, answer: str | None) -> Verdict:
        """Judges what was done since the mark.

        Args:
            verifier: What it is held against.
            answer: What was answered; None if nothing was.
        """
        return verifier.judge(self.changes(), answer)

    def close(self) -> None:
        """Stops serving."""
        self._open.close()
