"""What a model can be trusted with, at a glance: a row a split, a column a gym, and then by kind.

Each figure stands on a line from none to all, with its interval and the best baseline. Everything
here is what the certificates say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from palaestra.exams.certificate import Certificate
from palaestra.exams.score import Score
from palaestra.exams.tables import percent
from palaestra.policies.finder import SCRIPTED
from palaestra.tasks.splits import SPLITS

Cell = tuple[Score, float]
"""A score, and the best rate of a baseline there."""


def overview(certificates: Sequence[Certificate]) -> str:
    """Draws the models' scores by gym and split, and by kind of task for each split."""
    parts = []
    for policy in _unique(c.policy for c in certificates if not is_baseline(c)):
        own = [c for c in certificates if c.policy == policy]
        examined = _unique(c.split for c in own)
        known = [name for name in SPLITS if name in examined]
        splits = [*known, *(name for name in examined if name not in known)]
        cells = {(c.split, c.gym): (c.score, _best(c, certificates)) for c in own}
        gyms = _unique(c.gym for c in own)
        parts.append(f"<h2>What {escape(policy)} can be trusted with</h2>{_key(own[0])}")
        parts.append(_grid("split", splits, gyms, cells))
        for split in splits:
            opened = ' open=""' if split == splits[0] else ""
            parts.append(
                f"<details{opened}><summary>By kind of task: split {escape(split)}</summary>"
                f"{_by_kind(split, own, certificates)}</details>"
            )
    return "".join(parts)


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
    cells: dict[tuple[str, str], Cell] = {}
    here = [c for c in own if c.split == split]
    for one in here:
        for kind, score in one.kinds:
            cells[kind, one.gym] = (score, _best(one, every, kind))
    kinds = sorted({kind for kind, _ in cells})
    return _grid("kind", kinds, _unique(c.gym for c in here), cells)


def _best(own: Certificate, every: Sequence[Certificate], kind: str = "") -> float:
    """Returns the best rate of a baseline on the same tasks; 0 where none was examined."""
    others = [c for c in every if is_baseline(c) and (c.tasks, c.gym) == (own.tasks, own.gym)]
    scores = [dict(c.kinds).get(kind) if kind else c.score for c in others]
    return max((s.rate or 0.0 for s in scores if s), default=0.0)


def _grid(
    corner: str, rows: Sequence[str], columns: Sequence[str], cells: dict[tuple[str, str], Cell]
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


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "<td></td>"
    score, baseline = cell
    low, high = score.interval
    failures = f"{score.failures} of {score.n} failed"
    broke = f", {score.unscored} unscored" if score.unscored else ""
    base = f'<i class="base" style="left:{100 * baseline:.1f}%"></i>' if baseline else ""
    return (
        f"<td><b>{percent(score.rate)}</b> <small>at least {percent(score.bound)}</small>"
        f'<span class="track"><i class="span" style="left:{100 * low:.1f}%;'
        f'width:{100 * (high - low):.1f}%"></i>{base}'
        f'<i class="rate" style="left:{100 * (score.rate or 0.0):.1f}%"></i></span>'
        f"<small>{failures}{broke}</small></td>"
    )


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
