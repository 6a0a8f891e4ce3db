"""Measures how fast an application runs, and what a Session weighs, with few and many records.

Actions are drawn beforehand and replayed: what is measured is the application, not the player. All
plays of a measurement begin with the same records, in different skins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

from palaestra.errors import InvalidAction, UsageError
from palaestra.faces.tree import TreeEnv
from palaestra.kit.app import App
from palaestra.kit.seeding import make_up
from palaestra.kit.session import Session
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.testing.pace import Pace, pace
from palaestra.testing.stopwatch import first_seconds, mean_seconds, weigh
from palaestra.testing.wanderer import Wanderer
from palaestra.types import OPS, Action, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BATCH = 200
PLAYED_BEFORE_WEIGHING = 20
Plays = Sequence[tuple[Task, list[Action]]]


@dataclass(frozen=True)
class Bench:
    """What was measured.

    Attributes:
        app: Name of the application.
        size: How many records were asked for; 0 for the application's own number.
        records: How many there were.
        steps_per_second: `Episode.step` and `Episode.observe`, new episodes included, on a start
            that was played before.
        cold_steps_per_second: The same with everything forgotten before each episode but the
            records and their indices: every row is drawn anew.
        nodes: Mean number of nodes in an observation.
        gymnasium_steps_per_second: `TreeEnv.step`, observations as text, on the same start.
        reset_us: A new Session on records that were made up before, with its first screen.
        make_up_ms: Making up the records of a seed.
        fork_us: `Session.fork`.
        restore_us: `Store.snapshot`, a change, and `Store.restore`.
        diff_us: `Session.diff` after a few changes.
        digest_us: `Session.digest` after one change.
        session_bytes: What one more Session on the same records weighs after some actions.
        fork_bytes: What one more fork weighs.
        chromium: The same plays in Chromium; None where it was not asked for.
    """

    app: str
    size: int
    records: int
    steps_per_second: float
    cold_steps_per_second: float
    nodes: float
    gymnasium_steps_per_second: float
    reset_us: float
    make_up_ms: float
    fork_us: float
    restore_us: float
    diff_us: float
    digest_us: float
    session_bytes: float
    fork_bytes: float
    chromium: Pace | None

    def to_json(self) -> dict[str, Any]:
        """Returns a plain dict."""
        ratio = {"chromium_ratio": self.chromium.ratio} if self.chromium else {}
        return asdict(self) | ratio


def measure(
    app: App,
    tasks: Sequence[Task],
    *,
    size: int = 0,
    seconds: float = 1.0,
    browser: Browser | None = None,
) -> Bench:
    """Measures an application.

    Args:
        app: The application.
        tasks: Tasks in it; their goals and skins are used, all on the first one's records.
        size: How many records it has; 0 for its own number.
        seconds: Time for each measurement.
        browser: A Chromium to do the same in, or None.

    Raises:
        UsageError: If there is nothing to play, or no time to do it in.
    """
    if not tasks or seconds <= 0:
        raise UsageError("A measurement needs at least one task, and time")
    seed = tasks[0].start.seed
    starts = [replace(task.start, seed=seed, size=size, disturbance=0) for task in tasks]
    at = [replace(task, start=start) for task, start in zip(tasks, starts, strict=True)]
    plays = [(task, random_play(task, app)) for task in at]
    screens = [_node_counts(task, app, actions) for task, actions in plays]
    steps = sum(len(actions) for _, actions in plays)
    start = starts[0]
    changed = _changed(app, start)
    one_change = _one_change(changed)

    def restore() -> None:
        kept = changed.store.snapshot()
        one_change()
        changed.store.restore(kept)

    def digest() -> None:
        one_change()
        changed.digest()

    return Bench(
        app=app.name,
        size=size,
        records=len(changed.start.rows),
        steps_per_second=steps / mean_seconds(lambda: _replay(app, plays, cold=False), seconds),
        cold_steps_per_second=_cold(app, plays, seconds),
        nodes=sum(map(sum, screens)) / sum(map(len, screens)),
        gymnasium_steps_per_second=steps / mean_seconds(_through_gymnasium(app, plays), seconds),
        reset_us=1e6 * mean_seconds(lambda: Session.at(app, start).screen(), seconds, BATCH),
        make_up_ms=1e3 * first_seconds(lambda n: make_up(app, seed + 1 + n, size), seconds),
        fork_us=1e6 * mean_seconds(changed.fork, seconds, BATCH),
        restore_us=1e6 * mean_seconds(restore, seconds, BATCH),
        diff_us=1e6 * mean_seconds(changed.diff, seconds, BATCH),
        digest_us=1e6 * mean_seconds(digest, seconds, BATCH),
        session_bytes=weigh(lambda: _some_play(app, start)),
        fork_bytes=weigh(_some_play(app, start).fork),
        chromium=pace(app, [(t.start, a) for t, a in plays], browser, seconds) if browser else None,
    )


def random_play(task: Task, app: App) -> list[Action]:
    """Draws the actions of an episode; what is drawn depends on the goal, not on the size."""
    episode, wanderer = Episode(task, app), Wanderer(int(task.id, 16) % 10_000)
    actions = []
    while not episode.ended:
        actions.append(wanderer.action(episode.session))
        episode.step(actions[-1])
    return actions


def _node_counts(task: Task, app: App, actions: Sequence[Action]) -> list[int]:
    episode = Episode(task, app)
    counts = []
    for action in actions:
        episode.step(action)
        counts.append(sum(1 for _ in episode.observe().screen.walk()))
    return counts


def _cold(app: App, plays: Plays, seconds: float) -> float:
    """Returns steps a second with everything forgotten before each episode."""
    steps, spent = 0, 0.0
    for one in cycle(plays):
        spent += first_seconds(lambda _, one=one: _replay(app, [one], cold=True), 0)  # type: ignore[misc]
        steps += len(one[1])
        if spent >= seconds:
            break
    return steps / spent


def _replay(app: App, plays: Plays, *, cold: bool) -> None:
    for task, actions in plays:
        episode = Episode(task, app)
        if cold:
            episode.session.forget()
        for action in actions:
            episode.step(action)
            episode.observe()


def _through_gymnasium(app: App, plays: Plays) -> Callable[[], None]:
    """Returns the same play as `_replay`, by the numbers of the elements."""
    env = TreeEnv(lambda seed: plays[0][0], lambda name: app)
    coded = []
    for task, actions in plays:
        env.reset(options={"task": task})
        codes = []
        for action in actions:
            refs = list(env.episode.session.targets())
            element = refs.index(action.ref) if action.ref else 0
            codes.append({"op": OPS.index(action.op), "element": element, "text": action.text})
            env.step(codes[-1])
        coded.append((task, codes))

    def replay() -> None:
        for task, codes in coded:
            env.reset(options={"task": task})
            for code in codes:
                env.step(code)

    return replay


def _some_play(app: App, start: Start) -> Session:
    session, wanderer = Session.at(app, start), Wanderer(0)
    for _ in range(PLAYED_BEFORE_WEIGHING):
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))
    return session


def _changed(app: App, start: Start) -> Session:
    """Returns a Session in which random play changed something."""
    session, wanderer = Session.at(app, start), Wanderer(0)
    while not session.diff():
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))
    return session


def _one_change(session: Session) -> Callable[[], None]:
    """Returns a function that writes a new value into a record, a different one each time."""
    kind = next(kind for kind in session.app.records if session.store.numbers(kind.index))
    number = session.store.numbers(kind.index)[0]
    values = count()
    return lambda: session.store.set_field(kind.index, number, kind.key.position, f"{next(values)}")
