"""Attempts at MiniWoB++'s problems, some of them side by side in one browser.

Whoever chooses the actions is asked for all that are open at once, as a network likes best.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from palaestra.browser.chromium import Chromium
from palaestra.browser.episode import PageEpisode
from palaestra.browser.miniwob.page import Problem
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost
from palaestra.types import Action, Observation

STEPS = 20
"""Actions that an attempt may take: the longest of these tasks take about fourteen."""
TABS = 4

Chosen = TypeVar("Chosen")


@dataclass
class Played(Generic[Chosen]):
    """An attempt.

    Attributes:
        name: The task.
        seed: Which problem.
        goal: What was wanted.
        told: What was seen, and what was chosen there.
        actions: What was done.
        ended: "page", "steps", or what broke: the name of an error.
        reward: What it was worth; None where it could not be scored.
    """

    name: str
    seed: int
    goal: str = ""
    told: list[tuple[Observation, Chosen]] = field(default_factory=list)
    actions: tuple[Action, ...] = ()
    ended: str = ""
    reward: float | None = None


class Player(Generic[Chosen]):
    """Plays in the tabs of one browser."""

    def __init__(
        self,
        chromium: Chromium,
        site: str,
        choose: Callable[[Sequence[Observation]], Sequence[Chosen]],
        action: Callable[[Chosen], Action],
        *,
        steps: int = STEPS,
        tabs: int = TABS,
    ) -> None:
        """Opens nothing yet.

        Args:
            chromium: Where.
            site: Address of the pages.
            choose: Chooses for some observations at once.
            action: Returns the action of a choice.
            steps: Actions that an attempt may take.
            tabs: How many are open at a time.
        """
        self._chromium, self._site, self._steps, self._most = chromium, site, steps, tabs
        self._choose, self._action = choose, action
        self._free: list[Tab] = []

    def play(self, problems: Iterable[tuple[str, int]]) -> list[Played[Chosen]]:
        """Attempts problems, each once.

        Args:
            problems: Names of tasks, and seeds.

        Returns:
            What came of each, in their order.

        Raises:
            PageLost: If the whole browser is lost.
        """
        waiting = deque(Played[Chosen](name, seed) for name, seed in problems)
        everything = list(waiting)
        live: list[tuple[Played[Chosen], PageEpisode]] = []
        try:
            while waiting or live:
                while waiting and len(live) < self._most:
                    played = waiting.popleft()
                    live.append((played, self._begin(played)))
                seen = [episode.observe() for _, episode in live]
                for (played, episode), saw, chosen in zip(
                    live, seen, self._choose(seen), strict=True
                ):
                    played.told.append((saw, chosen))
                    self._step(played, episode, self._action(chosen))
                live = [one for one in live if not one[0].ended]
        finally:
            for _, episode in live:
                episode.tab.close()
        return everything

    def _begin(self, played: Played[Chosen]) -> PageEpisode:
        tab = self._free.pop() if self._free else self._chromium.open()
        problem = Problem(tab, self._site, played.name, played.seed)
        played.goal = problem.goal
        return PageEpisode(tab, problem.goal, tab.look(), problem.judge, max_steps=self._steps)

    def _step(self, played: Played[Chosen], episode: PageEpisode, action: Action) -> None:
        try:
            episode.step(action)
        except PageLost:
            played.actions, played.ended = episode.actions, PageLost.__name__
            episode.tab.close()
            return
        if episode.ended:
            played.actions, played.ended = episode.actions, episode.ended
            played.reward = episode.reward
            self._free.append(episode.tab)

    def close(self) -> None:
        """Closes the tabs."""
        while self._free:
            self._free.pop().close()
