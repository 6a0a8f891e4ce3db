"""Certificates as tables for a terminal: a gym each, kinds down, policies across."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from palaestra.exams.certificate import Certificate
from palaestra.exams.score import Score

ALL = "all"
NONE = "-"


def tables(certificates: Sequence[Certificate]) -> list[Table]:
    """Draws one table for each gym and split."""
    groups: dict[tuple[str, str, int], list[Certificate]] = {}
    for one in certificates:
        groups.setdefault((one.gym, one.split, one.seed), []).append(one)
    return [_table(group) for group in groups.values()]


def percent(share: float | None) -> str:
    """Writes a share as a percentage: 0.9734 is "97.3%"; only all is 100.0%."""
    if share is None:
        return NONE
    rounded = f"{100 * share:.1f}%"
    return "99.9%" if rounded == "100.0%" and share < 1 else rounded


def _table(group: list[Certificate]) -> Table:
    first = group[0]
    table = Table(
        title=f"{first.gym}, split {first.split}, seed {first.seed}: clean success",
        title_justify="left",
    )
    table.add_column("kind")
    table.add_column("n", justify="right")
    for one in group:
        table.add_column(one.policy, justify="right")
        table.add_column("at least", justify="right", style="dim")
    for kind, _ in first.kinds:
        scores = [dict(one.kinds)[kind] for one in group]
        table.add_row(kind, str(scores[0].n), *_cells(scores))
    table.add_section()
    scores = [one.score for one in group]
    table.add_row(ALL, str(first.score.n), *_cells(scores), style="bold")
    table.add_section()
    _extras(table, group)
    return table


def _cells(scores: list[Score]) -> list[str]:
    return [cell for s in scores for cell in (percent(s.rate), percent(s.bound))]


def _extras(table: Table, group: list[Certificate]) -> None:
    """Adds what else is known of each policy: harm, effort and time, and where it broke."""

    def add(label: str, values: list[str]) -> None:
        table.add_row(label, "", *(cell for value in values for cell in (value, "")))

    scores = [one.score for one in group]
    add("harmed", [str(s.harmful) for s in scores])
    extra = [s.extra_steps for s in scores]
    add("extra steps", [NONE if e is None else f"{e:+.2f}" for e in extra])
    add("ms a task", [f"{1000 * one.seconds_per_task:.1f}" for one in group])
    if any(s.unscored for s in scores):
        add("unscored", [str(s.unscored) for s in scores])
    for k in range(2, group[0].trials + 1):
        add(f"pass^{k}", [percent(one.pass_hat[k - 1]) for one in group])
