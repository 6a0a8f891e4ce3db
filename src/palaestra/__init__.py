"""Palaestra: simulated offices in which agents train by self-play until they can be trusted.

Importing the package is quick and does nothing; the parts are imported where they are used:
`palaestra.kit` to write an application, `palaestra.gyms` to find one, `palaestra.make` to act in
one by Gymnasium's rules, `palaestra.exams` to examine a policy, `palaestra.Agent` to put one to
work in a browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palaestra.agent import Agent as Agent
    from palaestra.agent import Approval as Approval
    from palaestra.agent import AsyncAgent as AsyncAgent
    from palaestra.agent import CouldNotTell as CouldNotTell
    from palaestra.agent import Guard as Guard
    from palaestra.agent import Result as Result
    from palaestra.agent import Secret as Secret
    from palaestra.agent import Workflow as Workflow
    from palaestra.faces.tree import TreeEnv

__version__ = "0.1.0"
AT_WORK = (
    "Agent", "Approval", "AsyncAgent", "CouldNotTell", "Guard", "Result", "Secret", "Workflow",
)  # fmt: skip
"""Names of `palaestra.agent` that are here as well, and are imported when they are asked for."""


def __getattr__(name: str) -> Any:
    if name in AT_WORK:
        from palaestra import agent

        return getattr(agent, name)
    raise AttributeError(f"module 'palaestra' has no attribute {name!r}")


def make(
    gym: str,
    *,
    split: str = "practice",
    seed: int | None = None,
    skin: int | None = None,
    disturbance: int | None = None,
    size: int | None = None,
    render_mode: str | None = None,
) -> TreeEnv:
    """Returns a Gymnasium environment of a gym's tasks.

    Args:
        gym: Name of a gym ("accounting"), of a family of generated ones ("procedural"), or of one
            of its applications ("procedural:17").
        split: What the tasks are made of; see `palaestra.tasks.splits`.
        seed: Decides the tasks until `reset` is given another seed.
        skin: The look of all tasks, 0 for the plain one; the split decides if left out.
        disturbance: What goes wrong in all tasks, 0 for nothing; the split decides if left out.
        size: About how many records there are, 10 to 100,000; the gym decides if left out.
        render_mode: "ansi" to make `render` return the screen as text.

    Raises:
        UsageError: If there is no such gym, split or render mode.
    """
    from palaestra import gyms
    from palaestra.faces.tree import TreeEnv
    from palaestra.gyms.drawing import draw
    from palaestra.kit import Session
    from palaestra.tasks import splits

    made_of = splits.find(split)
    asked = {"skin": skin, "disturbance": disturbance, "size": size}
    fixed = {name: number for name, number in asked.items() if number is not None}
    if ":" in gym or not gyms.is_family(gym):
        Session(gyms.find(gym), **fixed)  # tells at once what is wrong with the numbers
    return TreeEnv(
        lambda task_seed: next(draw(gym, made_of, task_seed, 1, fixed)),
        gyms.find,
        seed=seed,
        render_mode=render_mode,
    )


def register() -> None:
    """Makes every gym known to Gymnasium, as "palaestra/accounting-v0" and so on.

    Then `gymnasium.make` and `gymnasium.make_vec` take these ids, and what `palaestra.make` takes.
    """
    import gymnasium

    from palaestra import gyms

    for name in gyms.names():
        if f"palaestra/{name}-v0" not in gymnasium.registry:
            gymnasium.register(f"palaestra/{name}-v0", "palaestra:make", kwargs={"gym": name})
