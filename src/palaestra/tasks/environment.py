"""What every Gymnasium environment of ours is: text to see, an episode that runs, a way to render.

What an episode is about, and what it is worth, say those that are made of it: an office's
(`faces.tree`) and a page's (`browser.env`).
"""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

import gymnasium as gym

from palaestra.errors import UsageError
from palaestra.tasks import spaces
from palaestra.types import Node


class Attempt(Protocol):
    """What an environment runs.

    Attributes:
        ended: Why it is over; "" while it runs.
    """

    ended: str


E = TypeVar("E", bound=Attempt)


class Environment(gym.Env[dict[str, Any], dict[str, Any]], Generic[E]):
    """One attempt after the other, in the spaces of `tasks.spaces`."""

    # Gymnasium wants to know how often to draw, even text.
    metadata: dict[str, Any] = {"render_modes": ["ansi"], "render_fps": 1}  # noqa: RUF012

    def __init__(self, seed: int | None, render_mode: str | None) -> None:
        """Begins no episode.

        Args:
            seed: Decides the episodes until `reset` is given another seed.
            render_mode: "ansi" to make `render` return the screen as text; None for no rendering.

        Raises:
            UsageError: If there is no such way to render.
        """
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise UsageError(f"There is no render mode {render_mode!r}; there is 'ansi'")
        self.render_mode = render_mode
        self.observation_space, self.action_space = spaces.observations(), spaces.actions()
        self._seed = seed
        self._episode: E | None = None
        self._usable: list[Node] = []

    @property
    def episode(self) -> E:
        """Returns the episode that runs or has just ended.

        Raises:
            ResetNeeded: If none was begun.
        """
        if self._episode is None:
            raise gym.error.ResetNeeded("Call reset() before anything else")
        return self._episode

    def _running(self) -> E:
        """Returns the episode that runs.

        Raises:
            ResetNeeded: If none does.
        """
        if self.episode.ended:
            raise gym.error.ResetNeeded("The episode is over; call reset()")
        return self.episode

    def _reseed(self, seed: int | None) -> None:
        """Begins the stream of seeds anew where a seed is given, now or to the environment."""
        super().reset(seed=self._seed if seed is None else seed)
        self._seed = None

    def _draw(self) -> int:
        """Returns the seed of an episode."""
        return int(self.np_random.integers(spaces.SEEDS))
