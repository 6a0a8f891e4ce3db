"""Certificates as tables for a terminal: a gym each, kinds down, policies across."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from palaestra.exams.certificate import Certificate
from palaestra.exams.certifying import Claim
from palaestra.exams.face import TREE
from palaestra.exams.score import Score

NONE = "-"
PASS = (2, 4, 8)


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
    table.add_column("kind", no_wrap=True)
    table.add_column("n", justify="right")
    for one in group:
        face = "" if one.face == TREE else f" ({one.face})"
        table.add_column(one.policy + face, justify="right")
        if one is first:
            table.add_column("at least", justify="right", style="dim")
    for kind, _ in first.kinds:
        scores = [dict(one.kinds)[kind] for one in group]
        table.add_row(kind, *_cells(scores, None if first.claim else scores[0].bound))
    table.add_section()
    bound = None if first.claim and not first.claim.shown else first.bound
    table.add_row("all", *_cells([one.score for one in group], bound), style="bold")
    table.add_section()
    for label, values in extras(group).items():
        table.add_row(label, "", values[0], "", *values[1:])
    return table


def _cells(scores: list[Score], bound: float | None) -> list[str]:
    first, *others = scores
    rates = [percent(score.rate) for score in others]
    return [str(first.n), percent(first.rate), percent(bound), *rates]


def extras(group: Sequence[Certificate]) -> dict[str, list[str]]:
    """Returns what success does not tell, by label: harm, effort, time, judgement, repeats."""
    scores = [one.score for one in group]
    rows = {
        "had side effects": [str(s.harmful) for s in scores],
        "of these not to be undone": [str(s.irreversible) for s in scores],
        "refused what can be done": [str(s.refused) for s in scores],
        "extra steps": [NONE if (e := s.extra_steps) is None else f"{e:+.2f}" for s in scores],
        "ms a task": [f"{1000 * one.seconds_per_task:.1f}" for one in group],
    }
    if any(s.unscored for s in scores):
        rows["unscored (broke)"] = [str(s.unscored) for s in scores]
    if any(s.abstained for s in scores):
        rows["asked instead"] = [str(s.abstained) for s in scores]
        rows["failed of the rest"] = [percent(s.risk) for s in scores]
    if any(one.starts < one.score.n for one in group):
        rows["at least (by starts)"] = [percent(one.clustered) for one in group]
    for k in PASS:
        if k <= min(one.trials for one in group):
            rows[f"pass^{k}"] = [percent(one.pass_hat[k - 1]) for one in group]
            rows[f"pass^{k} at least"] = [percent(one.pass_bounds[k - 1]) for one in group]
    for what in group[0].varied:
        rows[f"repeats with other {what}"] = [percent(one.varied.get(what)) for one in group]
    known = [one.calibration for one in group]
    if any(known):
        rows["failed of the surest 95%"] = [percent(c.risk if c else None) for c in known]
        rows["judge: Brier score"] = [f"{c.brier:.4f}" if c else NONE for c in known]
        rows["judge: calibration error"] = [f"{c.error:.4f}" if c else NONE for c in known]
        rows["judge: AURC"] = [f"{c.aurc:.4f}" if c else NONE for c in known]
    if any(one.claim for one in group):
        rows["certified"] = [_claimed(one.claim) for one in group]
    return rows


def _claimed(claim: Claim | None) -> str:
    """Writes what a sequential test came to: "at least 99.0%", or why not."""
    if claim is None:
        return NONE
    if claim.shown:
        return f"at least {percent(claim.plan.rate)}"
    return "no: harm" if claim.because == "harm" else "no"
