from __future__ import annotations

from pathlib import Path

from palaestra.exams.chart import Series
from palaestra.exams.metrics import curves, read_rounds


def read(tmp_path: Path, text: str):
    path = tmp_path / "metrics.jsonl"
    path.write_text(text)
    return read_rounds(path)


def test_a_killed_and_resumed_training_is_read(tmp_path: Path):
    rounds = read(
        tmp_path,
        '{"round": 1, "loss": 3}\n{"round": 0, "loss": 9}\n{"round": 1, "loss": 2}\n'
        'null\n[1]\n\n{"round": 2, "lo',
    )
    assert rounds == [{"round": 0, "loss": 9}, {"round": 1, "loss": 2}]
    assert read_rounds(tmp_path / "nowhere") == []


def test_every_number_becomes_a_line(tmp_path: Path):
    rounds = read(
        tmp_path,
        '{"round": 0, "elapsed_s": 60, "success": {"a": 0.5, "b": "x"}, "name": "n", "ok": true}\n'
        '{"round": 1, "elapsed_s": 180, "success": {"a": 1, "b": 0.1}, "loss": NaN, "late_one": 4}',
    )
    x_label, lines = curves(rounds)
    assert x_label == "minutes"
    assert lines == {
        "success": [Series("a", ((1.0, 0.5), (3.0, 1.0))), Series("b", ((3.0, 0.1),))],
        "late_one": [Series("late one", ((3.0, 4.0),))],
    }


def test_without_times_rounds_are_counted(tmp_path: Path):
    x_label, lines = curves(read(tmp_path, '{"loss": 2}\n{"loss": 1}\n'))
    assert (x_label, lines) == ("round", {"loss": [Series("loss", ((0.0, 2.0), (1.0, 1.0)))]})
