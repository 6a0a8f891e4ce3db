from __future__ import annotations

import dataclasses

import pytest

from palaestra.errors import UsageError
from palaestra.tasks.episode import Episode
from palaestra.testing.bench import measure
from tests.apps import expenses
from tests.testing.test_conformance import TASKS


def test_everything_is_measured_and_is_fast_enough_to_train() -> None:
    bench = measure(expenses, TASKS[:10], seconds=0.05)
    assert bench.app == "expenses"
    assert 20 < bench.nodes < 100
    assert all(value > 0 for value in dataclasses.astuple(bench)[1:])
    assert bench.steps_per_second > 2_000, "a tenth of what two shared cores do"
    assert bench.fork_us < 100
    assert bench.fork_bytes < bench.session_bytes
    assert bench.reset_seen_us < bench.reset_unseen_us
    assert bench.to_json()["fork_us"] == bench.fork_us


def test_a_slow_application_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = measure(expenses, TASKS[:3], seconds=0.02)
    real = Episode.observe

    def slow(self: Episode) -> object:
        sum(range(100_000))
        return real(self)

    monkeypatch.setattr(Episode, "observe", slow)
    assert measure(expenses, TASKS[:3], seconds=0.02).steps_per_second < fast.steps_per_second / 2


def test_nothing_to_play_is_refused() -> None:
    with pytest.raises(UsageError, match="at least one task"):
        measure(expenses, [])
    with pytest.raises(UsageError, match="time"):
        measure(expenses, TASKS, seconds=0)
