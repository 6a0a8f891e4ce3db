"""The company on Ray, on one machine with two actors and a killed one."""

from __future__ import annotations

import os
import signal

import pytest

from palaestra.errors import UsageError
from palaestra.selfplay.company import play
from palaestra.selfplay.ray_company import RayCompany
from tests.selfplay.test_company import orders, same

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_two_actors_play_the_same_round_even_if_one_is_killed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RAY_raylet_start_wait_time_s", "120")
    ray = pytest.importorskip("ray")
    wanted = play(orders(1, 2, 3))
    with RayCompany(2) as company:
        company.ask(orders(1, 2, 3))
        assert same(company.fetch(), wanted)
        pid = ray.get(company.actors[1].pid.remote())
        company.ask(orders(1, 2, 3))
        os.kill(pid, signal.SIGKILL)
        assert same(company.fetch(), wanted)
        assert ray.get(company.actors[1].pid.remote()) != pid
        company.ask([orders(1)[0]._replace(weights=b"no model")])
        with pytest.raises(UsageError, match="cannot be read as a model"):
            company.fetch()
    assert not ray.is_initialized()


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(UsageError, match=r"palaestra\[ray\]"):
        RayCompany()
