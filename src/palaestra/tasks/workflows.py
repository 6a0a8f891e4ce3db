"""Several goals in one: the proposer follows one aim after another, often on with the same record.

The diff of the whole is the verifier, the ways one after another are the oracle. That none of the
steps could be left out is checked in `steps.py`; which may follow which, in `combinations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from palaestra.kit.session import Session
from palaestra.tasks import joining
from palaestra.tasks.combinations import Doing, doing, is_kept
from palaestra.tasks.deeds import Deed, act
from palaestra.tasks.explorer import Aim
from palaestra.tasks.naming import Thread
from palaestra.tasks.oracle import settle
from palaestra.tasks.pruning import replay
from palaestra.tasks.steps import Steps
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.voice import Speech
from palaestra.tasks.wording import Describer, Wording
from palaestra.types import Action, Start

TRIES = 8
"""How many things are tried for each step, at most."""
IDLE = 60
"""How many things in a row may come to nothing before it is given up."""
DRAWN = 12
"""How often it is drawn anew what to try, where that must not follow the step before."""
GOES_ON = 0.65
LEANINGS = {"create": 3, "update": 4, "delete": 1, "action": 4}


def propose(
    start: Session,
    named: Start,
    rng: random.Random,
    steps: int,
    *,
    speech: Speech,
    combined: bool = False,
) -> Task | None:
    """Proposes a workflow.

    Args:
        start: Where it begins; left as it is.
        named: Where it begins, by name.
        rng: Decides everything.
        steps: How many steps it has.
        speech: Whose voices word it.
        combined: Whether steps follow one another only as they never do in practice; otherwise
            they do so only as they do there.

    Returns:
        The task; None if not so many steps came about.

    Raises:
        ValueError: If it would have fewer than two steps.
    """
    if steps < 2:
        raise ValueError(f"A workflow has two steps or more; got {steps}")
    join = joining.draw(rng, speech, steps=steps)
    here, thread = start.fork(), Thread(since=start.start)
    done, worded = Steps(start.store), list[Wording]()
    way: list[Action] = []
    tried, idle = 0, 0
    while tried < steps * TRIES and idle < IDLE:
        tried, idle = tried + 1, idle + 1
        last = doing(done.commands[-1]) if done.commands else None
        aim, number = _fitting(here, rng, thread, last, combined)
        deed = act(here, aim, rng, number) if aim else None
        if deed is None or (last and is_kept(last, doing(deed.command)) != combined):
            continue
        longer = done.after(deed.command)
        if longer is None:
            continue
        describer = Describer(here.store.fork(), rng, speech=speech, thread=thread)
        found = told(here, deed, describer, clause=join.clauses)
        if found is None:
            continue
        wording, on, after = found
        thread = thread.after(deed.command, after.store)
        here, done = after, longer
        idle = 0
        worded.append(wording)
        way += on
        if len(worded) == steps:
            whole = Describer(start.store.fork(), rng, speech=speech).workflow(worded, join)
            verifier = Verifier(here.diff())
            task = settle(start, named, whole, verifier, "workflow", way, Action("done"))
            return replace(task, parts=parts(whole.goal, worded)) if task else None
    return None


def parts(goal: str, steps: Sequence[Wording]) -> tuple[tuple[int, int], ...]:
    """Returns where the words of each step begin and end in the goal; a first may be a capital."""
    found, end = [], 0
    for step in steps:
        begin = goal.index(step.goal[1:], end + 1) - 1
        end = begin + len(step.goal)
        found.append((begin, end))
    return tuple(found)


def _fitting(
    here: Session, rng: random.Random, thread: Thread, last: Doing | None, combined: bool
) -> tuple[Aim | None, int]:
    """Draws what to do next, of what may follow the step before."""
    for _ in range(DRAWN):
        aim, number = _aim(here, rng, thread)
        if aim and (last is None or is_kept(last, (aim.kind.name, aim.verb)) == combined):
            return aim, number
    return None, 0


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


def told(
    here: Session, deed: Deed, describer: Describer, *, clause: bool
) -> tuple[Wording, list[Action], Session] | None:
    """Tells a step.

    Args:
        here: Where it begins.
        deed: What is done.
        describer: Finds the words; it knows what earlier steps have spoken of.
        clause: Whether it is told as a clause.

    Returns:
        The words, the way as they tell it, and where it leads; None if they do not tell enough.
    """
    wording = describer.step(deed.command, clause=clause)
    way = deed.told(here, wording) if wording and _is_told(here, deed) else None
    after = replay(here, way) if way is not None else None
    if wording is None or way is None or after is None or after.diff() != deed.required:
        return None
    return wording, way, after


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
