"""Acting is asking: works in an application with no goal, and makes a Task of what came of it.

What the explorer changed is the verifier, its pruned actions are the oracle, and the describer
finds the words. Questions, whose answer is on some screen, are proposed in `questions.py`, what is
refused in `refusals.py`, and several changes in a row in `workflows.py`.
"""

from __future__ import annotations

import random

from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks import refusals, workflows
from palaestra.tasks.deeds import act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.oracle import settle
from palaestra.tasks.questions import ask
from palaestra.tasks.splits import Split
from palaestra.tasks.task import KINDS, Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer
from palaestra.types import Action, Start


def propose(
    app: App,
    start: Start,
    rng: random.Random,
    split: Split,
    kind: str,
    *,
    steps: int = 0,
    aim: Aim | None = None,
    sort: str = "",
) -> Task | None:
    """Proposes one task by acting.

    Args:
        app: The application that `start` names.
        start: Where the task begins.
        rng: Decides everything.
        split: Decides the wording's shapes, and how workflows are combined.
        kind: What kind of task to look for; one of `KINDS`.
        steps: How many steps a workflow has, at least 2; 0 for what the split says.
        aim: What to act towards; drawn evenly if left out.
        sort: What sort of refusal to look for; any if left out.

    Returns:
        A task that its oracle solves, or None if nothing came of the wandering.

    Raises:
        ValueError: If there is no such kind, or a workflow of one step is asked for.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}; got {kind!r}")
    session = Session.at(app, start)
    if kind == "refusal":
        return refusals.propose(session, start, rng, speech=split.speech, sort=sort)
    if kind == "workflow":
        steps = steps or rng.randint(*split.steps)
        combined = split.combined
        return workflows.propose(session, start, rng, steps, speech=split.speech, combined=combined)
    aim = aim or Aim.draw(app, rng, kind)
    if aim is None:
        return None
    describer = Describer(session.store.fork(), rng, speech=split.speech)
    if kind == "question":
        return ask(session, start, rng, describer, aim)
    return _change(session, start, rng, describer, aim)


def _change(
    start: Session, named: Start, rng: random.Random, describer: Describer, aim: Aim
) -> Task | None:
    """Proposes a change: whatever the first command changed that the explorer got through."""
    deed = act(start, aim, rng)
    wording = describer.command(deed.command, deed.typed) if deed else None
    if deed is None or wording is None:
        return None
    way = deed.told(start, wording)
    if way is None:
        return None
    told = deed.command.verb if deed.command.verb in KINDS else "action"
    return settle(start, named, wording, Verifier(deed.required), told, way, Action("done"))
