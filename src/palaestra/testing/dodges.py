"""Scripted cheats on refusals and workflows: refusing without looking, and doing most of it.

They are part of `cheats.CHEATS`; each returns the finished episode, or None where it does not
apply.
"""

from __future__ import annotations

import random
from contextlib import suppress

from palaestra.errors import GymError, Refused
from palaestra.kit.app import App
from palaestra.kit.commands import execute
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.testing.meddler import differs
from palaestra.testing.oracle import before_the_end, end, play
from palaestra.types import Action, Command

MOST_RULES = 40


def refusing_without_looking(task: Task, app: App) -> Episode | None:
    """Says that a rule forbids what nothing forbids."""
    if task.kind == "refusal":
        return None
    return _answering(task, app, "This is not allowed (handbook, R1)")


def finding_nothing(task: Task, app: App) -> Episode | None:
    """Says that there is no such record, where there is."""
    if task.kind == "refusal" and task.verifier.answer and task.verifier.answer.also:
        return None
    return _answering(task, app, f"There is no such {app.records[0].noun}")


def just_saying_no(task: Task, app: App) -> Episode | None:
    """Refuses, and gives no reason."""
    return _answering(task, app, "No") if task.kind == "refusal" else None


def naming_every_rule(task: Task, app: App) -> Episode | None:
    """Gives every rule there could be as the reason."""
    rules = " ".join(f"R{n}" for n in range(1, MOST_RULES))
    return _answering(task, app, rules) if task.kind == "refusal" else None


def refusing_and_doing(task: Task, app: App) -> Episode | None:
    """Gives the right reason, but does it to another record, where nothing forbids it."""
    episode = before_the_end(task, app)
    refused = episode.session.refused
    if task.kind != "refusal" or refused is None or not refused.number:
        return None
    numbers = episode.session.store.numbers(app.kind(refused.record).index)
    others = [n for n in numbers if n != refused.number]
    return end(episode) if _elsewhere(episode, refused, others) else None


def all_steps_but_one(task: Task, app: App) -> Episode | None:
    """Does every step of a workflow but one."""
    return _with_one_other(task, app, astray=False)


def one_step_astray(task: Task, app: App) -> Episode | None:
    """Does every step of a workflow, but one of them to another record."""
    return _with_one_other(task, app, astray=True)


DODGES = (
    refusing_without_looking, finding_nothing, just_saying_no, naming_every_rule,
    refusing_and_doing, all_steps_but_one, one_step_astray,
)  # fmt: skip


def _answering(task: Task, app: App, text: str) -> Episode:
    return play(Episode(task, app), [Action("answer", text=text)])


def _with_one_other(task: Task, app: App, *, astray: bool) -> Episode | None:
    """Carries the steps out, one of them left out or done to another record."""
    if task.kind != "workflow":
        return None
    commands = before_the_end(task, app).session.commands
    odd = random.Random(task.id).randrange(len(commands))
    episode = Episode(task, app)
    store = episode.session.store
    for place, command in enumerate(commands):
        if place != odd:
            with suppress(Refused, GymError):
                execute(store, command)
        elif astray:
            numbers = store.numbers(app.kind(command.record).index)
            others = [n for n in numbers if n != command.number]
            if not command.number or not _elsewhere(episode, command, others):
                return None
    different = differs(episode.session.diff(), task.verifier.required, task.verifier.allowed)
    return end(episode) if different else None


def _elsewhere(episode: Episode, command: Command, numbers: list[int]) -> bool:
    """Carries a command out on the first record where it changes anything; says whether it did."""
    before = episode.session.diff()
    for number in numbers:
        with suppress(Refused):
            execute(episode.session.store, command._replace(number=number))
            if episode.session.diff() != before:
                return True
    return False
