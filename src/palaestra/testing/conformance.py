"""What every application must pass before anybody is trained or examined in it.

The checks take any App and tasks for it: those of this house, generated ones, or your own.

    from palaestra.testing.conformance import check
    report = check(app, tasks)
    assert report.ok, report

A check that found nothing to look at has failed, for it proved nothing; only a cheat may not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from palaestra.errors import UsageError
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks.task import Task
from palaestra.testing.cheats import CHEATS
from palaestra.testing.definition_checks import DEFINITION_CHECKS, DefinitionCheck
from palaestra.testing.play_checks import PLAY_CHECKS
from palaestra.testing.report import Check, Failure, Report
from palaestra.testing.task_checks import TASK_CHECKS, cheated

T = TypeVar("T", int, Task)
Progress = Callable[[str], None]


def count(tasks: Sequence[Task], seeds: Sequence[int]) -> int:
    """Returns how often `check` will tell its progress."""
    told = 1 + len(DEFINITION_CHECKS)
    return told + len(PLAY_CHECKS) * len(seeds) + (len(TASK_CHECKS) + len(CHEATS)) * len(tasks)


def check(
    app: App,
    tasks: Sequence[Task],
    *,
    seeds: Sequence[int] = range(5),
    steps: int = 200,
    progress: Progress = lambda name: None,
) -> Report:
    """Runs every check; nothing that an application does wrong stops it.

    Args:
        app: The application.
        tasks: Tasks in it, at least one.
        seeds: Seeds of data (and of skins) that are played at random, at least two.
        steps: Actions of random play for each seed.
        progress: Told the check's name before each seed or task.

    Raises:
        UsageError: If there is too little to check with, or tasks are of another application.
    """
    if not tasks or len(set(seeds)) < 2 or steps < 1:
        raise UsageError("A check needs at least one task, two seeds and one step")
    if strangers := {t.start.app for t in tasks if t.start.app != app.name}:
        raise UsageError(f"These tasks are for {', '.join(sorted(strangers))}, not for {app.name}")
    checks = [
        _run(
            "different seeds give different data",
            seeds[:1],
            lambda _: _differ(app, seeds),
            progress,
        )
    ]
    for name, definition_check in DEFINITION_CHECKS.items():
        looked = partial(_once, definition_check, app)
        checks.append(_run(name, seeds[:1], looked, progress))
    for name, play_check in PLAY_CHECKS.items():
        checks.append(_run(name, seeds, partial(play_check, app, steps), progress))
    for name, task_check in TASK_CHECKS.items():
        checks.append(_run(name, tasks, partial(task_check, app), progress))
    for cheat in CHEATS:
        name = f"cheat: {cheat.__name__.replace('_', ' ')}"
        ran = _run(name, tasks, partial(cheated, app, cheat=cheat), progress, "tasks it applies to")
        checks.append(ran)
    return Report(app.name, tuple(checks))


def _run(
    name: str,
    subjects: Sequence[T],
    run: Callable[[T], int],
    progress: Progress,
    looked_at: str = "",
) -> Check:
    """Runs a check over seeds or tasks; whatever is raised is a failure of the check."""
    total = 0
    for subject in subjects:
        progress(name)
        try:
            total += run(subject)
        except Failure as failure:
            return Check(name, False, f"{_told(subject)}: {failure}")
        except Exception as bug:
            return Check(name, False, f"{_told(subject)}: {type(bug).__name__}: {bug}")
    if looked_at:
        return Check(name, True, f"{looked_at}: {total} of {len(subjects)}")
    return Check(name, total > 0, f"looked at {total:,}")


def _once(definition_check: DefinitionCheck, app: App, _: int) -> int:
    return definition_check(app)


def _differ(app: App, seeds: Sequence[int]) -> int:
    digests = {Session(app, seed).digest() for seed in seeds}
    if len(digests) < len(set(seeds)):
        raise Failure(f"{len(set(seeds))} seeds give {len(digests)} different states")
    return len(digests)


def _told(subject: int | Task) -> str:
    if isinstance(subject, Task):
        return f"{subject.goal!r} (seed {subject.start.seed}, skin {subject.start.skin})"
    return f"seed {subject}"
