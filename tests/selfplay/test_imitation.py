from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
import torch

from palaestra.errors import UsageError
from palaestra.policies.network.batch import collate
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay.imitation import Diverged, Imitation, Step, plan
from palaestra.selfplay.shard import Shard, goals_of

SMALL = Size(width=32, heads=2, goal_layers=1, blocks=1, words=256)


def learner(seed: int = 0, rate: float = 3e-3) -> Imitation:
    torch.manual_seed(seed)
    return Imitation(Net(SMALL), rate)


def steps(learning: Imitation, shard: Shard, n: int, seed: int = 0) -> list[Step]:
    rng = random.Random(seed)
    torch.manual_seed(seed)
    return [learning.learn(shard, rng.choice(plan(shard, 24, rng)), 0.3) for _ in range(n)]


def test_the_loss_falls_and_the_right_elements_are_found(shard: Shard):
    done = steps(learner(), shard, 160)
    first, last = done[:8], done[-8:]
    assert np.mean([s.loss for s in last]) < 0.5 * np.mean([s.loss for s in first])
    assert np.mean([s.accuracy for s in last]) > np.mean([s.accuracy for s in first]) + 0.2
    assert all(s.loss >= 0 for s in done)


def test_every_decision_is_in_one_batch(shard: Shard):
    for size in (1, 7, 24, 1_000):
        batches = plan(shard, size, random.Random(size))
        assert sorted(d for batch in batches for d in batch) == list(range(len(shard)))
        assert max(map(len, batches)) <= size


def test_a_batch_has_screens_of_similar_length(shard: Shard):
    lengths = np.diff(shard.ends, prepend=0)
    spread = [np.ptp(lengths[batch]) for batch in plan(shard, 8, random.Random(0))]
    assert np.mean(spread) < 0.5 * np.ptp(lengths)


def test_going_on_is_the_same_as_not_stopping(shard: Shard):
    one, other = learner(1), learner(1)
    steps(one, shard, 6)
    steps(other, shard, 6)
    again = learner(2)
    again.net.load_state_dict(other.net.state_dict())
    again.restore(other.state())
    assert again.steps == 6
    assert steps(one, shard, 4, 9) == steps(again, shard, 4, 9)
    for a, b in zip(one.net.parameters(), again.net.parameters(), strict=True):
        assert torch.equal(a, b)


def test_a_loss_that_is_no_number_stops_the_training(shard: Shard):
    learning = learner()
    with torch.no_grad():
        learning.raw.word.weight[5:] = float("nan")
    before = {name: tensor.clone() for name, tensor in learning.raw.state_dict().items()}
    with pytest.raises(Diverged, match="loss became nan, its gradient nan, at step 0"):
        learning.learn(shard, [0, 1, 2], 0.0)
    for name, tensor in learning.raw.state_dict().items():
        assert torch.equal(tensor, before[name]) or tensor.isnan().any()


def test_the_rate_rises_at_first_and_falls_at_the_end(shard: Shard):
    def rate(learning: Imitation, progress: float) -> float:
        learning.learn(shard, [0], progress)
        return float(learning.optimizers[0].param_groups[0]["lr"])

    learning = learner(rate=1e-3)
    rising = [rate(learning, 0.0) for _ in range(3)]
    assert rising == sorted(rising)
    assert rising[0] < 1e-4
    learning.steps = 1_000
    assert rate(learning, 0.5) == pytest.approx(1e-3)
    assert rate(learning, 0.9) == pytest.approx(4.2e-4)
    assert 0 < rate(learning, 1.0) < 1e-4


@pytest.mark.parametrize("state", [b"", b"no state", b"PK\x03\x04"])
def test_a_state_of_something_else(state: bytes):
    with pytest.raises(UsageError, match="no state of a training"):
        learner().restore(state)
    other = Imitation(Net(Size(width=16, heads=2, goal_layers=2, blocks=2, words=64)), 1e-3)
    with pytest.raises(UsageError, match="no state of a training"):
        learner().restore(other.state())


def test_what_was_drawn_by_an_earlier_policy_is_not_learnt_from_again(shard: Shard):
    drawn = replace(shard, played=np.array([[2, 0, -1, -1]], np.int32))
    once = plan(drawn, 7, random.Random(0))
    again = plan(drawn, 7, random.Random(0), again=True)
    assert {d for batch in once for d in batch} - {d for batch in again for d in batch} == {2}


def test_what_is_being_worked_on_is_learnt(shard: Shard):
    learning = learner()
    steps(learning, shard, 120)
    looks = [shard.look(decision) for decision in range(len(shard))]
    with torch.no_grad():
        reading = learning.raw.eval()(
            collate(goals_of(shard, range(len(shard.goals))), looks, shard.table)
        )
    at = torch.arange(reading.now.shape[1])
    now = torch.from_numpy(shard.now)
    known = reading.told & (now[:, :1] >= 0)
    wanted = (at >= now[:, :1]) & (at < now[:, 1:])
    right = ((reading.now > 0) == wanted)[known].float().mean()
    assert right > wanted[known].float().mean() + 0.03
