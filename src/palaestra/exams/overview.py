"""What a model can be trusted with, at a glance: a row a split, a column a gym, and then by kind.

Each figure stands on a line from none to all, with its interval and the best baseline. Everything
here is what the certificates say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from palaestra.exams.certificate import Certificate
from palaestra.exams.certifying import Claim
from palaestra.exams.score import Score
from palaestra.exams.tables import percent
from palaestra.policies.finder import SCRIPTED
from palaestra.tasks.splits import SPLITS


@dataclass(frozen=True)
class Figure:
    """What a cell shows.

    Attributes:
        score: What was counted.
        bound: What the true rate is at least; None where nothing is shown.
        interval: Of the true rate; None after a sequential test, which has none.
        baseline: The best rate of a baseline there.
    """

    score: Score
    bound: float | None
    interval: tuple[float, float] | None
    baseline: float


def overview(certificates: Sequence[Certificate]) -> str:
    """Draws the models' scores by gym and split, and by kind of task for each split."""
    parts = []
    for policy in _unique(c.policy for c in certificates if not is_baseline(c)):
        every = [c for c in certificates if c.policy == policy]
        own = [c for c in every if not c.claim] or every
        examined = _unique(c.split for c in own)
        known = [name for name in SPLITS if name in examined]
        splits = [*known, *(name for name in examined if name not in known)]
        cells = {(c.split, c.gym): _figure(c, c.score, certificates) for c in own}
        gyms = _unique(c.gym for c in own)
        parts.append(f"<h2>What {escape(policy)} can be trusted with</h2>")
        parts += [_claim(c, c.claim) for c in every if c.claim]
        parts.append(_key(own[0]) + _grid("split", splits, gyms, cells))
        for split in splits:
            opened = ' open=""' if split == splits[0] else ""
            parts.append(
                f"<details{opened}><summary>By kind of task: split {escape(split)}</summary>"
                f"{_by_kind(split, own, certificates)}</details>"
            )
    return "".join(parts)


def _claim(certificate: Certificate, claim: Claim) -> str:
    """Tells what a sequential test came to."""
    score = certificate.score
    rate = percent(claim.plan.rate)
    said = f"at least {rate} is shown" if claim.shown else f"{rate} is not shown"
    harm = f", {score.irreversible} with harm that cannot be undone" if score.irreversible else ""
    return (
        f'<p class="claim {"good" if claim.shown else "bad"}"><b>{escape(certificate.gym)}, split '
        f"{escape(certificate.split)}: {said}</b>, with {score.n - score.successes} failures in "
        f"{score.n} tasks{harm} (sequential test, confidence {claim.plan.confidence:.0%})</p>"
    )


def is_baseline(certificate: Certificate) -> bool:
    """Says whether it is about a policy that nobody trained."""
    return certificate.policy in SCRIPTED


def _key(certificate: Certificate) -> str:
    return (
        f'<p class="about">Clean success: the intended change or answer, and nothing else. "At '
        f'least" is the one-sided {certificate.confidence:.0%} bound of Clopper and Pearson, with '
        "what could not be scored counted as lost. The line goes from none to all: "
        '<span class="track key"><i class="span" style="left:20%;width:60%"></i>'
        '<i class="rate" style="left:50%"></i></span> the rate in its two-sided interval, '
        '<span class="track key"><i class="base" style="left:50%"></i></span> the best '
        "baseline.</p>"
    )


def _by_kind(split: str, own: Sequence[Certificate], every: Sequence[Certificate]) -> str:
    cells: dict[tuple[str, str], Figure] = {}
    here = [c for c in own if c.split == split]
    for one in here:
        for kind, score in one.kinds:
            cells[kind, one.gym] = _figure(one, score, every, kind)
    kinds = sorted({kind for kind, _ in cells})
    return _grid("kind", kinds, _unique(c.gym for c in here), cells)


def _figure(own: Certificate, score: Score, every: Sequence[Certificate], kind: str = "") -> Figure:
    """Returns what is known of all tasks of a certificate, or of those of a kind."""
    others = [c for c in every if is_baseline(c) and (c.tasks, c.gym) == (own.tasks, own.gym)]
    scores = [dict(c.kinds).get(kind) if kind else c.score for c in others]
    baseline = max((s.rate or 0.0 for s in scores if s), default=0.0)
    if own.claim:
        bound = own.claim.plan.rate if own.claim.shown and not kind else None
        return Figure(score, bound, None, baseline)
    return Figure(score, score.bound, score.interval, baseline)


def _grid(
    corner: str, rows: Sequence[str], columns: Sequence[str], cells: dict[tuple[str, str], Figure]
) -> str:
    heads = "".join(f"<th>{escape(column)}</th>" for column in columns)
    lines = []
    for row in rows:
        drawn = "".join(_cell(cells.get((row, column))) for column in columns)
        lines.append(f"<tr><th>{escape(row)}</th>{drawn}</tr>")
    return (
        f'<div class="scroll"><table class="overview"><thead><tr><th>{corner}</th>{heads}</tr>'
        f"</thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "<td></td>"
    score, rate = figure.score, figure.score.rate
    told = f"{score.failures} of {score.n} failed"
    told += f", {score.unscored} unscored" if score.unscored else ""
    harm = f'<small class="harm">{score.irreversible} lasting harm</small>'
    bound = "" if figure.bound is None else f"<small>at least {percent(figure.bound)}</small>"
    marks = ""
    if figure.interval:
        low, high = figure.interval
        marks = _mark("span", low, f";width:{100 * (high - low):.1f}%")
    marks += _mark("base", figure.baseline) if figure.baseline else ""
    marks += "" if rate is None else _mark("rate", rate)
    return (
        f'<td><b>{percent(rate)}</b> {bound}<span class="track">{marks}</span>'
        f"<small>{told}</small> {harm if score.irreversible else ''}</td>"
    )


def _mark(look: str, at: float, more: str = "") -> str:
    return f'<i class="{look}" style="left:{100 * at:.1f}%{more}"></i>'


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
