from __future__ import annotations

import os
import signal

import pytest
import torch

from palaestra.errors import PalaestraError, UsageError
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.actor import Assignment, practise
from palaestra.selfplay.company import RESTARTS, Company, Order

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
ASSIGNMENT = Assignment(3, (("accounting", 6),), 0.5, True)


def weights() -> bytes:
    torch.manual_seed(0)
    return NetworkPolicy(Net(SMALL)).to_bytes()


def test_another_process_plays_the_same_round_even_if_it_is_killed():
    order = Order(ASSIGNMENT, weights())
    wanted = practise(order.assignment, NetworkPolicy.from_bytes(order.weights))
    with Company() as company:
        company.ask(order)
        first = company.fetch()
        assert first.shard.to_bytes() == wanted.shard.to_bytes()
        company.ask(order)
        actor = company._process
        os.kill(actor.pid, signal.SIGKILL)
        again = company.fetch()
        assert again.shard.to_bytes() == wanted.shard.to_bytes()
        assert again.failures == wanted.failures
        os.kill(company._process.pid, signal.SIGKILL)
        company._process.join()
        company.ask(order._replace(assignment=ASSIGNMENT._replace(seed=4)))
        assert company.fetch().shard.goals != wanted.shard.goals
        survivor = company._process
    assert not survivor.is_alive()


@pytest.mark.parametrize(
    ("order", "error", "message"),
    [
        (Order(ASSIGNMENT, b"no model"), UsageError, "cannot be read as a model"),
        (Order(ASSIGNMENT._replace(goals=(("nowhere", 3),)), b""), UsageError, "no gym 'nowhere'"),
        (Order("no assignment", b""), PalaestraError, "AttributeError"),  # type: ignore[arg-type]
    ],
)
def test_what_goes_wrong_in_the_actor_is_told(order: Order, error: type[Exception], message: str):
    if order.weights == b"":
        order = order._replace(weights=weights())
    with Company() as company:
        company.ask(order)
        with pytest.raises(error, match=message):
            company.fetch()


def test_an_actor_that_always_dies_is_given_up(monkeypatch: pytest.MonkeyPatch):
    company = Company()
    asked = 0

    class Dead:
        def recv_bytes(self) -> bytes:
            raise EOFError

        def close(self) -> None:
            pass

    def send() -> None:
        nonlocal asked
        asked += 1
        company._pipe = Dead()  # type: ignore[assignment]

    monkeypatch.setattr(company, "_send", send)
    company.ask(Order(ASSIGNMENT, b""))
    with pytest.raises(PalaestraError, match="died 3 times"):
        company.fetch()
    assert asked == 1 + RESTARTS
