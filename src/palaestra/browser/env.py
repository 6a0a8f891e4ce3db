"""Any page as a Gymnasium environment: the same spaces as an office's (`faces.tree`).

    def start(tab, seed):
        tab.goto(f"http://127.0.0.1:8000/?seed={seed}")
        return "Put the red umbrella into the basket"

    def judge(tab):
        full = tab.page.evaluate("basket.some((item) => item.name === 'Red umbrella')")
        return Judgement(float(full), full)

    with BrowserEnv("http://127.0.0.1:8000", reset=start, reward=judge) as env: ...

Where the page starts and what it is worth are for the two callables to say, never for the agent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from palaestra.browser.chromium import Chromium
from palaestra.browser.episode import Judge, PageEpisode, unjudged
from palaestra.browser.tab import Tab
from palaestra.errors import PageLost, UsageError
from palaestra.kit.outline import numbered, outline
from palaestra.tasks import spaces
from palaestra.tasks.environment import Environment

STEPS = 60

Begin = Callable[[Tab, int], str]
"""Brings a page to where an episode starts, as the seed decides, and returns the goal in words."""


class BrowserEnv(Environment[PageEpisode]):
    """Attempts on a page, one after the other.

    Observations and actions are those of `faces.tree.TreeEnv`. The reward of a step is by how much
    it raised what the page is worth. An episode is terminated where the page says so; it is
    truncated where the steps or the seconds run out, or the page is lost (`info` has "unscored"
    then: leave such an episode out). `info` always has the page's "url" and "title", and at the end
    "ended".
    """

    def __init__(
        self,
        url: str,
        reset: Begin | None = None,
        reward: Judge = unjudged,
        *,
        goal: str = "",
        max_steps: int = STEPS,
        max_seconds: float | None = None,
        seed: int | None = None,
        chromium: Chromium | None = None,
        headless: bool = True,
        render_mode: str | None = None,
    ) -> None:
        """Makes an environment; `reset` begins the first episode.

        Args:
            url: Where the page is.
            reset: Brings the page to its start; if left out, `url` is loaded anew.
            reward: Says what an attempt is worth.
            goal: What is wanted, where `reset` does not say.
            max_steps: Actions that an episode may take.
            max_seconds: Wall time that it may take; None for any.
            seed: Decides the episodes until `reset` is given another seed.
            chromium: The browser to use, which stays open; if left out, one is opened and closed.
            headless: Whether the browser that is opened is invisible.
            render_mode: "ansi" to make `render` return the screen as text; None for no rendering.

        Raises:
            UsageError: If there is no Chromium, or no such way to render, or a limit is no limit.
        """
        super().__init__(seed, render_mode)
        if max_steps < 1 or (max_seconds is not None and max_seconds <= 0):
            raise UsageError("An episode must be allowed at least one step, and some time")
        self._url, self._goal = url, goal
        self._begin, self._judge = reset, reward
        self._max_steps, self._max_seconds = max_steps, max_seconds
        self._own = None if chromium else Chromium.launch(headless=headless)
        self._chromium = chromium or self._own
        self._tab: Tab | None = None

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Begins an episode, in a page of its own.

        Args:
            seed: Decides this episode and those after it.
            options: None are known.

        Raises:
            PageLost: If the page cannot be reached.
            UsageError: If an option is given.
        """
        self._reseed(seed)
        if options:
            raise UsageError(f"There are no options; got {', '.join(map(str, options))}")
        if self._tab is not None:
            self._tab.close()
        assert self._chromium is not None
        tab = self._tab = self._chromium.open(fresh=True)
        drawn = self._draw()
        goal = self._goal
        if self._begin is None:
            view = tab.goto(self._url)
        else:
            goal = self._begin(tab, drawn) or goal
            view = tab.look()
        deadline = None if self._max_seconds is None else time.monotonic() + self._max_seconds
        self._episode = PageEpisode(
            tab, goal, view, self._judge, max_steps=self._max_steps, deadline=deadline
        )
        return self._observe(), {**self._info(), "seed": drawn}

    def step(
        self, action: dict[str, Any]
    ) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
        """Takes one action.

        Raises:
            ResetNeeded: If no episode runs.
            UsageError: If the action is not in the action space's form.
        """
        episode = self._running()
        done, before = spaces.read(action, self._usable), episode.reward
        try:
            episode.step(done)
        except PageLost as lost:
            episode.ended = "PageLost"
            info = {**self._info(), "unscored": str(lost), "ended": episode.ended}
            return spaces.seen(episode.goal, "", "", 0), 0.0, False, True, info
        ended = self.episode.ended
        info = {**self._info(), "ended": ended} if ended else self._info()
        over, cut = ended == "page", ended not in ("", "page")
        return self._observe(), episode.reward - before, over, cut, info

    def render(self) -> str | None:
        """Returns goal and screen as text for people, in render mode "ansi"."""
        if self.render_mode is None:
            return None
        return f"{self.episode.goal}\n\n{outline(self.episode.view.screen)}"

    def close(self) -> None:
        """Closes the page, and the browser if it was opened here."""
        if self._tab is not None:
            self._tab.close()
            self._tab = None
        if self._own is not None:
            self._own.close()
            self._own = self._chromium = None

    def _observe(self) -> dict[str, Any]:
        seen = self.episode.observe()
        text, self._usable = numbered(seen.screen)
        return spaces.seen(seen.goal, text, seen.feedback, seen.steps_left)

    def _info(self) -> dict[str, Any]:
        return {"url": self.episode.view.url, "title": self.episode.view.title}
