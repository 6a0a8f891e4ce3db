from __future__ import annotations

import re
from typing import Any

import gymnasium as gym
import pytest
from gymnasium.vector import AsyncVectorEnv, SyncVectorEnv

from palaestra.errors import GymError, UsageError
from palaestra.faces.tree import TreeEnv
from palaestra.kit import App, Record, Session, text
from palaestra.kit.outline import outline
from palaestra.tasks import spaces
from palaestra.tasks.task import Task
from palaestra.types import OPS, Action, Command
from tests.apps import expenses
from tests.testing.test_conformance import TASKS

APPS = {"expenses": expenses}


def draw(seed: int) -> Task:
    return TASKS[seed % len(TASKS)]


def new_env(**options: Any) -> TreeEnv:
    return TreeEnv(draw, APPS.__getitem__, **options)


def encoded(env: TreeEnv, action: Action) -> dict[str, Any]:
    refs = list(env.episode.session.targets())
    element = refs.index(action.ref) if action.ref else 0
    return {"op": OPS.index(action.op), "element": element, "text": action.text}


def act(op: str, element: int = 0, said: str = "") -> dict[str, Any]:
    return {"op": OPS.index(op), "element": element, "text": said}  # type: ignore[arg-type]


@pytest.mark.parametrize("task", TASKS[:20], ids=lambda task: task.goal[:30])
def test_the_oracle_earns_one_at_the_end_and_nothing_before(task: Task) -> None:
    env = new_env()
    seen, info = env.reset(options={"task": task})
    assert (seen["goal"], info["task"]) == (task.goal, task.id)
    rewards = []
    for action in task.oracle:
        seen, reward, terminated, truncated, info = env.step(encoded(env, action))
        assert seen in env.observation_space
        rewards.append(reward)
    assert rewards == [0.0] * (len(rewards) - 1) + [1.0]
    assert (terminated, truncated) == (True, False)
    assert info["success"] is True
    assert (info["progress"], info["side_effects"]) == (1.0, ())


def test_doing_nothing_earns_nothing() -> None:
    env = new_env()
    env.reset(seed=1)
    _, reward, terminated, truncated, info = env.step(act("done"))
    assert (reward, terminated, truncated, info["success"]) == (0.0, True, False, False)


def test_all_that_was_asked_and_something_else_earns_nothing() -> None:
    env = new_env()
    task = next(task for task in TASKS if task.kind == "create")
    env.reset(options={"task": task})
    for action in task.oracle[:-1]:
        env.step(encoded(env, action))
    env.episode.session.run(Command("create", "employee", 0, (("name", "Ada"), ("grade", 1))))
    _, reward, _, _, info = env.step(act("done"))
    assert (reward, info["success"], info["progress"]) == (0.0, False, 1.0)
    assert info["side_effects"]


def test_an_episode_without_an_end_is_truncated() -> None:
    env = new_env()
    seen, _ = env.reset(seed=1)
    for left in range(seen["steps_left"] - 1, -1, -1):
        seen, reward, terminated, truncated, info = env.step(act("back"))
        assert seen["steps_left"] == left
        assert truncated is (left == 0)
    assert (reward, terminated, info["ended"], info["reason"]) == (
        0.0,
        False,
        "steps",
        "ran out of steps",
    )


def test_a_number_in_the_text_is_the_element() -> None:
    env = new_env()
    seen, _ = env.reset(seed=1)
    number = int(re.search(r"\[(\d+)\] link Claims", seen["screen"])[1])  # type: ignore[index]
    seen, *_ = env.step(act("click", number))
    assert "heading Claims" in seen["screen"]


@pytest.mark.parametrize("element", [511, 10_000, -1])
def test_an_element_that_is_not_there_costs_a_step(element: int) -> None:
    env = new_env()
    before, _ = env.reset(seed=1)
    seen, *_ = env.step(act("click", element))
    assert seen["feedback"] == f"There is no element '[{element}]' on this screen"
    assert seen["steps_left"] == before["steps_left"] - 1


@pytest.mark.parametrize(
    "action",
    [
        {}, None, 7, {"op": 0, "element": 0}, act("click") | {"op": 99}, act("click") | {"op": -1},
        act("click") | {"text": 5}, act("click") | {"element": "first"},
    ],
)  # fmt: skip
def test_what_is_no_action_is_refused_and_costs_nothing(action: Any) -> None:
    env = new_env()
    before, _ = env.reset(seed=1)
    with pytest.raises(UsageError, match="An action is a member of"):
        env.step(action)
    assert env.episode.steps_left == before["steps_left"]


def test_a_megabyte_of_text_is_feedback() -> None:
    env = new_env()
    env.reset(seed=1)
    search = list(env.episode.session.targets()).index("search")
    seen, *_ = env.step(act("fill", search, "x" * 1_000_000))
    assert "longer than" in seen["feedback"]


def test_seeds_decide_the_tasks() -> None:
    def goals(env: TreeEnv, seed: int | None) -> list[str]:
        return [env.reset(seed=seed)[0]["goal"], *(env.reset()[0]["goal"] for _ in range(5))]

    assert goals(new_env(), 3) == goals(new_env(), 3) == goals(new_env(seed=3), None)
    assert goals(new_env(), 3) != goals(new_env(), 4)


def test_before_the_start_and_after_the_end_a_reset_is_needed() -> None:
    env = new_env()
    with pytest.raises(gym.error.ResetNeeded):
        env.step(act("done"))
    env.reset(seed=1)
    env.step(act("done"))
    with pytest.raises(gym.error.ResetNeeded):
        env.step(act("done"))


def test_unknown_options_and_render_modes_are_refused() -> None:
    with pytest.raises(UsageError, match="only option is 'task'"):
        new_env().reset(options={"goal": "x"})
    with pytest.raises(UsageError, match="no render mode 'human'"):
        new_env(render_mode="human")


def test_rendering_shows_goal_and_screen() -> None:
    env = new_env(render_mode="ansi")
    env.reset(seed=1)
    drawn = env.render()
    assert drawn == f"{env.episode.task.goal}\n\n{outline(env.episode.session.screen())}"
    env = new_env()
    env.reset(seed=1)
    assert env.render() is None


def test_an_application_that_breaks_is_unscored_and_raises_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env = new_env()
    env.reset(seed=1)

    def broken(self: Session) -> None:
        raise GymError("expenses: submit claim failed")

    monkeypatch.setattr(Session, "screen", broken)
    seen, reward, terminated, truncated, info = env.step(act("back"))
    assert seen in env.observation_space
    assert (reward, terminated, truncated) == (0.0, False, True)
    assert info == {"unscored": "expenses: submit claim failed", "ended": "GymError"}
    with pytest.raises(gym.error.ResetNeeded):
        env.step(act("done"))


def test_a_screen_of_any_length_and_any_characters_is_in_the_space(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spaces, "MAX_SCREEN", 2_000)
    app = App("long", title="Łódź 🏢")

    @app.record(key="name", seeds=(9, 9))
    class Entry(Record):
        name: str = text("person")
        note: str = text(["日本語 " * 120])

    env = TreeEnv(draw, lambda name: app)
    seen, _ = env.reset()
    assert seen in env.observation_space
    assert "日本語" in seen["screen"]
    assert len(seen["screen"]) == 2_000


def test_environments_run_side_by_side() -> None:
    vector = SyncVectorEnv([new_env, new_env, new_env])
    seen, _ = vector.reset(seed=5)
    assert len(seen["screen"]) == 3
    vector.action_space.seed(5)
    for _ in range(10):
        seen, *_ = vector.step(vector.action_space.sample())
        assert all(isinstance(screen, str) and screen for screen in seen["screen"])
    vector.close()


def test_shared_memory_is_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="shared_memory=False"):
        AsyncVectorEnv([new_env])
