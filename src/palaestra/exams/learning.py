"""How a training went, as charts: the solver, the proposer, and where the time went.

Whatever numbers a training wrote down are drawn; those that are known here get a place and a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from palaestra.exams.chart import Series, chart
from palaestra.exams.metrics import curves, read_rounds


class Known(NamedTuple):
    """A metric that has a place of its own: its name, its title, and what to look for."""

    metric: str
    title: str
    note: str = ""


SOLVER = (
    Known("practice_success", "Success in practice, by gym", "clean success on goals never seen"),
    Known("kind_success", "Success in practice, by kind", "clean success on goals never seen"),
    Known("accuracy", "Right decisions", "share that agrees with the demonstration"),
    Known("loss", "Loss of a decision"),
)
PROPOSER = (
    Known("diversity", "Diversity", "a proposer that collapses falls here first"),
    Known("validity", "Validity", "wanderings that led to a task"),
    Known("difficulty", "Difficulty", "how often the solver succeeds, and was expected to"),
    Known("relevance", "Relevance", "goals about everyday records, and goals that can be met"),
    Known("goal_kinds", "Kinds of goal", "shares of what was proposed"),
    Known("gyms", "Gyms", "shares of what was proposed"),
    Known("shapes", "Different wordings", "shapes of sentences in a round"),
    Known("oracle_steps", "Steps of the oracle", "mean length of what was proposed"),
    Known("proposals", "Goals proposed", "in a round"),
)
THROUGHPUT = (
    Known("decisions_per_s", "Decisions learnt a second"),
    Known("decisions", "Decisions learnt in a round"),
    Known("noted", "Decisions noted in a round"),
    Known("propose_s", "Seconds of proposing"),
    Known("practise_s", "Seconds of practice"),
    Known("waited_s", "Seconds of waiting", "the learner waits for practice"),
)
GROUPS = (("How it learnt", SOLVER), ("What the proposer did", PROPOSER), ("Time", THROUGHPUT))
REST = "Everything else"
NO_SHARES = ("loss", "_s", "advantage", "entropy")
"""Endings of metrics that are no shares even where they lie between 0 and 1."""


def learning(metrics: Path) -> str:
    """Draws all curves of a training; "" where it wrote down none."""
    rounds = read_rounds(metrics)
    if not rounds:
        return ""
    x_label, lines = curves(rounds)
    if x_label == "minutes":
        x_label = "minutes of training"
    known = {one.metric for _, group in GROUPS for one in group}
    rest = tuple(Known(m, m.replace("_", " ").capitalize()) for m in lines if m not in known)
    sections = []
    for title, group in (*GROUPS, (REST, rest)):
        charts = (
            chart(
                one.title,
                lines.get(one.metric, []),
                x_label=x_label,
                share=_is_share(one.metric, lines.get(one.metric, [])),
                note=one.note,
            )
            for one in group
        )
        if drawn := "".join(charts):
            sections.append(f'<h2>{title}</h2><div class="charts">{drawn}</div>')
    return "".join((*sections, _left_out(rounds)))


def _left_out(rounds: Sequence[Mapping[str, Any]]) -> str:
    """Lists where the gyms' own code failed, for their authors; "" if it never did."""
    kept = [told.get("broken") for told in rounds]
    bugs = Counter(str(bug) for found in kept if isinstance(found, list) for bug in found)
    if not bugs:
        return ""
    rows = "".join(f"<li>{escape(bug)}{_times(n)}</li>" for bug, n in bugs.items())
    return f"<h2>Left out, bugs of the gyms</h2><ul>{rows}</ul>"


def _times(n: int) -> str:
    return f" ({n} times)" if n > 1 else ""


def _is_share(metric: str, series: Sequence[Series]) -> bool:
    ys = [y for one in series for _, y in one.points]
    return not metric.endswith(NO_SHARES) and all(0 <= y <= 1 for y in ys)
