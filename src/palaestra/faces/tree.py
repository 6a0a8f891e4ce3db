"""The tree face for learning libraries: a Gymnasium environment over Episodes.

The fast plain way to the same thing is `tasks.episode.Episode` itself: it observes Nodes, takes
Actions, forks in a microsecond, and needs no environment at all:

    episode = Episode(task, app)
    while not episode.ended:
        episode.step(policy(episode.observe()))
    episode.verdict()

Here, observations are text (`kit.outline.numbered`) and elements are named by their number in it.
Nothing here knows where tasks come from (`palaestra.make` does).
"""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any, Never

import gymnasium as gym
from gymnasium import spaces
from gymnasium.vector.utils import create_shared_memory

from palaestra.errors import GymError, UsageError
from palaestra.kit.app import App
from palaestra.kit.outline import outline
from palaestra.kit.session import MAX_TYPED
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.types import OPS, Action, Node

MAX_SCREEN = 1 << 16
MAX_ELEMENTS = 512
SEEDS = 1 << 31


class Words(spaces.Text):
    """Any text up to a length; samples are made of printable ASCII, but every character belongs."""

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length, min_length=0, charset=string.printable[:95])

    def contains(self, x: Any) -> bool:
        """Says whether `x` is text that is not too long."""
        return isinstance(x, str) and len(x) <= self.max_length

    def __repr__(self) -> str:
        return f"Words({self.max_length})"


@create_shared_memory.register(Words)
def _no_shared_memory(space: Words, n: int = 1, ctx: Any = None) -> Never:
    # Gymnasium shares texts as arrays of a fixed alphabet; from this error it makes the advice to
    # pass vector_kwargs={"shared_memory": False}.
    raise gym.error.CustomSpaceError("Text of any characters cannot be put into shared memory")


class TreeEnv(gym.Env[dict[str, Any], dict[str, Any]]):
    """Tasks one after the other, as a Gymnasium environment.

    Observations are a dict: "goal", "screen" and "feedback" as text (a screen of more than
    `MAX_SCREEN` characters is cut), "steps_left" as a whole number. Actions are a dict: "op" (place
    in `types.OPS`), "element" (its number in the screen's text; one that is not there costs a step)
    and "text". The reward is 1.0 at the end of an episode that the verifier calls a clean success,
    and else 0.0. At the end `info` has the verdict ("success", "progress", "side_effects",
    "reason") and "ended"; where the application itself broke, the episode is truncated and `info`
    has "unscored" (what broke) instead: leave such an episode out, its reward means nothing.
    """

    # Gymnasium wants to know how often to draw, even text.
    metadata: dict[str, Any] = {"render_modes": ["ansi"], "render_fps": 1}  # noqa: RUF012

    def __init__(
        self,
        tasks: Callable[[int], Task],
        find: Callable[[str], App],
        *,
        seed: int | None = None,
        render_mode: str | None = None,
    ) -> None:
        """Makes an environment; `reset` begins the first episode.

        Args:
            tasks: Draws a task from a seed; the same seed gives the same task.
            find: Returns the application of a task by name.
            seed: Decides the tasks until `reset` is given another seed.
            render_mode: "ansi" to make `render` return the screen as text; None for no rendering.

        Raises:
            UsageError: If there is no such way to render.
        """
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise UsageError(f"There is no render mode {render_mode!r}; there is 'ansi'")
        self.render_mode = render_mode
        self._tasks, self._find, self._seed = tasks, find, seed
        self._episode: Episode | None = None
        self._usable: list[Node] = []
        self.observation_space = spaces.Dict({
            "goal": Words(MAX_TYPED),
            "screen": Words(MAX_SCREEN),
            "feedback": Words(MAX_TYPED),
            "steps_left": spaces.Discrete(SEEDS),
        })  # fmt: skip
        self.action_space = spaces.Dict({
            "op": spaces.Discrete(len(OPS)),
            "element": spaces.Discrete(MAX_ELEMENTS),
            "text": Words(MAX_TYPED),
        })  # fmt: skip

    @property
    def episode(self) -> Episode:
        """Returns the episode that runs or has just ended.

        Raises:
            ResetNeeded: If none was begun.
        """
        if self._episode is None:
            raise gym.error.ResetNeeded("Call reset() before anything else")
        return self._episode

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Begins an episode.

        Args:
            seed: Decides this task and those after it.
            options: {"task": a Task} to attempt that one; nothing else is known.

        Raises:
            UsageError: If an option is unknown.
        """
        super().reset(seed=self._seed if seed is None else seed)
        self._seed = None
        options = options or {}
        if options.keys() - {"task"}:
            raise UsageError(f"The only option is 'task'; got {', '.join(map(str, options))}")
        task = options.get("task") or self._tasks(int(self.np_random.integers(SEEDS)))
        self._episode = Episode(task, self._find(task.start.app))
        return self._observe(), {"task": task.id, "kind": task.kind, "app": task.start.app}

    def step(
        self, action: dict[str, Any]
    ) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
        """Takes one action.

        Raises:
            ResetNeeded: If no episode runs.
            UsageError: If the action is not in the action space's form.
        """
        episode = self.episode
        if episode.ended:
            raise gym.error.ResetNeeded("The episode is over; call reset()")
        try:
            episode.step(self._read(action))
            observation = self._observe()
            if not episode.ended:
                return observation, 0.0, False, False, {}
            verdict = episode.verdict()
        except GymError as bug:
            episode.ended = "GymError"
            return self._blank(), 0.0, False, True, {"unscored": str(bug), "ended": "GymError"}
        info = {
            "success": verdict.success,
            "progress": verdict.progress,
            "side_effects": verdict.side_effects,
            "reason": verdict.reason,
            "ended": episode.ended,
        }
        out_of_steps = episode.ended == "steps"
        return observation, float(verdict.success), not out_of_steps, out_of_steps, info

    def render(self) -> str | None:
        """Returns goal and screen as text for people, in render mode "ansi"."""
        if self.render_mode is None:
            return None
        episode = self.episode
        return f"{episode.task.goal}\n\n{outline(episode.session.screen())}"

    def _read(self, action: dict[str, Any]) -> Action:
        try:
            op, element, text = int(action["op"]), int(action["element"]), action["text"]
            name = OPS[op] if op >= 0 else None
        except (IndexError, KeyError, TypeError, ValueError):
            name = None
        if name is None or not isinstance(text, str):
            raise UsageError(
                f"An action is a member of {self.action_space}; got {str(action)[:200]}"
            )
        known = 0 <= element < len(self._usable)
        return Action(name, self._usable[element].ref if known else f"[{element}]", text)

    def _observe(self) -> dict[str, Any]:
        seen = self.episode.observe()
        text, self._usable = self.episode.session.picture().numbered()
        return {
            "goal": seen.goal[:MAX_TYPED],
            "screen": text[:MAX_SCREEN],
            "feedback": seen.feedback[:MAX_TYPED],
            "steps_left": seen.steps_left,
        }

    def _blank(self) -> dict[str, Any]:
        """Returns what is seen of an application that broke: nothing but the goal."""
        return {
            "goal": self.episode.task.goal[:MAX_TYPED],
            "screen": "",
            "feedback": "",
            "steps_left": 0,
        }
