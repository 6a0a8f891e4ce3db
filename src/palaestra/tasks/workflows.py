"""Several goals in one: the proposer follows one aim after another, often on with the same record.

The diff of the whole is the verifier, the ways one after another are the oracle. A step that could
be left out without a difference is no step.
"""

from __future__ import annotations

import itertools
import random

from palaestra.errors import PalaestraError
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.session import Session
from palaestra.tasks import joining
from palaestra.tasks.deeds import Deed, act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.naming import Thread
from palaestra.tasks.oracle import settle
from palaestra.tasks.pruning import replay
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer, Wording
from palaestra.types import Action, Command, Diff, Start

TRIES = 4
"""How often, for each step, something may be tried that comes to nothing."""
GOES_ON = 0.65
LEANINGS = {"create": 3, "update": 4, "delete": 1, "action": 4}


def propose(
    start: Session, named: Start, rng: random.Random, steps: int, *, exam: bool
) -> Task | None:
    """Proposes a workflow.

    Args:
        start: Where it begins; left as it is.
        named: Where it begins, by name.
        rng: Decides everything.
        steps: How many steps it has.
        exam: Whether it is worded in the shapes of the exam.

    Returns:
        The task; None if not so many steps came about.

    Raises:
        ValueError: If it would have fewer than two steps.
    """
    if steps < 2:
        raise ValueError(f"A workflow has two steps or more; got {steps}")
    join = joining.draw(rng, exam=exam)
    here, thread = start.fork(), Thread(since=start.start)
    worded: list[Wording] = []
    way: list[Action] = []
    for _ in range(steps * TRIES):
        aim, number = _aim(here, rng, thread)
        deed = act(here, aim, rng, number) if aim else None
        if deed is None or not _each_matters(start, (*here.commands, deed.command), deed.required):
            continue
        describer = Describer(here.store.fork(), rng, exam=exam, thread=thread)
        wording = describer.step(deed.command, clause=join.clauses)
        told = deed.told(here, wording) if wording and _is_told(here, deed) else None
        after = replay(here, told) if told is not None else None
        if wording is None or told is None or after is None or after.diff() != deed.required:
            continue
        thread = thread.after(deed.command, after.store)
        here = after
        worded.append(wording)
        way += told
        if len(worded) == steps:
            whole = Describer(start.store.fork(), rng, exam=exam).workflow(worded, join)
            verifier = Verifier(here.diff())
            return settle(start, named, whole, verifier, "workflow", way, Action("done"))
    return None


def _aim(here: Session, rng: random.Random, thread: Thread) -> tuple[Aim | None, int]:
    """Draws what to do next: something with a record of an earlier step, or anything."""
    spoken = [
        (here.app.kind(name), number)
        for name, numbers in thread.spoken.items()
        for number in sorted(numbers)
        if here.store.has(here.app.kind(name).index, number)
    ]
    if spoken and rng.random() < GOES_ON:
        made = [(kind, number) for kind, number in spoken if number in thread.new(kind, here.store)]
        kind, number = rng.choice(spoken + 2 * made)
        record = kind.cls(here.store, number)
        aims = [Aim(kind, name) for name, deed in kind.actions.items() if deed.when(record)] * 3
        if not here.lock(kind, number):
            aims += [Aim(kind, "update")] * bool(kind.form_fields)
            aims += [Aim(part, "create") for part in kind.children if part.form_fields] * 2
        if aims:
            return rng.choice(aims), number
    return Aim.draw(here.app, rng, rng.choices(list(LEANINGS), list(LEANINGS.values()))[0]), 0


def _is_told(here: Session, deed: Deed) -> bool:
    """Says whether every record that a step chooses has a name that the goal can tell.

    The running number of a record that the workflow itself has made is not known beforehand.
    """
    kind = here.app.kind(deed.command.record)
    action = kind.actions.get(deed.command.verb)
    fields = {f.name: f for f in (action.params if action else kind.form_fields)}
    first = here.start.next_numbers
    for name, value in deed.command.values:
        if name in fields and fields[name].kind == "ref" and isinstance(value, int):
            target = fields[name].target.type  # type: ignore[attr-defined]
            if value >= first[target.index] and target.key.kind == "code":
                return False
    return True


def _each_matters(start: Session, commands: tuple[Command, ...], required: Diff) -> bool:
    """Says whether neither a run of steps nor any two could be left out with the same outcome."""
    places = range(len(commands))
    runs = {tuple(places[a:b]) for a, b in itertools.combinations((*places, len(commands)), 2)}
    for left_out in sorted(runs | set(itertools.combinations(places, 2))):
        store = start.store.fork()
        try:
            for place in places:
                if place not in left_out:
                    execute(store, commands[place])
        except PalaestraError:
            continue
        if diff(store, start.start) == required:
            return False
    return True
