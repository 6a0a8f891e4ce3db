from __future__ import annotations

import dataclasses

import pytest

from palaestra.errors import UsageError
from palaestra.tasks.episode import Episode
from palaestra.testing import stopwatch
from palaestra.testing.bench import measure
from tests.apps import expenses
from tests.testing.test_conformance import TASKS


def test_everything_is_measured() -> None:
    bench = measure(expenses, TASKS[:10], seconds=0.05)
    assert bench.app == "expenses"
    assert 20 < bench.nodes < 150
    numbers = {name: value for name, value in dataclasses.asdict(bench).items() if name != "size"}
    assert all(value > 0 for value in numbers.values() if isinstance(value, float))
    assert bench.fork_bytes < bench.session_bytes
    assert bench.chromium is None
    assert bench.to_json()["fork_us"] == bench.fork_us


def test_more_records_are_measured_too() -> None:
    few, many = (measure(expenses, TASKS[:2], seconds=0.01, size=size) for size in (0, 2_000))
    assert few.size == 0
    assert 1_000 < many.records < 4_000
    assert few.records < 200


def test_a_step_and_a_look_are_what_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    real = Episode.observe

    def looked(self: Episode) -> object:
        nonlocal now
        now += 0.25
        return real(self)

    def read() -> float:
        nonlocal now
        now += 1e-9  # A clock that stands still would never end a measurement of anything else.
        return now

    monkeypatch.setattr(stopwatch, "process_time", read)
    monkeypatch.setattr(Episode, "observe", looked)
    bench = measure(expenses, TASKS[:3], seconds=1e-6)
    assert bench.steps_per_second == pytest.approx(4, rel=1e-3)
    assert bench.cold_steps_per_second == pytest.approx(4, rel=1e-3)
    assert bench.fork_us < 1, "no look is in it"


def test_nothing_to_play_is_refused() -> None:
    with pytest.raises(UsageError, match="at least one task"):
        measure(expenses, [])
    with pytest.raises(UsageError, match="time"):
        measure(expenses, TASKS, seconds=0)
