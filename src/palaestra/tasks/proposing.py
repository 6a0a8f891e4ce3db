"""Acting is asking: works in an application with no goal, and makes a Task of what came of it.

What the explorer changed is the verifier, its pruned actions are the oracle, and the describer
finds the words. Questions, whose answer is on some screen, are proposed in `questions.py`.
"""

from __future__ import annotations

import random

from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks.explorer import Aim, Explorer
from palaestra.tasks.oracle import direct, finish
from palaestra.tasks.pruning import prune
from palaestra.tasks.questions import ask
from palaestra.tasks.splits import Split
from palaestra.tasks.task import KINDS, Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer
from palaestra.types import Action, Start


def propose(app: App, start: Start, rng: random.Random, split: Split, kind: str) -> Task | None:
    """Proposes one task by acting.

    Args:
        app: The application that `start` names.
        start: Where the task begins.
        rng: Decides everything.
        split: Decides the wording's shapes.
        kind: What kind of task to look for; one of `KINDS`.

    Returns:
        A task that its oracle solves, or None if nothing came of the wandering.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}; got {kind!r}")
    session = Session.at(app, start)
    aim = Aim.draw(app, rng, kind)
    if aim is None:
        return None
    describer = Describer(session.store.fork(), rng, exam=split.exam_wording)
    if kind == "question":
        return ask(session, start, rng, describer, aim)
    return _change(session, start, rng, describer, aim)


def _change(
    start: Session, named: Start, rng: random.Random, describer: Describer, aim: Aim
) -> Task | None:
    """Proposes a change: whatever the first command changed that the explorer got through."""
    session = start.fork()
    actions = Explorer(session, aim, rng).explore(lambda s: bool(s.commands))
    required = session.diff()
    if not session.commands or not required:
        return None
    command = session.commands[0]
    pruned = prune(start, actions, lambda s: len(s.commands) == 1 and s.diff() == required)
    wording = describer.command(command)
    if pruned is None or wording is None:
        return None
    kind, number = start.app.kind(command.record), command.number
    if command.verb == "create" and kind.parent:
        owner = command.values[0][1]
        assert isinstance(owner, int)
        kind, number = kind.parent.target.type, owner
    if number:
        pruned = direct(start, pruned, kind, number, wording.typed["search"])
    told = command.verb if command.verb in KINDS else "action"
    return finish(start, named, wording, Verifier(required), told, pruned, Action("done"))
