"""Checks of single tasks: solvable by doing what was asked, and by nothing else.

Each check takes an App and a task, returns how many things it looked at, and raises `Failure` if
one is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.testing.cheats import Cheat
from palaestra.testing.meddler import Meddler, differs
from palaestra.testing.oracle import before_the_end, end, finished, play
from palaestra.testing.reader import read
from palaestra.testing.report import Failure
from palaestra.testing.tool_parity import tools_agree
from palaestra.types import Action, Diff

SPOILERS = 3
ENDINGS = (Action("done"), Action("ask", text="?"), Action("answer", text=""))

TaskCheck = Callable[[App, Task], int]


def unsolved_at_start(app: App, task: Task) -> int:
    """The verifier is given an untouched state."""
    if task.verifier.judge(Diff(), None).success:
        raise Failure("it is solved before it starts")
    if Episode(task, app).session.diff():
        raise Failure("something has changed before it starts")
    return 1


def oracle(app: App, task: Task) -> int:
    """The oracle must solve the task, within its steps."""
    episode = finished(task, app)
    if not episode.verdict().success:
        raise Failure(f"its oracle does not solve it: {episode.verdict().reason}")
    return 1


def nothing(app: App, task: Task) -> int:
    """Ending at once, in any way, must not solve it."""
    for ending in ENDINGS:
        if play(Episode(task, app), [ending]).verdict().success:
            raise Failure(f"{ending.op} at once solves it")
    return len(ENDINGS)


def spoilers(app: App, task: Task) -> int:
    """One legal unrelated change, early in the oracle's run or at its end, must make it fail."""
    looked_at = 0
    wanted = before_the_end(task, app).session.diff()
    for place in range(SPOILERS):
        meddler = Meddler(f"{task.id}/{place}")
        so_far = (len(task.oracle) - 1) * place // (SPOILERS - 1)
        spoilt = meddler.spoil(play(Episode(task, app), task.oracle[:so_far]))
        if spoilt is None:
            continue
        end(play(spoilt, task.oracle[so_far:-1]))
        if not differs(spoilt.session.diff(), wanted, task.verifier.allowed):
            continue  # the oracle has overwritten it
        looked_at += 1
        if spoilt.verdict().success:
            raise Failure(f"it counts as solved with {spoilt.session.diff().changes}")
    if not looked_at:
        raise Failure("no legal unrelated change was found to spoil it with")
    return looked_at


def round_trip(app: App, task: Task) -> int:
    """A task that was written and read is the same task, of the same name."""
    again = Task.from_json(task.to_json())
    if again != task or again.id != task.id:
        raise Failure("it is another task when written and read")
    return 1


def wording(app: App, task: Task) -> int:
    """A reader of nothing but the goal must come to what the verifier wants and nothing else."""
    outcomes = read(task.goal, Session.at(app, task.start).store)
    if not outcomes:
        raise Failure("nobody could tell from its words what to do")
    if strays := sorted(str(o) for o in outcomes if not o.fits(task.verifier)):
        raise Failure(f"its words can also mean: {strays[0][:300]}")
    return 1


TASK_CHECKS: dict[str, TaskCheck] = {
    "no task is solved before it starts": unsolved_at_start,
    "every oracle solves its task": oracle,
    "doing nothing solves no task": nothing,
    "a spoiler fails every task": spoilers,
    "a task survives being written and read": round_trip,
    "its tools do what its screens do": tools_agree,
    "the words of a goal mean one thing": wording,
}


def cheated(app: App, task: Task, cheat: Cheat) -> int:
    """A cheat must score nothing; returns 0 where it does not apply."""
    episode = cheat(task, app)
    if episode is None:
        return 0
    if episode.verdict().success:
        raise Failure(f"this cheat counts as success; it changed {episode.session.diff().changes}")
    return 1
