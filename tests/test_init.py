from __future__ import annotations

import subprocess
import sys

import gymnasium
import pytest
from gymnasium.utils.env_checker import check_env

import palaestra
from palaestra import gyms
from palaestra.errors import UsageError


@pytest.fixture(autouse=True)
def registered() -> None:
    palaestra.register()
    palaestra.register()


@pytest.mark.parametrize("name", gyms.names())
def test_every_gym_is_an_environment_by_gymnasiums_rules(name: str) -> None:
    check_env(gymnasium.make(f"palaestra/{name}-v0", render_mode="ansi").unwrapped)
    check_env(gymnasium.make(f"palaestra/{name}-v0").unwrapped)


def test_environments_are_made_in_numbers() -> None:
    vector = gymnasium.make_vec("palaestra/procedural-v0", num_envs=2, split="exam")
    seen, info = vector.reset(seed=1)
    assert len(seen["goal"]) == 2
    assert all(app.startswith("procedural:") for app in info["app"])
    vector.close()


def test_a_seed_decides_the_tasks() -> None:
    goals = [palaestra.make("accounting", seed=seed).reset()[0]["goal"] for seed in (1, 1, 2)]
    assert goals[0] == goals[1] != goals[2]


def test_one_application_of_a_family_can_be_asked_for() -> None:
    _, info = palaestra.make("procedural:17", seed=1).reset()
    assert info["app"] == "procedural:17"


def test_skin_disturbance_and_size_can_be_fixed() -> None:
    env = palaestra.make("accounting", seed=1, skin=7, disturbance=3, size=300)
    for _ in range(2):
        env.reset()
        start = env.episode.task.start
        assert (start.skin, start.disturbance, start.size) == (7, 3, 300)


def test_what_is_not_there_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="There is no gym 'bakery'"):
        palaestra.make("bakery")
    with pytest.raises(UsageError, match="There is no split 'final'"):
        palaestra.make("accounting", split="final")
    with pytest.raises(UsageError, match="The skin must be"):
        palaestra.make("accounting", skin=-1)
    with pytest.raises(UsageError, match="The size must be"):
        palaestra.make("accounting", size=10**9)
    with pytest.raises(UsageError, match="takes no seed"):
        palaestra.make("accounting:7")


def test_importing_the_package_is_light() -> None:
    program = "import sys, palaestra; print('gymnasium' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_the_agent_is_had_from_the_package_and_nothing_that_is_not_there() -> None:
    from palaestra import agent

    for name in palaestra.AT_WORK:
        assert getattr(palaestra, name) is getattr(agent, name)
    with pytest.raises(AttributeError, match="no attribute 'Agnet'"):
        _ = palaestra.Agnet
