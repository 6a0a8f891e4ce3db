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

from collections.abc import Callable
from typing import Any

from palaestra.errors import GymError, UsageError
from palaestra.kit.app import App
from palaestra.kit.outline import outline
from palaestra.tasks import spaces
from palaestra.tasks.environment import Environment
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task


class TreeEnv(Environment[Episode]):
    """Tasks one after the other, as a Gymnasium environment.

    Observations are a dict: "goal", "screen" and "feedback" as text (a screen of more than
    `spaces.MAX_SCREEN` characters is cut), "steps_left" as a whole number. Actions are a dict: "op"
    (place in `types.OPS`), "element" (its number in the screen's text; one that is not there costs
    a step) and "text". The reward is 1.0 at the end of an episode that the verifier calls a clean
    success, and else 0.0. At the end `info` has the verdict ("success", "progress", "side_effects",
    "reason") and "ended"; where the application itself broke, the episode is truncated and `info`
    has "unscored" (what broke) instead: leave such an episode out, its reward means nothing.
    """

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
        super().__init__(seed, render_mode)
        self._tasks, self._find = tasks, find

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
        self._reseed(seed)
        options = options or {}
        if options.keys() - {"task"}:
            raise UsageError(f"The only option is 'task'; got {', '.join(map(str, options))}")
        task = options.get("task") or self._tasks(self._draw())
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
        episode = self._running()
        try:
            episode.step(spaces.read(action, self._usable))
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

    def _observe(self) -> dict[str, Any]:
        seen = self.episode.observe()
        text, self._usable = self.episode.session.picture().numbered()
        return spaces.seen(seen.goal, text, seen.feedback, seen.steps_left)

    def _blank(self) -> dict[str, Any]:
        """Returns what is seen of an application that broke: nothing but the goal."""
        return spaces.seen(self.episode.task.goal, "", "", 0)
