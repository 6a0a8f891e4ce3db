from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest
import torch

from palaestra.errors import PalaestraError, UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.actor import Assignment, Round
from palaestra.selfplay.company import RESTARTS, Company, Order, play

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
ASSIGNMENT = Assignment(3, (("accounting", 6),), 0.5, True)


def weights() -> bytes:
    torch.manual_seed(0)
    return NetworkPolicy(Net(SMALL)).to_bytes()


def orders(*seeds: int) -> list[Order]:
    return [Order(ASSIGNMENT._replace(seed=seed), weights()) for seed in seeds]


def same(one: Sequence[Round], other: Sequence[Round]) -> bool:
    def told(played: Round) -> object:
        return played.shard and played.shard.to_bytes(), played.tries, played.failures

    return [*map(told, one)] == [*map(told, other)]


def test_another_process_plays_the_same_round_even_if_it_is_killed():
    wanted = play(orders(3))
    with Company() as company:
        (worker,) = company._workers
        company.ask(orders(3))
        assert same(company.fetch(), wanted)
        company.ask(orders(3))
        os.kill(worker.process.pid, signal.SIGKILL)
        assert same(company.fetch(), wanted)
        os.kill(worker.process.pid, signal.SIGKILL)
        worker.process.join()
        company.ask(orders(4))
        assert not same(company.fetch(), wanted)
        survivor = worker.process
    assert not survivor.is_alive()


def test_several_actors_play_the_parts_of_a_round_in_order_even_if_one_is_killed():
    wanted = play(orders(1, 2, 3))
    with Company(2) as company:
        company.ask(orders(1, 2, 3))
        assert same(company.fetch(), wanted)
        company.ask(orders(1, 2, 3))
        os.kill(company._workers[1].process.pid, signal.SIGKILL)
        assert same(company.fetch(), wanted)
        company.ask(orders(2))
        assert same(company.fetch(), wanted[1:2])
    with Company(5) as company:
        company.ask(orders(1, 2))
        assert same(company.fetch(), wanted[:2])
        assert [bool(worker.process) for worker in company._workers] == [True] * 2 + [False] * 3


@pytest.mark.parametrize(
    ("order", "error", "message"),
    [
        (Order(ASSIGNMENT, b"no model"), UsageError, "cannot be read as a model"),
        (Order(ASSIGNMENT._replace(goals=(("nowhere", 3),)), b""), UsageError, "no gym 'nowhere'"),
        (Order("no assignment", b""), PalaestraError, "AttributeError"),  # type: ignore[arg-type]
    ],
)
def test_what_goes_wrong_in_an_actor_is_told(order: Order, error: type[Exception], message: str):
    if order.weights == b"":
        order = order._replace(weights=weights())
    with Company() as company:
        company.ask([order])
        with pytest.raises(error, match=message):
            company.fetch()


def test_an_actor_that_always_dies_is_given_up(monkeypatch: pytest.MonkeyPatch):
    company = Company()
    (worker,) = company._workers
    asked = 0

    class Dead:
        def recv_bytes(self) -> bytes:
            raise EOFError

        def close(self) -> None:
            pass

    def send() -> None:
        nonlocal asked
        asked += 1
        worker._pipe = Dead()  # type: ignore[assignment]

    monkeypatch.setattr(worker, "_send", send)
    company.ask(orders(3))
    with pytest.raises(PalaestraError, match="died 3 times"):
        company.fetch()
    assert asked == 1 + RESTARTS
