from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from palaestra.selfplay.config import preset
from palaestra.selfplay.live import Live
from palaestra.selfplay.run import Run

CONFIG = preset("debug", budget_s=100.0)


def metrics(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "round": number,
        "elapsed_s": 10.0 * (number + 1),
        "loss": 3.0 / (number + 1),
        "accuracy": 0.5,
        "decisions_per_s": 1234.5,
        "practice_success": {"accounting": 0.25 * number, "procedural": 0.5} if number else {},
        "proposals": 192,
        "broken": ["accounting fails from seed 7: IndexError: no flight"] if number == 0 else [],
        "diversity": {"topics": 0.8, "goals": 1.0, "wordings": 0.7},
        "difficulty": {"solved": 0.4, "expected": 0.5} if number else {},
        "goal_kinds": {"create": 0.25, "update": 0.75},
        **changes,
    }


def shown(tmp_path: Path, *, terminal: bool, rounds: int = 3, rounds_bound: int = 0) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=100, color_system=None)
    config = preset("debug", budget_s=100.0, rounds=rounds_bound)
    with Live(Run.begin(tmp_path / "run", config), config, console) as live:
        for number in range(rounds):
            live.show(metrics(number))
    return out.getvalue()


def test_without_a_terminal_every_round_is_a_line(tmp_path: Path):
    first, *lines = shown(tmp_path, terminal=False).splitlines()
    assert "Training in accounting, crm, travel, procedural" in first
    assert len([line for line in lines if line.startswith("round")]) == 3
    assert "only imitating yet" in lines[-3]
    assert "accounting 50%, procedural 50%" in lines[-1]
    assert "loss 1.000" in lines[-1]
    assert "30%" in lines[-1]
    assert "1:10 left" in lines[-1]
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("terminal", [True, False])
def test_where_a_gym_failed_is_told_once(tmp_path: Path, terminal: bool):
    told = "Left out, a bug of the gym: accounting fails from seed 7: IndexError: no flight"
    assert shown(tmp_path, terminal=terminal).count(told) == 1


def test_in_a_terminal_there_is_one_view(tmp_path: Path):
    text = shown(tmp_path, terminal=True)
    last = text[text.rindex("palaestra train") :]
    for told in ("practice in accounting", "50.0%", "loss of a decision", "1.000", "1:10 left"):
        assert told in last
    assert "create 25%" in last
    assert "80%  solved 40%  expected 50%" in last
    assert "█" in last


@pytest.mark.parametrize("terminal", [True, False])
def test_with_a_number_of_rounds_it_counts_rounds(tmp_path: Path, terminal: bool):
    text = shown(tmp_path, terminal=terminal, rounds=2, rounds_bound=4)
    assert "0:20 left" in text


def test_rounds_from_before_a_resumption_are_shown_once(tmp_path: Path):
    run = Run.begin(tmp_path / "run", CONFIG)
    run.finish_round({"round": 0, "elapsed_s": 1.0}, {}, {"metrics.jsonl": [metrics(0)]})
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with Live(run, CONFIG, console) as live:
        live.show(metrics(1))
    assert [line["round"] for line in live.rounds] == [0, 1]


def test_a_round_that_was_not_whole_is_not_shown_twice(tmp_path: Path):
    run = Run.begin(tmp_path / "run", CONFIG)
    run.finish_round({"round": 0, "elapsed_s": 1.0}, {}, {"metrics.jsonl": [metrics(0)]})
    half = (run.path / "metrics.jsonl").read_bytes().replace(b'"round": 0', b'"round": 1')
    run.write("metrics.jsonl", (run.path / "metrics.jsonl").read_bytes() + half)
    with Live(run, CONFIG, Console(file=io.StringIO())) as live:
        live.show(metrics(1))
    assert [line["round"] for line in live.rounds] == [0, 1]
