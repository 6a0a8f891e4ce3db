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
    assert 20 < bench.nodes < 150
    numbers = {name: value for name, value in dataclasses.asdict(bench).items() if name != "size"}
    assert all(value > 0 for value in numbers.values() if isinstance(value, float))
    assert bench.steps_per_second > 1_000, "a twentieth of what two shared cores do"
    assert bench.fork_us < 100
    assert bench.fork_bytes < bench.session_bytes
    assert bench.reset_us < 1e3 * bench.make_up_ms
    assert bench.chromium is None
    assert bench.to_json()["fork_us"] == bench.fork_us


def test_more_records_are_measured_too() -> None:
    few, many = (measure(expenses, TASKS[:2], seconds=0.01, size=size) for size in (0, 2_000))
    assert few.size == 0
    assert 1_000 < many.records < 4_000
    assert few.records < 200
    assert many.make_up_ms > few.make_up_ms


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
