"""A PageEpisode: one attempt at a goal on any page, from where somebody put the page to its end.

It is to a page what `tasks.episode` is to an office: it builds what a policy sees, and counts. What
came of it is read from the page by a callable that gets the Tab. What the agent claims counts for
nothing: `done`, `answer` and `ask` cost a step, and the page has not heard them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from palaestra.browser.tab import Tab, View
from palaestra.browser.unmasking import unmasked
from palaestra.errors import TooLate
from palaestra.kit.session import MAX_TYPED
from palaestra.types import Action, Observation, Past

SPOKEN = frozenset(("answer", "ask", "done"))
UNHEARD = "The page does not hear this: it goes on until the page is done with it"


class Judgement(NamedTuple):
    """What a page says of an attempt.

    Attributes:
        reward: What the attempt is worth up to here.
        over: Whether that is final.
    """

    reward: float = 0.0
    over: bool = False


Judge = Callable[[Tab], Judgement]
"""Reads from a page what an attempt is worth; it may look at everything and change nothing."""


def unjudged(tab: Tab) -> Judgement:
    """Says of every attempt that it is worth nothing yet and goes on."""
    return Judgement()


class PageEpisode:
    """One attempt.

    Attributes:
        goal: What is wanted, in words.
        view: The last look at the page.
        actions: What was done, in order.
        reward: What the page said that it is worth.
        ended: Why it is over: "page" (the page said so), "steps" or "seconds"; "" while it runs.
    """

    def __init__(
        self,
        tab: Tab,
        goal: str,
        view: View,
        judge: Judge = unjudged,
        *,
        max_steps: int,
        deadline: float | None = None,
    ) -> None:
        """Begins where the page is.

        Args:
            tab: Where the page is.
            goal: What is wanted.
            view: A look at the page as it is now.
            judge: Says what the attempt is worth.
            max_steps: Actions it may take.
            deadline: When it is over at the latest, as `time.monotonic` counts.
        """
        self.tab, self.goal, self.view = tab, goal, view
        self.max_steps, self.deadline = max_steps, deadline
        self.actions: tuple[Action, ...] = ()
        self.past: tuple[Past, ...] = ()
        self.feedback = view.feedback
        self.reward, self.ended = 0.0, ""
        self._judge = judge
        self._typed: dict[str, str] = {}

    @property
    def steps_left(self) -> int:
        """Returns how many actions are left."""
        return self.max_steps - len(self.actions)

    def observe(self) -> Observation:
        """Returns what the agent sees."""
        screen = unmasked(self.view.screen, self._typed) if self._typed else self.view.screen
        return Observation(self.goal, screen, self.feedback, self.steps_left, self.past)

    def step(self, action: Action) -> None:
        """Takes one action, and asks the page what that came to.

        Raises:
            PageLost: If the page is gone; the attempt cannot be scored then.
        """
        cut = MAX_TYPED + 1
        action = Action(action.op, action.ref[:cut], action.text[:cut])
        self.actions = (*self.actions, action)
        try:
            self._do(action)
            if not self.view.dialog:  # a page waits for its dialog and answers nothing meanwhile
                self.reward, over = self._judge(self.tab)
                self.ended = "page" if over else ""
        except TooLate:
            self.ended = "seconds"
        if not self.ended and self.deadline is not None and time.monotonic() >= self.deadline:
            self.ended = "seconds"
        if not self.ended and self.steps_left <= 0:
            self.ended = "steps"

    def _do(self, action: Action) -> None:
        if action.op in SPOKEN:
            if self.feedback != UNHEARD:  # who says it again has nothing new to see
                self.view, self.feedback = self.tab.look(self.deadline), UNHEARD
            return
        name = next((n.name for n in self.view.screen.walk() if n.ref and n.ref == action.ref), "")
        if action.op == "fill":
            self._typed[action.ref] = action.text
        self.view = self.tab.act(action, self.deadline)
        self.feedback = self.view.feedback
        self.past = (*self.past, Past(action.op, name, action.text, self.feedback))
