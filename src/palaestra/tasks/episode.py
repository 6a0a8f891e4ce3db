"""An Episode: one attempt at a Task, from reset to verdict.

It stands between the agent and the Session: actions that do not fit become feedback, `done`,
`answer` and `ask` end it, and every step is kept, so that a finished episode can be replayed.
"""

from __future__ import annotations

from dataclasses import dataclass

from palaestra.errors import InvalidAction
from palaestra.kit.app import App
from palaestra.kit.session import MAX_TYPED, Session
from palaestra.tasks.task import Task
from palaestra.types import OPS, Action, Observation, Past, Verdict


@dataclass(frozen=True)
class Trajectory:
    """The record of an episode.

    Attributes:
        task: What was to be done.
        actions: What was done, in order.
        verdict: What the verifier said; None if the episode could not be scored.
        ended: Why it ended: "done", "answer", "ask", "steps" or the name of what broke.
        irreversible: Side effects that nothing in the application takes back.
        sure: How probable the policy thought clean success when it acted last, 0 to 1; None where
            it does not say.
    """

    task: Task
    actions: tuple[Action, ...]
    verdict: Verdict | None
    ended: str
    irreversible: tuple[str, ...] = ()
    sure: float | None = None


class Episode:
    """One attempt at a task.

    Attributes:
        task: What is to be done.
        session: The application, live.
        ended: Why the episode is over; "" while it runs.
        answered: What the agent answered, or None.
    """

    def __init__(self, task: Task, app: App) -> None:
        """Resets the application to the task's start."""
        self.task = task
        self.session = Session.at(app, task.start)
        self.actions: tuple[Action, ...] = ()
        self.past: tuple[Past, ...] = ()
        self.feedback = ""
        self.ended = ""
        self.answered: str | None = None

    def fork(self) -> Episode:
        """Returns an independent episode in the same state."""
        twin = Episode.__new__(Episode)
        twin.__dict__.update(self.__dict__)
        twin.session = self.session.fork()
        return twin

    @property
    def steps_left(self) -> int:
        """Returns how many actions are left."""
        return self.task.max_steps - len(self.actions)

    def observe(self) -> Observation:
        """Returns what the agent sees."""
        return Observation(
            self.task.goal, self.session.screen(), self.feedback, self.steps_left, self.past
        )

    def step(self, action: Action) -> None:
        """Takes one action; one that does not fit the screen costs a step and becomes feedback.

        Raises:
            InvalidAction: If the episode is over.
        """
        if self.ended:
            raise InvalidAction("The episode is over")
        if len(action.text) > MAX_TYPED or len(action.ref) > MAX_TYPED:
            # What is too long stays too long, and nobody keeps a megabyte.
            cut = MAX_TYPED + 1
            action = Action(action.op, action.ref[:cut], action.text[:cut])
        self.actions = (*self.actions, action)
        self.feedback = ""
        if action.op in ("done", "ask"):
            self.ended = action.op
        elif action.op == "answer":
            self.ended, self.answered = action.op, action.text
        elif action.op not in OPS:
            self.feedback = f"There is no operation {str(action.op)[:80]!r}"
        else:
            name = self._name(action.ref)
            self.feedback = self._do(action)
            self.past = (*self.past, Past(action.op, name, action.text, self.feedback))
        if not self.ended and self.steps_left <= 0:
            self.ended = "steps"

    def _name(self, ref: str) -> str:
        """Returns the name of an element of the screen; "" if there is none."""
        target = self.session.targets().get(ref)
        return target.name if target else ""

    def _do(self, action: Action) -> str:
        """Does an action to the application; returns what came of it, in words."""
        try:
            self.session.dispatch(action)
        except InvalidAction as invalid:
            return str(invalid)
        return self.session.notice

    def verdict(self) -> Verdict:
        """Judges the episode as it stands; running out of steps or asking is never a success."""
        verdict = self.task.verifier.judge(self.session.diff(), self.answered)
        if self.ended not in ("done", "answer"):
            why = {"": "not finished", "ask": "asked instead", "steps": "ran out of steps"}[
                self.ended
            ]
            return Verdict(False, verdict.progress, verdict.side_effects, why)
        return verdict

    def trajectory(self) -> Trajectory:
        """Returns the record of the episode."""
        return Trajectory(self.task, self.actions, self.verdict(), self.ended)
