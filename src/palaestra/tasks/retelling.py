"""A task told anew for another start: other words, another skin, other troubles, the same verifier.

What the oracle did is done again there by the same hands that proposed it, and described again. It
is only for starts with the same data.
"""

from __future__ import annotations

import random
from dataclasses import replace

from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks import joining
from palaestra.tasks.deeds import Deed, act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.hands import follow
from palaestra.tasks.naming import Thread
from palaestra.tasks.oracle import settle
from palaestra.tasks.pruning import replay
from palaestra.tasks.task import Task
from palaestra.tasks.voice import Speech
from palaestra.tasks.wording import Describer, Wording
from palaestra.tasks.workflows import told
from palaestra.types import Action, Command, Start

TELLINGS = 3
"""How often a step is told anew before it is given up."""


def retold(task: Task, app: App, named: Start, rng: random.Random, speech: Speech) -> Task | None:
    """Tells a task anew.

    Args:
        task: What is to be done.
        app: Where.
        named: The other start; only its skin and its disturbance differ.
        rng: Decides the words.
        speech: Whose voices word it.

    Returns:
        A task with the same verifier, which its oracle solves; None if none came about.
    """
    start = Session.at(app, named)
    if task.verifier.answer:
        return _same_words(task, start, named)
    before = replay(Session.at(app, task.start), list(task.oracle[:-1]))
    if before is None:
        return None
    if task.kind == "workflow":
        return _workflow(task, start, named, before.commands, rng, speech)
    deed = _again(start, before.commands[0], rng) if len(before.commands) == 1 else None
    for _ in range(TELLINGS if deed else 0):
        assert deed is not None
        wording = Describer(start.store.fork(), rng, speech=speech).command(deed.command)
        way = deed.told(start, wording) if wording else None
        if wording and way is not None:
            done = Action("done")
            if new := settle(start, named, wording, task.verifier, task.kind, way, done):
                return new
    return None


def _again(here: Session, command: Command, rng: random.Random) -> Deed | None:
    """Gives a command again, on the screens; None if something else came of it."""
    kind = here.app.kind(command.record)
    given, number = dict(command.values), command.number
    if command.verb == "create" and kind.parent:
        owner = given.pop(kind.parent.name)
        assert isinstance(owner, int)
        number = owner
    deed = act(here, Aim(kind, command.verb), rng, number, given)
    return deed if deed and deed.command == command else None


def _workflow(
    task: Task,
    start: Session,
    named: Start,
    commands: tuple[Command, ...],
    rng: random.Random,
    speech: Speech,
) -> Task | None:
    join = joining.draw(rng, speech, steps=len(commands))
    here, thread = start.fork(), Thread(since=start.start)
    worded: list[Wording] = []
    way: list[Action] = []
    for command in commands:
        deed, found = _again(here, command, rng), None
        for _ in range(TELLINGS if deed else 0):
            assert deed is not None
            describer = Describer(here.store.fork(), rng, speech=speech, thread=thread)
            if found := told(here, deed, describer, clause=join.clauses):
                break
        if found is None:
            return None
        wording, on, here = found
        thread = thread.after(command, here.store)
        worded.append(wording)
        way += on
    whole = Describer(start.store.fork(), rng, speech=speech).workflow(worded, join)
    return settle(start, named, whole, task.verifier, "workflow", way, Action("done"))


def _same_words(task: Task, start: Session, named: Start) -> Task | None:
    """Goes the oracle's way under the other skin; None if that does not show the answer there."""
    answer = task.verifier.answer
    followed = follow(start, task.oracle[:-1])
    if answer is None or followed is None or followed[0].diff():
        return None
    session, way = followed
    shown = (text for node in session.screen().walk() for text in (node.name, node.value))
    right = next((text for text in shown if text and answer.accepts(text)), None)
    if right is None:
        return None
    return replace(task, start=named, oracle=(*way, Action("answer", text=right)))
