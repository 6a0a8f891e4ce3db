"""What a training wrote down of itself, as series to draw: one JSON object for each round.

A training may have been killed in the middle of a line and resumed at an earlier round, and every
version writes other numbers, so this takes what it finds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from palaestra.exams.chart import Series

ROUND, ELAPSED = "round", "elapsed_s"


def read_rounds(path: Path) -> list[dict[str, Any]]:
    """Returns the rounds in order, each as it was last written; none where there is no file."""
    if not path.is_file():
        return []
    rounds: dict[Any, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines()):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            key = found.get(ROUND)
            rounds[key if _is_number(key) else f"line {number}"] = found
    return sorted(rounds.values(), key=lambda r: r[ROUND] if _is_number(r.get(ROUND)) else math.inf)


def curves(rounds: list[dict[str, Any]]) -> tuple[str, dict[str, list[Series]]]:
    """Returns what the x axis shows, and for each metric its lines; a metric of many has many."""
    timed = all(_is_number(r.get(ELAPSED)) for r in rounds)
    found: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for place, one in enumerate(rounds):
        x = one[ELAPSED] / 60 if timed else one.get(ROUND, place)
        x = float(x) if _is_number(x) else float(place)
        for metric, name, value in _numbers(one):
            found.setdefault(metric, {}).setdefault(name, []).append((x, value))
    lines = {
        metric: [Series(name, tuple(sorted(points))) for name, points in by_name.items()]
        for metric, by_name in found.items()
    }
    return "minutes" if timed else "round", lines


def _numbers(one: dict[str, Any]) -> Iterator[tuple[str, str, float]]:
    for metric, value in one.items():
        if metric in (ROUND, ELAPSED):
            continue
        if _is_number(value):
            yield metric, metric.replace("_", " "), float(value)
        elif isinstance(value, dict):
            for name, inner in value.items():
                if _is_number(inner):
                    yield metric, str(name), float(inner)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
