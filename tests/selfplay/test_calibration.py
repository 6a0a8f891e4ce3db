from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.calibration import calibrate, fit

SMALL = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)


@given(st.floats(0.4, 2.0), st.floats(-1.5, 1.5), st.integers(0, 1_000))
@settings(max_examples=20, deadline=None)
def test_scale_and_shift_are_found_again(scale: float, shift: float, seed: int):
    chance = torch.Generator().manual_seed(seed)
    odds = torch.randn(6_000, generator=chance, dtype=torch.float64) * 2
    likely = (odds * scale + shift).sigmoid()
    won = torch.bernoulli(likely, generator=chance)
    found = fit(odds, won)
    told = (odds * found[0] + found[1]).sigmoid()
    assert (told - likely).abs().mean() < 0.04


def test_a_policy_that_never_succeeds_leaves_the_judge_as_it_was():
    torch.manual_seed(0)
    policy = NetworkPolicy(Net(SMALL))
    before = {name: weights.clone() for name, weights in policy.net.state_dict().items()}
    assert calibrate(policy, ("accounting",), 0, 8) == 0
    for name, weights in policy.net.state_dict().items():
        assert torch.equal(weights, before[name])


def test_what_is_fitted_is_kept_in_the_model(monkeypatch):
    torch.manual_seed(0)
    policy = NetworkPolicy(Net(SMALL))
    attempts = [(0.9, number % 2 == 0) for number in range(64)]
    monkeypatch.setattr("palaestra.selfplay.calibration._attempted", lambda *_: attempts)
    assert calibrate(policy, ("accounting",), 0, 4) == 64
    again = NetworkPolicy.from_bytes(policy.to_bytes())
    assert torch.equal(again.net.calibration, policy.net.calibration)
    sure = torch.tensor(0.9).logit() * again.net.calibration[0] + again.net.calibration[1]
    assert abs(sure.sigmoid().item() - 0.5) < 0.1
