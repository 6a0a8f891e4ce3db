"""One run: observe, decide, guard, act, until it is done or must stop.

Whatever is read from the page goes through `_seen` first, so that no secret gets further. An action
is classed, and asked for where the guard says so, before anything is done. A page that is lost in
the middle of a write is opened again and looked at; what may have been received is not sent again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from palaestra.agent.approval import Approvals, Approve
from palaestra.agent.classing import Classed, classed
from palaestra.agent.effects import effects
from palaestra.agent.guard import IRREVERSIBLE, Guard, Kind, Rule
from palaestra.agent.hearsay import hearsay, unasked
from palaestra.agent.mind import Broke
from palaestra.agent.outcome import Ended
from palaestra.agent.result import Effect, Step
from palaestra.agent.scene import Scene, dialogs, notices, unsaid, without
from palaestra.agent.shot import Shot
from palaestra.browser import View
from palaestra.errors import PageLost, TooLate
from palaestra.types import Action, Node, Observation, Past

if TYPE_CHECKING:
    from palaestra.agent.agent import Agent

ENDS = frozenset(("answer", "ask", "done"))
MOST_LOSSES = 3
"""How often a page may be lost in one run."""
MOST_REFUSED = 2
"""How often the same refused action may be chosen; after that the policy knows no other way."""
MOST_REPEATED = 2
"""How often the same may be done on the same screen; after that it goes in circles."""
IN_DOUBT = (
    "The page was lost at this; it is not known whether it was done. Look before doing it again"
)


class Terms(NamedTuple):
    """What a run is held to.

    Attributes:
        goal: What is wanted; secrets are slots.
        max_steps: How many actions it may take.
        deadline: When it must be over, in seconds of `time.monotonic`; None for whenever.
        guard: What may be done.
        approve: Who is asked; None for nobody.
        abstain: How sure the judge must be before anything that cannot be taken back.
        reached: Says whether what is expected is so already; asked where a write is in doubt.
    """

    goal: str
    max_steps: int
    deadline: float | None
    guard: Guard
    approve: Approve | None
    abstain: float
    reached: Callable[[], bool] = lambda: False


class Doubt(NamedTuple):
    """A write that may have been received, though the page was lost before it said so.

    Attributes:
        deed: What was done, told so that it is known again on a page that was opened anew.
        form: What stood in the boxes that went with it.
    """

    deed: tuple[str, ...]
    form: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, action: Action, scene: Scene) -> Doubt:
        """Returns the doubt whether something was done."""
        return cls((action.op, action.text, scene.node.role, scene.node.name), scene.form)

    def is_about(self, action: Action, scene: Scene, what: Classed) -> bool:
        """Says whether an action would do the same again, by this way or another one."""
        same = any(value for _, value in self.form) and scene.form == self.form
        sends = action.op in ("click", "press") and what.kind != "reads"
        return Doubt.of(action, scene).deed == self.deed or (same and sends)


class Last(NamedTuple):
    """What was done last.

    Attributes:
        number: Of its step.
        action: The action.
        name: Name of the element that it was done to.
        kind: Its class.
    """

    number: int
    action: Action
    name: str
    kind: Kind


class Barred(NamedTuple):
    """Why an action is not done.

    Attributes:
        why: In words.
        how: How the run ends of it, as in `Ended`; "" where the policy is told and goes on.
    """

    why: str
    how: str = ""


class Run:
    """A run under way, and what came of it so far.

    Attributes:
        steps: What was chosen.
        effects: What was seen to change.
        shots: What the trace shows of each step.
        answer: What was answered, or None.
        sure: What the judge said last, or None.
        view: The last look, without secrets.
    """

    def __init__(self, agent: Agent, terms: Terms) -> None:
        self._agent, self._terms = agent, terms
        self.steps: list[Step] = []
        self.effects: list[Effect] = []
        self.shots: list[Shot] = []
        self.answer: str | None = None
        self.sure: float | None = None
        self.view: View | None = None
        self._approvals = Approvals(terms.approve, terms.goal)
        self._past: tuple[Past, ...] = ()
        self._said = ""
        self._drafts: dict[str, str] = {}
        self._refused: dict[str, int] = {}
        self._deeds = Counter[tuple[Node, Action]]()
        self._losses = 0
        self._doubt: Doubt | None = None
        self._last: Last | None = None
        self._wrote = False
        self._standing = frozenset[str]()
        self._ignored = set[str]()
        self._old = frozenset[str]()

    def go(self) -> Ended:
        """Runs to the end, whatever that is."""
        try:
            self.view = self._agent.look(self._terms.deadline)
            self._standing = dialogs(self.view.screen)
            self._old = notices(self.view.screen)
            while True:
                if len(self.steps) >= self._terms.max_steps:
                    return self._ended("steps")
                if ended := self._step(self.view):
                    return ended
        except TooLate as late:
            return self._ended("deadline", self._hidden(str(late)))
        except PageLost as lost:
            return self._ended("page", self._hidden(str(lost)))
        except Broke as broke:
            return self._ended("policy", self._hidden(str(broke)))

    def _ended(self, how: str, told: str = "") -> Ended:
        return Ended(how, told, self._wrote, self.sure)

    def _hidden(self, text: str) -> str:
        return self._agent.slots.hidden(text)

    def _step(self, view: View) -> Ended | None:
        """Takes one step; returns how the run ended, None while it goes on."""
        begun, agent, terms = time.monotonic(), self._agent, self._terms
        if agent.wire.in_doubt:
            # What was sent has not been answered: it gets more time before anything is decided.
            view = self._late(view)
        left = terms.max_steps - len(self.steps)
        screen = without(view.screen, self._ignored) if self._ignored else view.screen
        if self._old and not self._wrote:
            screen = unsaid(screen, self._old)  # they are about what was done before this run
        seen = Observation(terms.goal, screen, self._said, left, self._past)
        decision = agent.mind.decide(agent.slots.spoken(seen), terms.deadline)
        _in_time(terms.deadline)
        self.sure = decision.sure
        chosen = decision.action._replace(text=self._hidden(decision.action.text))
        action = agent.slots.snapped(chosen, terms.goal)
        scene = Scene.of(view.screen, action.ref, agent.attributes(action.ref))
        what = classed(action, scene, agent.border.origins, view.url)
        self.shots.append(agent.shot(view, action.ref))
        self._deeds[view.screen, action] += 1
        barred = self._barred(action, scene, what, view)
        ended, done = None, False
        if barred:
            what = what._replace(why=f"{barred.why} ({what.why})")
            self._said = f"Not done: {barred.why}"
            ended = self._ended(barred.how, barred.why) if barred.how else None
        elif action.op in ENDS:
            self._late(view)
            self._said, done = "", True
            self.answer = action.text if action.op == "answer" else None
            ended = self._ended(action.op)
        number = len(self.steps) + 1
        try:
            if not barred and ended is None:
                done = True
                ended = self._do(number, action, scene, what, view)
        finally:
            # However it ends, what was chosen is told.
            self._keep(number, action, scene, what, view, done, time.monotonic() - begun)
        return ended

    def _keep(
        self,
        number: int,
        action: Action,
        scene: Scene,
        what: Classed,
        view: View,
        done: bool,
        seconds: float,
    ) -> None:
        role, name = scene.node.role, scene.node.name
        self.steps.append(
            Step(
                number, action, role, name, what.kind, what.why, done, self._said, self.sure,
                view.url, seconds,
            )
        )  # fmt: skip
        self._past = (*self._past, Past(action.op, name, action.text, self._said))
        self._agent.watched(self)

    def _barred(self, action: Action, scene: Scene, what: Classed, view: View) -> Barred | None:
        """Says why an action may not be done; None if it may, with whatever approval it needs."""
        guard, agent, terms = self._terms.guard, self._agent, self._terms
        if self._deeds[view.screen, action] > MOST_REPEATED and action.op not in ENDS:
            return Barred(f"{MOST_REPEATED} times the same on the same screen", "circles")
        if told := hearsay(action, scene.node, what.kind, view.screen, terms.goal):
            return self._turned_down(action, f"only a text on the page asks for this: {told!r}")
        if unasked(action, scene, self._standing, terms.goal):
            return self._turned_down(
                action, f"nobody asked for this dialog: {scene.dialog[:160]!r}"
            )
        if action.op == "fill" and (why := agent.slots.barred(action.text, agent.at(action.ref))):
            return self._turned_down(action, why)
        rule: Rule = guard.rule(what.kinds)
        if what.leaves and rule == "do":
            rule = "ask"
        why = what.why
        if rule == "refuse":
            return self._turned_down(action, f"the guard refuses what is {what.kind}: {what.why}")
        if self._doubt and self._doubt.is_about(action, scene, what):
            if guard.on_uncertain == "abstain":
                told = f"it may have been done already: {self._called(action, scene)}"
                return Barred(told, "unsure")
            rule, why = "ask", "it may have been done already"
        unsure = self.sure is not None and self.sure < terms.abstain
        if unsure and IRREVERSIBLE & set(what.kinds):
            if guard.on_uncertain == "abstain":
                told = (
                    f"{self.sure:.0%} before something {what.kind}: {self._called(action, scene)}"
                )
                return Barred(told, "unsure")
            rule, why = "ask", f"the judge gives it {self.sure:.0%}; {what.why}"
        return self._asked(action, scene, what._replace(why=why), view) if rule == "ask" else None

    def _asked(self, action: Action, scene: Scene, what: Classed, view: View) -> Barred | None:
        """Asks a person; looks again afterwards, for a page may change while somebody thinks."""
        called = self._called(action, scene)
        if not self._approvals.possible:
            return Barred(
                f"nobody is there to approve what is {what.kind}: {called}, {what.why}", "withheld"
            )
        if not self._approvals.ask(action, scene, what, view.url):
            return Barred(f"{called} was not approved", "withheld")
        _in_time(self._terms.deadline)
        self.view = now = self._agent.look(self._terms.deadline)
        found = Scene.of(now.screen, action.ref, self._agent.attributes(action.ref))
        if not self._approvals.use(action, found, now.url):
            return Barred("the page has changed since this was approved")
        if what.leaves:
            self._agent.border.permit(what.leaves)
        return None

    def _turned_down(self, action: Action, why: str) -> Barred:
        key = repr(action)
        self._refused[key] = self._refused.get(key, 0) + 1
        return Barred(why, "refused" if self._refused[key] >= MOST_REFUSED else "")

    def _called(self, action: Action, scene: Scene) -> str:
        return f'{action.op} {scene.node.role} "{scene.node.name[:60]}"'

    def _do(
        self, number: int, action: Action, scene: Scene, what: Classed, view: View
    ) -> Ended | None:
        """Does an action and looks at what came of it; that may be all that was wanted."""
        agent, deadline = self._agent, self._terms.deadline
        writes = what.kind != "reads"
        self._said = f"The run ended in the middle of this; {IN_DOUBT.partition('; ')[2]}"
        agent.wire.mark()
        try:
            after = agent.do(action, deadline)
        except PageLost as lost:
            self._lost(action, scene, writes, lost)
            after = agent.reopened(view.url, deadline)
        else:
            self._said = after.feedback
        self._wrote = self._wrote or writes
        if turned := agent.border.look_back():
            self._said = f"{turned}. {self._said}".strip()
        self._last = Last(number, action, scene.node.name, what.kind)
        self._notice(view, after)
        self.view = after
        if self._doubt and self._doubt == Doubt.of(action, scene) and self._terms.reached():
            return self._ended("done")
        return None

    def _notice(self, before: View, after: View) -> None:
        """Takes in what the last action changed; some of it may come late."""
        if self._last is None:
            return
        number, action, name, kind = self._last
        seen = effects(action, name, before, after, self._drafts) + self._agent.arrived()
        self.effects += [Effect(what, told, number, kind) for what, told in seen]

    def _late(self, view: View) -> View:
        """Looks again, for what the last action changed and did not show at once."""
        now = self._agent.look(self._terms.deadline)
        self._notice(view, now)
        if now.feedback and self._past and not self._said:
            self._said = now.feedback
            self._past = (*self._past[:-1], self._past[-1]._replace(said=now.feedback))
        self.view = now
        return now

    def _lost(self, action: Action, scene: Scene, writes: bool, lost: PageLost) -> None:
        """Takes in that the page was lost while something was done."""
        self._losses += 1
        self._said = f"{lost}. It was opened again"
        if self._losses > MOST_LOSSES:
            raise lost
        wire = self._agent.wire
        # A page that is gone may have sent what it could no longer tell.
        if writes and (wire.wrote or wire.in_doubt or self._agent.tab.lost):
            self._said = f"{lost}. {IN_DOUBT}"
            self._doubt = Doubt.of(action, scene)


def _in_time(deadline: float | None) -> None:
    if deadline is not None and time.monotonic() > deadline:
        raise TooLate("The deadline passed before the next step")
