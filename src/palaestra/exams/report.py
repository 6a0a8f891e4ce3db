"""The report of a training: what its model can be trusted with, how it learnt, where it fails.

One HTML file that needs nothing but a browser. Everything in it comes from the run's folder, and it
claims nothing that a certificate does not say.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from palaestra.errors import UsageError
from palaestra.exams.archive import read_certificate, write_text
from palaestra.exams.certificate import Certificate
from palaestra.exams.examples import examples
from palaestra.exams.learning import learning
from palaestra.exams.overview import is_baseline, overview
from palaestra.exams.page import page
from palaestra.exams.score import Score
from palaestra.exams.tables import extras, percent
from palaestra.kit.app import App

HEADING = re.compile(r"<h2>(.*?)</h2>")


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
        overview(certificates),
        learning(run / "metrics.jsonl"),
        examples(run / "exams", certificates, find),
        _scores(groups),
        _provenance(certificates),
    ]
    contents, body = _with_contents("".join(parts))
    head = f"<h1>{escape(run.name)}</h1>{_lead(run, certificates)}{contents}"
    path = run / "report.html"
    write_text(path, page(f"{run.name}: Palaestra", head + body))
    return path


def _grouped(certificates: list[Certificate]) -> list[list[Certificate]]:
    """Returns the certificates of one exam together, the model's own first."""
    groups: dict[tuple[str, str, int, str], list[Certificate]] = {}
    for one in certificates:
        groups.setdefault((one.gym, one.split, one.seed, one.tasks), []).append(one)
    return [sorted(g, key=lambda c: (is_baseline(c), -c.score.successes)) for g in groups.values()]


def _with_contents(body: str) -> tuple[str, str]:
    """Returns links to all headings, and the body with its headings made to be linked to."""
    titles = HEADING.findall(body)
    links = "".join(f'<a href="#part-{n}">{title}</a>' for n, title in enumerate(titles, 1))
    number = itertools.count(1)
    marked = HEADING.sub(lambda m: f'<h2 id="part-{next(number)}">{m[1]}</h2>', body)
    return f'<nav class="contents" aria-label="Contents">{links}</nav>', marked


def _lead(run: Path, certificates: list[Certificate]) -> str:
    """Tells what was trained, from what the training kept of itself."""
    config, state = _read(run / "config.json"), _read(run / "state.json")
    told = []
    if isinstance(gyms := config.get("gyms"), list):
        told.append(f"trained in {', '.join(map(str, gyms))}")
    if isinstance(seconds := state.get("elapsed_s"), int | float):
        told.append(f"{seconds / 60:.1f} minutes")
    if isinstance(last := state.get("round"), int):
        told.append(f"{last + 1} rounds")
    told += ["begun with a trained model"] if config.get("parent") else []
    told += [f"seed {config['seed']}"] if "seed" in config else []
    told += [f"on {certificates[0].machine}"] if certificates else []
    about = f'<p class="lead">{escape(", ".join(told))}</p>' if told else ""
    if not certificates:
        about += '<p class="lead">No exam has been taken yet, so nothing can be claimed.</p>'
    return about


def _read(path: Path) -> dict[str, Any]:
    """Returns what stands in a file of the training; nothing where it is not there or damaged."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _scores(groups: list[list[Certificate]]) -> str:
    if not groups:
        return ""
    tables = []
    for group in groups:
        first = group[0]
        heads = "".join(f"<th>{escape(one.policy)}</th>" for one in group)
        kinds = sorted({kind for one in group for kind, _ in one.kinds})
        rows = []
        plain = all(one.claim is None for one in group)
        for kind in kinds:
            rows.append(_row(kind, [dict(one.kinds).get(kind) for one in group], plain))
        rows.append(_row("all", [one.score for one in group], plain, ' class="all"'))
        for label, values in extras(group).items():
            cells = "".join(f"<td>{value}</td>" for value in values)
            rows.append(f"<tr><td>{label}</td><td></td>{cells}</tr>")
        tables.append(
            f"<details><summary>{escape(first.gym)}, split {escape(first.split)}, "
            f"seed {first.seed}: {percent(first.score.rate)}{_at_least(first)}</summary>"
            f'<div class="scroll"><table class="scores"><thead><tr><th>kind</th><th>n</th>{heads}'
            f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div></details>"
        )
    return f"<h2>Certificates</h2>{''.join(tables)}"


def _at_least(certificate: Certificate) -> str:
    claim = certificate.claim
    if claim and not claim.shown:
        return f", not shown: {percent(claim.plan.rate)}"
    return f", at least {percent(certificate.bound)}"


def _row(label: str, scores: list[Score | None], plain: bool, look: str = "") -> str:
    """Draws a row; the bound of a score holds only where the number of tasks was fixed."""
    n = next((score.n for score in scores if score), 0)
    cells = []
    for score in scores:
        bound = f" <small>at least {percent(score.bound)}</small>" if score and plain else ""
        cells.append(f"<td>{percent(score.rate)}{bound}</td>" if score else "<td></td>")
    return f"<tr{look}><td>{escape(label)}</td><td>{n}</td>{''.join(cells)}</tr>"


def _provenance(certificates: list[Certificate]) -> str:
    if not certificates:
        return ""
    ordered = sorted(certificates, key=is_baseline)
    rows = "".join(
        f"<tr><th>{escape(c.policy)}</th><td>{escape(c.gym)}, {escape(c.split)}, seed {c.seed}</td>"
        f"<td><code>{escape(c.tasks)}</code></td><td><code>{escape(c.model[:23])}</code></td></tr>"
        for c in ordered
    )
    one = ordered[0]
    versions = ", ".join(f"{name} {version}" for name, version in one.versions.items())
    return (
        "<h2>How to check this</h2>"
        "<p>Run an exam again and compare it task by task: "
        f"<code>palaestra exam MODEL --verify exams/{escape(one.stem)}.json</code></p>"
        f'<p class="note">Commit <code>{escape(one.commit or "unknown")}</code>; '
        f"{escape(versions)}; {escape(one.machine)}.</p>"
        f"<details><summary>{len(ordered)} certificates</summary>"
        '<div class="scroll"><table class="scores"><thead><tr><th>policy</th><th>exam</th>'
        f"<th>tasks</th><th>model</th></tr></thead><tbody>{rows}</tbody></table></div></details>"
    )
