"""The agent: a trained policy in a real browser, behind two calls, `act` and `ask`.

    with Agent("http://127.0.0.1:8000") as agent:
        result = agent.act("Enter the bill from Acme for 1,250.00, due 3 March, and approve it")
        total = agent.ask("What do we owe Acme?", schema=Decimal)

It takes the orders, opens its place, and closes everything again. The browser it works in is
`place.py`'s business, and one run is `run.py`'s.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from palaestra.agent.approval import Approve
from palaestra.agent.border import Border
from palaestra.agent.expecting import Expect, check, check_shape
from palaestra.agent.ground import Ground
from palaestra.agent.guard import Guard
from palaestra.agent.mind import Mind
from palaestra.agent.origins import Origins
from palaestra.agent.outcome import Checked, Ended, decide
from palaestra.agent.place import NOT_THERE, Place
from palaestra.agent.result import Cost, Result
from palaestra.agent.run import Run, Terms
from palaestra.agent.shot import Shot, photograph
from palaestra.agent.slots import Secret, Slots
from palaestra.agent.trace import Trace
from palaestra.agent.undo import way_back
from palaestra.browser import View
from palaestra.errors import PageLost, UsageError
from palaestra.policies.policy import Policy
from palaestra.tasks.task import Task

LIKELY, ABSTAIN = 0.8, 0.2
"""Of 240 goals of the exam's split (60 a gym, seed 5), in the tree, the shipped model gave 67% at
least the one when it ended, and 90% of these were right; it gave 4% less than the other, and none
of these was."""
MAX_STEPS = 60
TRACES = Path("runs/acts")
IN_A_GYM = Guard(destructive="do", external="do")
"""A gym is a simulation: what is done there is done to nobody."""


class Agent(Place):
    """A policy at work on one page; a context manager.

    Attributes:
        ground: The gym it works in; None on other pages.
        mind: The policy.
    """

    def __init__(
        self,
        url: str,
        *,
        headless: bool = True,
        model: str | Policy | None = None,
        guard: Guard | None = None,
        approve: Approve | None = None,
        secrets: Mapping[str, str | Secret] | None = None,
        allowed_origins: Iterable[str] | None = None,
        max_steps: int = MAX_STEPS,
        deadline: float | None = None,
        likely: float = LIKELY,
        abstain: float = ABSTAIN,
        trace_dir: str | Path | None = TRACES,
        live: bool = False,
        uploads: str | Path | None = None,
        downloads: str | Path | None = None,
        ignore_certificates: bool = False,
        ground: Ground | None = None,
    ) -> None:
        """Takes the orders; nothing is opened before the with block begins.

        Args:
            url: The page that it starts on.
            headless: Whether the browser has no window.
            model: The policy, or its name; the model that ships if left out.
            guard: What may be done without asking.
            approve: Called with an `Approval` where the guard says "ask"; True lets exactly that
                be done, once. Without it, asking means abstaining.
            secrets: Name and value of what goals call {{secret:name}}; a `Secret` says where it
                may be typed, a plain text may be at the start's origin only.
            allowed_origins: Where it may go besides the start's origin; "*" for everywhere.
            max_steps: The most actions of a run.
            deadline: The most seconds of a run; None for as long as it takes.
            likely: How sure the judge must be at least for the outcome "likely", 0 to 1.
            abstain: Below this the agent does nothing that cannot be taken back, and gives no
                answer.
            trace_dir: Where traces go; None for no traces.
            live: Whether the trace is written after every step, and its page loads itself anew.
            uploads: The only folder that files may be uploaded from; None for no uploads.
            downloads: Where downloads go; None for no downloads.
            ignore_certificates: Whether pages with wrong certificates are used all the same.
            ground: The gym that is served in place of `url`; `Agent.gym` makes one.

        Raises:
            UsageError: If one of these cannot be.
        """
        if ground is None and "://" not in url and not url.startswith(("about:", "data:")):
            raise UsageError(f"{url!r} is no address; write it as http://{url or 'example.com'}")
        self._limits = _steps(max_steps), _seconds(deadline)
        for name, share in (("likely", likely), ("abstain", abstain)):
            if not 0 <= share <= 1:
                raise UsageError(f"{name}= is a share from 0 to 1; got {share!r}")
        self._likely, self._abstain = likely, abstain
        self._guard = guard or (IN_A_GYM if ground else Guard())
        self._approve, self.ground, self._url = approve, ground, url
        self._secrets, self._allowed = dict(secrets or {}), allowed_origins
        self._traces = Path(trace_dir) if trace_dir is not None else None
        self._live = live
        self._model = model
        super().__init__(
            Border(Origins.of(url, allowed_origins)),
            Slots(self._secrets, url),
            headless=headless,
            uploads=Path(uploads) if uploads else None,
            downloads=Path(downloads) if downloads else None,
            ignore_certificates=ignore_certificates,
        )
        self._open = ExitStack()
        self._trace: Trace | None = None
        self._follower: Callable[[Run], None] | None = None

    @classmethod
    def gym(
        cls,
        name: str,
        *,
        seed: int = 0,
        skin: int | None = None,
        disturbance: int | None = None,
        task: Task | int | None = None,
        split: str = "practice",
        **orders: Any,
    ) -> Self:
        """Returns an agent that works in one of our gyms, served on this machine.

        There the guard lets everything be done, unless it is told otherwise: it is a simulation.
        With a task, `act(agent.task.goal)` is checked by the task's verifier.

        Args:
            name: Name of the gym.
            seed: Decides the data, or which tasks are drawn.
            skin: The look.
            disturbance: What goes wrong.
            task: A task, the place of one among those drawn, or None for no task.
            split: What drawn tasks are made of.
            **orders: As for the agent itself.

        Raises:
            UsageError: If there is no such gym, skin or task.
        """
        ground = Ground.draw(
            name, seed=seed, skin=skin, disturbance=disturbance, task=task, split=split
        )
        return cls("", ground=ground, **orders)

    @property
    def task(self) -> Task | None:
        """Returns the gym's task; None where there is none."""
        return self.ground.task if self.ground else None

    def __enter__(self) -> Self:
        """Opens the browser on the first page.

        Raises:
            PageLost: If the page cannot be reached.
            UsageError: If there is no browser or no model.
        """
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> Self:
        """Opens the browser on the first page; `with` does that, too.

        Raises:
            PageLost: If the page cannot be reached.
            UsageError: If there is no browser or no model.
        """
        if self._chromium is not None:
            raise UsageError("The agent is open already")
        with ExitStack() as opened:
            self.mind = Mind(self._model)
            if self.ground:
                opened.callback(self.ground.close)
                self._url = self.ground.open()
                self.border = Border(Origins.of(self._url, self._allowed))
                self.slots = Slots(self._secrets, self._url)
            opened.callback(self._shut)
            self._launch()
            self._begin()
            self._open = opened.pop_all()
        return self

    def _begin(self) -> None:
        lost: PageLost | None = None
        try:
            self.tab.goto(self._url, self._until(self._limits[1]))
        except PageLost as failure:
            lost = failure
        if where := self.border.turned_back:
            raise UsageError(
                f"{self._url} leads to {where[-1]}, which is another origin; start there, or "
                f"allow it with allowed_origins=[{where[-1]!r}]"
            ) from lost
        if lost:
            raise lost

    def close(self) -> None:
        """Closes the browser, and the gym; what was kept of runs stays."""
        self._open.close()

    def hurry(self, now: bool = True) -> None:
        """Makes the deadline of whatever is under way pass now, or ends that; from any thread."""
        if self._chromium:
            self._chromium.devtools.hurry(now)

    def act(
        self,
        goal: str,
        expect: Expect | None = None,
        max_steps: int | None = None,
        deadline: float | None = None,
    ) -> Result:
        """Does what the goal says, from wherever the page is now.

        Args:
            goal: What is wanted, in words; secrets are named {{secret:name}}.
            expect: What must be so afterwards; see `expecting.py`. In a gym with a task, the
                task's own goal brings its verifier.
            max_steps: The most actions; the agent's if left out.
            deadline: The most seconds; the agent's if left out.

        Raises:
            UsageError: If the goal is empty or names an unknown secret, or `expect` cannot be
                checked here. Whatever else `expect` raises is raised; the trace is kept.
        """
        check_shape(expect)
        if expect is None and self.task and goal == self.task.goal:
            expect = self.task.verifier
        return self._run(goal, expect, self._guard, max_steps, deadline)

    def ask(
        self,
        question: str,
        schema: Any = str,
        max_steps: int | None = None,
        deadline: float | None = None,
    ) -> Any:
        """Finds something out and returns it as a typed value; changes nothing on purpose.

        Args:
            question: What is to be found out, in words.
            schema: The type of the answer: str, int, bool, float, Decimal, date, datetime, a
                Literal, an Enum, Optional, lists of these, or a pydantic model.
            max_steps: The most actions; the agent's if left out.
            deadline: The most seconds; the agent's if left out.

        Raises:
            CouldNotTell: If it found no answer, or one that is not of this type.
            UsageError: If the question is empty, or the schema is no type to read.
        """
        from palaestra.agent.asking import looking, told

        def run(words: str) -> Result:
            return self._run(words, None, looking(self._guard), max_steps, deadline)

        def shown() -> list[str]:
            view = self.tab.view
            return [node.name for node in view.screen.walk()] if view else []

        return told(question, schema, run, self._language, shown)

    def undo(self, deadline: float | None = None) -> bool:
        """Takes the last change back where the page offers that, or leaves an unsaved form.

        Args:
            deadline: The most seconds; the agent's if left out.

        Returns:
            Whether the page offered it, and did something.

        Raises:
            PageLost: If the page is gone.
            TooLate: If the deadline passes.
        """
        until = self._until(self._limits[1] if deadline is None else _seconds(deadline))
        view = self.look(until)
        action = way_back(view.screen)
        if action is None:
            return False
        return self.do(action, until).screen != view.screen

    def _run(
        self,
        goal: str,
        expect: Expect | None,
        guard: Guard,
        max_steps: int | None = None,
        deadline: float | None = None,
    ) -> Result:
        if self._chromium is None:
            raise UsageError("The agent is not open: use it in a with block")
        if not isinstance(goal, str) or not goal.strip():
            raise UsageError("The goal is empty: say in words what is to be done")
        self.slots.check(goal)
        steps = _steps(max_steps) if max_steps is not None else self._limits[0]
        seconds = _seconds(deadline) if deadline is not None else self._limits[1]
        until = self._until(seconds)
        if self.ground:
            self.ground.mark()

        def reached() -> bool:
            return bool(check(expect, self, None).holds)

        run = Run(self, Terms(goal, steps, until, guard, self._approve, self._abstain, reached))
        self._trace = Trace(self._traces, goal, self._live) if self._traces else None
        before = time.monotonic(), self.mind.decisions, self.mind.tokens
        ended, checked = Ended("stopped", "it broke off", True), Checked()
        try:
            ended = run.go()
            checked = self._checked(goal, expect, run, ended)
        finally:
            outcome, reason = decide(ended, checked, likely=self._likely, abstain=self._abstain)
            cost = Cost(
                time.monotonic() - before[0],
                sum(step.done for step in run.steps),
                self.mind.decisions - before[1],
                self.mind.tokens - before[2],
            )
            result = Result(
                outcome, reason, tuple(run.steps), tuple(run.effects), cost, None, run.answer,
                run.sure,
            )  # fmt: skip
            if self._trace:
                result = self._trace.close(run, result, self.last_shot())
        return result

    def _checked(self, goal: str, expect: Expect | None, run: Run, ended: Ended) -> Checked:
        """Checks what was expected; it proves nothing where a secret of the goal went untyped."""
        if ended.how == "page":
            return Checked()
        try:
            checked = check(expect, self, run.answer)
        except PageLost as lost:
            return Checked(False, f"what was expected could not be checked: {lost}")
        typed = {
            name for one in run.steps if one.done for name in self.slots.named(one.action.text)
        }
        if checked.holds and not typed.issuperset(self.slots.named(goal)):
            return Checked()
        return checked._replace(told=self.slots.hidden(checked.told))

    def follow(self, follower: Callable[[Run], None] | None) -> None:
        """Lets somebody be told of every step as it is taken; None for nobody.

        Args:
            follower: Called with the run; its last step is the one that was just taken.
        """
        self._follower = follower

    def shot(self, view: View, ref: str) -> Shot:
        """Returns a picture of what is acted on; an empty one where no trace is kept."""
        return photograph(self.tab, self.slots, view, ref) if self._trace else Shot()

    def last_shot(self) -> Shot:
        """Returns a picture of how it ended, as far as there is anything to see."""
        view = self.tab.view
        if view is None or self.tab.lost or view.url.startswith(NOT_THERE):
            return Shot()
        return self.shot(self._seen(view), "")

    def watched(self, run: Run) -> None:
        """Lets whoever watches see the step that was just taken."""
        if self._trace and self._live:
            self._trace.show(run)
        if self._follower:
            self._follower(run)

    @staticmethod
    def _until(seconds: float | None) -> float | None:
        return None if seconds is None else time.monotonic() + seconds


def _steps(given: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise UsageError(f"max_steps= is a number from 1 up; got {given!r}")
    return given


def _seconds(given: float | None) -> float | None:
    if given is not None and not given > 0:
        raise UsageError(f"deadline= is in seconds, more than 0; got {given!r}")
    return given
