from __future__ import annotations

import pytest

from palaestra.testing import stopwatch
from palaestra.testing.stopwatch import first_seconds, mean_seconds, weigh


class Clock:
    """CPU time that passes only in work; floats of halves and quarters are exact."""

    now = 0.0

    def work(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(stopwatch, "process_time", clock)
    return clock


@pytest.mark.parametrize("batch", [1, 3])
def test_a_call_takes_what_its_work_takes(clock: Clock, batch: int) -> None:
    assert mean_seconds(lambda: clock.work(0.25), 2.0, batch) == 0.25
    assert mean_seconds(lambda: clock.work(0.75), 2.0, batch) == 0.75


def test_the_first_call_does_not_count(clock: Clock) -> None:
    calls = iter([64.0])
    assert mean_seconds(lambda: clock.work(next(calls, 0.5)), 1.0) == 0.5


def test_what_is_done_for_the_first_time_is_done_once_at_least(clock: Clock) -> None:
    seen: list[int] = []
    assert first_seconds(seen.append, 0) == 0
    assert seen == [0]
    assert first_seconds(lambda n: (seen.append(n), clock.work(0.5 + n)), 4.0) == 1.5
    assert seen == [0, 0, 1, 2]


def test_bytes_are_bytes() -> None:
    assert 100_000 < weigh(lambda: bytearray(100_000)) < 101_000
