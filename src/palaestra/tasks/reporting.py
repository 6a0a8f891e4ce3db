"""Questions about reports: what a line says in a column, as chosen above the table."""

from __future__ import annotations

import random

from palaestra.kit.blocks import Report
from palaestra.kit.blocks.report import MOST_LINES
from palaestra.kit.fields import MONEY, parse_date
from palaestra.kit.screens.table import EMPTY
from palaestra.kit.session import Session
from palaestra.tasks.answer import Answer
from palaestra.tasks.hands import follow
from palaestra.tasks.oracle import finish
from palaestra.tasks.pruning import prune
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer
from palaestra.types import Action, Start

AS_IT_OPENS = 0.5


def ask(
    start: Session, named: Start, rng: random.Random, describer: Describer, report: Report
) -> Task | None:
    """Proposes a question that a report answers; None if it has nothing to tell.

    The line is named by its first column, which no other line may share.
    """
    offered = report.options(start.store)
    chosen = {label: options[0] for label, options in offered.items()}
    changed: dict[str, str] = {}
    if offered and rng.random() > AS_IT_OPENS:
        label = rng.choice(sorted(offered))
        changed = {label: rng.choice(offered[label])}
    lines = report.lines(start.store, chosen | changed)[:MOST_LINES]
    names = [line[0] for line in lines]
    told = [
        (line[0], column, text)
        for line in lines
        for column, text in zip(report.columns[1:], line[1:], strict=True)
        if text != EMPTY and line[0] != EMPTY and names.count(line[0]) == 1
    ]
    if not told:
        return None
    row, column, text = rng.choice(told)
    way = [Action("click", f"nav:{report.name}")]
    for label, option in changed.items():
        if option != chosen[label]:
            way.append(Action("select", f"choice:{label}", start.lexicon.label(option)))
    followed = follow(start, way)
    at_end = followed[0].route.screen if followed else ""
    wanted = chosen | changed

    def shows(session: Session) -> bool:
        return session.route.screen == at_end and report.chosen(session) == wanted

    pruned = prune(start, followed[1], shows) if followed else None
    wording = describer.reported(report.title, changed, row, column)
    if pruned is None or f'"{text}"' in wording.goal:
        return None
    verifier = Verifier(answer=Answer(_kind(text), text))
    last = Action("answer", text=text)
    return finish(start, named, wording, verifier, "question", pruned, last)


def _kind(text: str) -> str:
    """Returns how answers like a text are compared."""
    if MONEY.fullmatch(text):
        return "money"
    return "date" if parse_date(text) else "text"
