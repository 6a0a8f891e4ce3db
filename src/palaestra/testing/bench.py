"""Measures how fast an application runs, and what a Session weighs.

All times are CPU time of this process on one core, so that neighbours on the machine do not show.
Actions are drawn beforehand and replayed: what is measured is the application, not the player.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count
from time import process_time
from typing import Any

from palaestra.errors import InvalidAction, UsageError
from palaestra.faces.tree import TreeEnv
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.testing.wanderer import Wanderer
from palaestra.types import OPS, Action

BATCH = 200
WEIGHED = 50
PLAYED_BEFORE_WEIGHING = 20


@dataclass(frozen=True)
class Bench:
    """What was measured.

    Attributes:
        app: Name of the application.
        steps_per_second: `Episode.step` and `Episode.observe`, new episodes included, on starts of
            which no screen was drawn before.
        warm_steps_per_second: The same on starts that were played before.
        nodes: Mean number of nodes in an observation.
        gymnasium_steps_per_second: The same through `TreeEnv.step`, observations as text, warm.
        reset_seen_us: A new Session on a seed that was used before, with its first screen.
        reset_unseen_us: The same on a seed that was not.
        fork_us: `Session.fork`.
        restore_us: `Store.snapshot`, a change, and `Store.restore`.
        diff_us: `Session.diff` after a few changes.
        digest_us: `Session.digest` after one change.
        session_bytes: What one more Session on a seen seed weighs after some actions.
        fork_bytes: What one more fork weighs.
    """

    app: str
    steps_per_second: float
    warm_steps_per_second: float
    nodes: float
    gymnasium_steps_per_second: float
    reset_seen_us: float
    reset_unseen_us: float
    fork_us: float
    restore_us: float
    diff_us: float
    digest_us: float
    session_bytes: float
    fork_bytes: float

    def to_json(self) -> dict[str, Any]:
        """Returns a plain dict."""
        return asdict(self)


def measure(app: App, tasks: Sequence[Task], *, seconds: float = 1.0) -> Bench:
    """Measures an application.

    Args:
        app: The application.
        tasks: Tasks in it, played at random from their starts; at least one.
        seconds: CPU time for each measurement.

    Raises:
        UsageError: If there is nothing to play, or no time to do it in.
    """
    if not tasks or seconds <= 0:
        raise UsageError("A measurement needs at least one task, and time")
    played = [(task, _random_play(task, app)) for task in tasks]
    screens = [_node_counts(task, app, actions) for task, actions in played]
    steps = sum(len(actions) for _, actions in played)

    changed = _changed(app)
    one_change = _one_change(changed)
    fresh = count(1_000_000)
    seen = count()

    def restore() -> None:
        kept = changed.store.snapshot()
        one_change()
        changed.store.restore(kept)

    def digest() -> None:
        one_change()
        changed.digest()

    return Bench(
        app=app.name,
        steps_per_second=steps / _time(lambda: _replay(app, played, warm=False), seconds),
        warm_steps_per_second=steps / _time(lambda: _replay(app, played, warm=True), seconds),
        nodes=sum(map(sum, screens)) / sum(map(len, screens)),
        gymnasium_steps_per_second=steps / _time(_through_gymnasium(app, played), seconds),
        reset_seen_us=1e6 * _time(lambda: Session(app, next(seen) % 20).screen(), seconds, BATCH),
        reset_unseen_us=1e6 * _time(lambda: Session(app, next(fresh)).screen(), seconds),
        fork_us=1e6 * _time(changed.fork, seconds, BATCH),
        restore_us=1e6 * _time(restore, seconds, BATCH),
        diff_us=1e6 * _time(changed.diff, seconds, BATCH),
        digest_us=1e6 * _time(digest, seconds, BATCH),
        session_bytes=_weigh(lambda: _some_play(app)),
        fork_bytes=_weigh(_some_play(app).fork),
    )


def _random_play(task: Task, app: App) -> list[Action]:
    episode, wanderer = Episode(task, app), Wanderer(task.start.seed)
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


def _replay(app: App, played: Sequence[tuple[Task, list[Action]]], *, warm: bool) -> None:
    for task, actions in played:
        episode = Episode(task, app)
        if not warm:
            episode.session.drawn = {}
            episode.session.store.shared = {}
        for action in actions:
            episode.step(action)
            episode.observe()


def _through_gymnasium(app: App, played: Sequence[tuple[Task, list[Action]]]) -> Callable[[], None]:
    """Returns the same play as `_replay`, by the numbers of the elements."""
    env = TreeEnv(lambda seed: played[0][0], lambda name: app)
    coded = []
    for task, actions in played:
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


def _some_play(app: App) -> Session:
    session, wanderer = Session(app, 0), Wanderer(0)
    for _ in range(PLAYED_BEFORE_WEIGHING):
        with suppress(InvalidAction):
            session.dispatch(wanderer.action(session))
    return session


def _changed(app: App) -> Session:
    """Returns a Session in which random play changed something."""
    session, wanderer = Session(app, 0), Wanderer(0)
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


def _time(run: Callable[[], object], seconds: float, batch: int = 1) -> float:
    """Returns the mean CPU seconds of a call, after one that does not count."""
    run()
    calls = 0
    began = process_time()
    while (spent := process_time() - began) < seconds:
        for _ in range(batch):
            run()
        calls += batch
    return spent / calls


def _weigh(make: Callable[[], object]) -> float:
    """Returns the mean bytes that one more of something keeps."""
    make()
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = [make() for _ in range(WEIGHED)]
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (after - before) / len(kept)
