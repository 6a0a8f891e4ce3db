"""Attempts at MiniWoB++'s problems, some of them side by side in one browser.

Whoever chooses the actions is asked for all that are open at once, as a network likes best.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from palaestra.browser.chromium import Chromium
from palaestra.browser.episode import PageEpisode
from palaestra.browser.miniwob.page import Start
from palaestra.browser.moves import Move
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost
from palaestra.types import Action, Observation

STEPS = 20
"""Actions that an attempt may take: the longest of these tasks take about fourteen."""
TABS = 4

Chosen = TypeVar("Chosen")


class Problem(NamedTuple):
    """What is to be attempted.

    Attributes:
        name: The task.
        seed: Which problem of it.
        script: What is done before anybody is asked.
    """

    name: str
    seed: int
    script: tuple[Move, ...] = ()


@dataclass
class Played(Generic[Chosen]):
    """An attempt.

    Attributes:
        name: The task.
        seed: Which problem.
        goal: What was wanted.
        script: What is done first, unasked.
        told: What was seen, and what was chosen there; None where the script went on.
        actions: What was done.
        ended: "page", "steps", or what broke: the name of an error.
        reward: What it was worth; None where it could not be scored.
    """

    name: str
    seed: int
    script: tuple[Move, ...] = ()
    goal: str = ""
    told: list[tuple[Observation, Chosen | None]] = field(default_factory=list)
    actions: tuple[Action, ...] = ()
    ended: str = ""
    reward: float | None = None

    @property
    def won(self) -> bool:
        """Says whether the page called it a success."""
        return self.reward == 1.0

    @property
    def moves(self) -> tuple[Move, ...]:
        """Returns what was done, told so that it can be done again from the same seed."""
        pairs = zip(self.actions, self.told, strict=True)
        return tuple(Move.of(action, seen.screen) for action, (seen, _) in pairs)


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

    def play(self, problems: Iterable[Problem]) -> list[Played[Chosen]]:
        """Attempts problems, each once.

        Args:
            problems: Names of tasks, seeds, and what is done before anybody is asked.

        Returns:
            What came of each, in their order.

        Raises:
            PageLost: If the whole browser is lost.
        """
        waiting = deque(Played[Chosen](*problem) for problem in problems)
        everything = list(waiting)
        live: list[tuple[Played[Chosen], PageEpisode]] = []
        try:
            while waiting or live:
                while waiting and len(live) < self._most:
                    played = waiting.popleft()
                    live.append((played, self._begin(played)))
                seen = [episode.observe() for _, episode in live]
                asked = [one for one, (p, e) in zip(seen, live, strict=True) if not _scripted(p, e)]
                choices = iter(self._choose(asked) if asked else ())
                for (played, episode), saw in zip(live, seen, strict=True):
                    if move := _scripted(played, episode):
                        played.told.append((saw, None))
                        self._step(played, episode, move.on(saw.screen))
                    else:
                        chosen = next(choices)
                        played.told.append((saw, chosen))
                        self._step(played, episode, self._action(chosen))
                live = [one for one in live if not one[0].ended]
        finally:
            for _, episode in live:
                episode.tab.close()
        return everything

    def _begin(self, played: Played[Chosen]) -> PageEpisode:
        tab = self._free.pop() if self._free else self._chromium.open()
        start = Start(tab, self._site, played.name, played.seed)
        played.goal = start.goal
        return PageEpisode(tab, start.goal, tab.look(), start.judge, max_steps=self._steps)

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


def _scripted(played: Played[Any], episode: PageEpisode) -> Move | None:
    done = len(episode.actions)
    return played.script[done] if done < len(played.script) else None
