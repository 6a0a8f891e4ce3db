"""The report of a training: what its model can be trusted with, how it learnt, where it fails.

One HTML file that needs nothing but a browser. Everything in it comes from the run's folder, and it
claims nothing that a certificate does not say.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from palaestra.errors import UsageError
from palaestra.exams.archive import read_certificate, read_trajectories, write_text
from palaestra.exams.certificate import Certificate
from palaestra.exams.chart import chart
from palaestra.exams.metrics import curves, read_rounds
from palaestra.exams.page import page
from palaestra.exams.retracing import retrace
from palaestra.exams.score import Score
from palaestra.exams.strip import strip
from palaestra.exams.tables import extras, percent
from palaestra.kit.app import App
from palaestra.policies.finder import SCRIPTED
from palaestra.tasks.episode import Trajectory

SUCCESSES_SHOWN, FAILURES_SHOWN = 3, 6
GROUPS = (
    ("The solver", ("practice_success", "accuracy", "loss")),
    ("The proposer", ("goal_kinds", "shapes", "oracle_steps", "proposals")),
    ("Throughput", ("decisions_per_s", "decisions", "propose_s", "practise_s", "waited_s")),
)
REST = "Everything else"
NEVER_A_SHARE = ("loss",)


def write_report(run: Path, find: Callable[[str], App]) -> Path:
    """Writes `report.html` into a training's folder.

    Args:
        run: The folder, with `metrics.jsonl` and `exams/` as far as they are there.
        find: Returns the application of a name, for the example episodes.

    Returns:
        The report's path.

    Raises:
        UsageError: If the folder is not there, holds a broken certificate, or cannot be written to.
    """
    if not run.is_dir():
        raise UsageError(f"There is no training in {run}")
    certificates = [read_certificate(path) for path in sorted((run / "exams").glob("*.json"))]
    groups = _grouped(certificates)
    parts = [
        f"<h1>{escape(run.name)}</h1>",
        _lead(certificates),
        _tiles(groups),
        _scores(groups),
        _curves(run / "metrics.jsonl"),
        _episodes(run / "exams", certificates, find),
        _provenance(certificates),
    ]
    path = run / "report.html"
    write_text(path, page(f"{run.name}: Palaestra", "".join(parts)))
    return path


def _grouped(certificates: list[Certificate]) -> list[list[Certificate]]:
    """Returns the certificates of one exam together, the model's own first."""
    groups: dict[tuple[str, str, int, str], list[Certificate]] = {}
    for one in certificates:
        groups.setdefault((one.gym, one.split, one.seed, one.tasks), []).append(one)
    return [sorted(g, key=lambda c: (_is_baseline(c), -c.score.successes)) for g in groups.values()]


def _is_baseline(certificate: Certificate) -> bool:
    return certificate.policy in SCRIPTED


def _lead(certificates: list[Certificate]) -> str:
    if not certificates:
        return '<p class="lead">No exam has been taken yet, so nothing can be claimed.</p>'
    confidence = certificates[0].confidence
    return (
        '<p class="lead">Success is clean: the intended change or answer, and nothing else. '
        f'"At least" is the one-sided {confidence:.0%} bound of Clopper and Pearson; '
        "what could not be scored counts as lost there.</p>"
    )


def _tiles(groups: list[list[Certificate]]) -> str:
    tiles = []
    for group in groups:
        first = group[0]
        bars = []
        for one in group:
            rate = one.score.rate or 0.0
            model = "" if _is_baseline(one) else " model"
            bars.append(
                f'<span>{escape(one.policy)}</span><span class="bar{model}">'
                f'<i style="width:{100 * rate:.1f}%"></i></span><b>{percent(one.score.rate)}</b>'
            )
        broke = f" and {first.score.unscored} unscored" if first.score.unscored else ""
        tiles.append(
            f'<section class="tile"><h3>{escape(first.gym)}, split {escape(first.split)}</h3>'
            f'<div class="figure">{percent(first.score.rate)}</div>'
            f"<p>at least {percent(first.score.bound)}: {first.score.failures} failures{broke} "
            f'in {first.score.n} tasks</p><div class="bars">{"".join(bars)}</div></section>'
        )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _scores(groups: list[list[Certificate]]) -> str:
    if not groups:
        return ""
    tables = []
    for group in groups:
        first = group[0]
        heads = "".join(f"<th>{escape(one.policy)}</th>" for one in group)
        kinds = sorted({kind for one in group for kind, _ in one.kinds})
        rows = []
        for kind in kinds:
            rows.append(_row(kind, [dict(one.kinds).get(kind) for one in group], ""))
        rows.append(_row("all", [one.score for one in group], ' class="all"'))
        for label, values in extras(group).items():
            cells = "".join(f"<td>{value}</td>" for value in values)
            rows.append(f"<tr><td>{label}</td><td></td>{cells}</tr>")
        tables.append(
            f"<h3>{escape(first.gym)}, split {escape(first.split)}, seed {first.seed}</h3>"
            f'<div class="scroll"><table class="scores"><thead><tr><th>kind</th><th>n</th>{heads}'
            f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        )
    return f"<h2>Certificates</h2>{''.join(tables)}"


def _row(label: str, scores: list[Score | None], look: str) -> str:
    n = next((score.n for score in scores if score), 0)
    cells = "".join(
        f"<td>{percent(s.rate)} <small>at least {percent(s.bound)}</small></td>"
        if s
        else "<td></td>"
        for s in scores
    )
    return f"<tr{look}><td>{escape(label)}</td><td>{n}</td>{cells}</tr>"


def _curves(metrics: Path) -> str:
    rounds = read_rounds(metrics)
    if not rounds:
        return ""
    x_label, lines = curves(rounds)
    known = {metric for _, metrics in GROUPS for metric in metrics}
    rest = (REST, tuple(metric for metric in lines if metric not in known))
    sections = []
    for title, metrics_of in (*GROUPS, rest):
        charts = []
        for metric in metrics_of:
            series = lines.get(metric, [])
            ys = [y for one in series for _, y in one.points]
            share = metric not in NEVER_A_SHARE and all(0 <= y <= 1 for y in ys)
            name = metric.replace("_", " ")
            charts.append(chart(name, series, x_label=x_label, share=share))
        if drawn := "".join(charts):
            sections.append(f'<h2>{title}</h2><div class="charts">{drawn}</div>')
    return "".join(sections)


def _episodes(exams: Path, certificates: list[Certificate], find: Callable[[str], App]) -> str:
    """Draws some failures and some successes of the model, of as many kinds as there are."""
    kept: list[Trajectory] = []
    for one in certificates:
        path = exams / f"{one.stem}.jsonl"
        if not _is_baseline(one) and path.is_file():
            kept += read_trajectories(path)
    failures = [t for t in kept if not (t.verdict and t.verdict.success)]
    successes = [t for t in kept if t.verdict and t.verdict.success]
    sections = []
    for title, group, most in (
        ("What it still does wrong", failures, FAILURES_SHOWN),
        ("What it does right", successes, SUCCESSES_SHOWN),
    ):
        if group:
            shown = "".join(strip(retrace(t, find)) for t in _varied(group)[:most])
            sections.append(f"<h2>{title}</h2>{shown}")
    return "".join(sections)


def _varied(group: list[Trajectory]) -> list[Trajectory]:
    """Puts one of each gym and kind first, then the second of each, and so on."""
    seen: dict[tuple[str, str], int] = {}
    ranked = []
    for place, trajectory in enumerate(group):
        key = (trajectory.task.start.app.partition(":")[0], trajectory.task.kind)
        seen[key] = seen.get(key, 0) + 1
        ranked.append((seen[key], place, trajectory))
    return [trajectory for _, _, trajectory in sorted(ranked, key=lambda r: r[:2])]


def _provenance(certificates: list[Certificate]) -> str:
    if not certificates:
        return ""
    rows = "".join(
        f"<tr><td>{escape(c.policy)}</td><td>{escape(c.gym)}, {escape(c.split)}, seed {c.seed}</td>"
        f"<td><code>{escape(c.tasks)}</code></td><td><code>{escape(c.model[:23])}</code></td></tr>"
        for c in certificates
    )
    one = certificates[0]
    versions = ", ".join(f"{name} {version}" for name, version in one.versions.items())
    return (
        "<h2>How to check this</h2>"
        "<p>Run an exam again and compare it task by task: "
        f"<code>palaestra exam MODEL --verify exams/{escape(one.stem)}.json</code></p>"
        '<div class="scroll"><table class="scores"><thead><tr><th>policy</th><th>exam</th>'
        f"<th>tasks</th><th>model</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="note">Commit <code>{escape(one.commit or "unknown")}</code>; '
        f"{escape(versions)}; {escape(one.machine)}.</p>"
    )
