from __future__ import annotations

from palaestra.testing.stopwatch import first_seconds, mean_seconds, weigh


def busy(_: int = 0) -> None:
    sum(range(20_000))


def test_more_work_takes_longer() -> None:
    once = mean_seconds(busy, 0.02)
    twice = mean_seconds(lambda: (busy(), busy(), busy(), busy()), 0.02, batch=3)
    assert twice > 2 * once > 0


def test_what_is_done_for_the_first_time_is_done_once_at_least() -> None:
    seen: list[int] = []
    assert first_seconds(seen.append, 0) >= 0
    assert seen == [0]
    first_seconds(lambda n: (seen.append(n), busy()), 0.01)
    assert seen[1:] == list(range(len(seen) - 1))
    assert len(seen) > 2


def test_bytes_are_bytes() -> None:
    assert 100_000 < weigh(lambda: bytearray(100_000)) < 101_000
