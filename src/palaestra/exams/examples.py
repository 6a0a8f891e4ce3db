"""Episodes of an exam to look at: why it failed, and some failures and successes as strips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from palaestra.errors import UsageError
from palaestra.exams.archive import read_trajectories
from palaestra.exams.certificate import Certificate
from palaestra.exams.overview import is_baseline
from palaestra.exams.retracing import retrace
from palaestra.exams.strip import strip
from palaestra.kit.app import App
from palaestra.tasks.episode import Trajectory

SUCCESSES_SHOWN, FAILURES_SHOWN = 3, 8


class Kept(NamedTuple):
    """An episode, and where it is kept: its file, and its number in it."""

    trajectory: Trajectory
    file: Path
    number: int


def examples(exams: Path, certificates: Sequence[Certificate], find: Callable[[str], App]) -> str:
    """Draws what the models did, of as many gyms and kinds as there are.

    Args:
        exams: The folder of the certificates.
        certificates: What was examined; baselines are left out.
        find: Returns the application of a name.
    """
    kept: list[Kept] = []
    for one in certificates:
        path = exams / f"{one.stem}.jsonl"
        if not is_baseline(one) and path.is_file():
            kept += [Kept(t, path, k) for k, t in enumerate(read_trajectories(path), 1)]
    failures = [one for one in kept if not _is_success(one.trajectory)]
    successes = [one for one in kept if _is_success(one.trajectory)]
    parts = []
    if failures:
        parts.append(f"<h2>What it still does wrong</h2>{_reasons(failures)}")
        parts += [_strip(one, find) for one in _varied(failures, FAILURES_SHOWN)]
    if successes:
        parts.append("<h2>What it does right</h2>")
        parts += [_strip(one, find) for one in _varied(successes, SUCCESSES_SHOWN)]
    return "".join(parts)


def _is_success(trajectory: Trajectory) -> bool:
    return trajectory.verdict is not None and trajectory.verdict.success


def why(trajectory: Trajectory) -> str:
    """Returns why an episode failed, in a word or two."""
    if trajectory.verdict is None:
        return "unscored"
    if trajectory.irreversible:
        return "did lasting harm"
    if trajectory.verdict.side_effects:
        return "changed something else"
    if trajectory.ended == "steps":
        return "ran out of steps"
    if trajectory.ended == "ask":
        return "asked instead"
    if trajectory.task.verifier.answer:
        return "wrong answer" if trajectory.ended == "answer" else "no answer"
    return "answered instead" if trajectory.ended == "answer" else "not all was done"


def _reasons(failures: Sequence[Kept]) -> str:
    """Draws a table of why episodes failed, by kind of task."""
    counts = Counter((one.trajectory.task.kind, why(one.trajectory)) for one in failures)
    reasons = Counter(why(one.trajectory) for one in failures)
    columns = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
    rows = []
    for kind in sorted({kind for kind, _ in counts}):
        cells = "".join(f"<td>{counts[kind, reason] or ''}</td>" for reason in columns)
        rows.append(f"<tr><th>{escape(kind)}</th>{cells}</tr>")
    total = "".join(f"<td>{reasons[reason]}</td>" for reason in columns)
    heads = "".join(f"<th>{reason}</th>" for reason in columns)
    return (
        '<div class="scroll"><table class="scores"><thead><tr><th>failures by kind</th>'
        f'{heads}</tr></thead><tbody>{"".join(rows)}<tr class="all"><th>all</th>{total}</tr>'
        "</tbody></table></div>"
    )


def _strip(one: Kept, find: Callable[[str], App]) -> str:
    command = f"palaestra replay exams/{one.file.name} --number {one.number}"
    try:
        return strip(retrace(one.trajectory, find), command)
    except UsageError as wrong:
        return f'<p class="note"><code>{escape(command)}</code>: {escape(str(wrong))}</p>'


def _varied(group: Sequence[Kept], most: int) -> list[Kept]:
    """Takes some, each from the gym and of the kind that there are fewest of so far."""
    left, taken = list(group), list[Kept]()
    seen: Counter[str] = Counter()
    while left and len(taken) < most:
        one = min(left, key=lambda kept: sum(seen[word] for word in _words(kept)))
        left.remove(one)
        taken.append(one)
        seen.update(_words(one))
    return taken


def _words(one: Kept) -> tuple[str, str]:
    task = one.trajectory.task
    return task.start.app.partition(":")[0], task.kind
