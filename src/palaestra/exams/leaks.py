"""Leaks: whatever an exam is made of that occurred in practice as well.

Practice and exams are kept apart by construction (`tasks/splits.py`); this compares what was really
practised with what is really examined, by hash and by name, and finds where that did not hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path

from palaestra.errors import PalaestraError, UsageError
from palaestra.kit.app import App
from palaestra.kit.lexicon import lexicon
from palaestra.kit.skin import Skin
from palaestra.tasks.combinations import combinations
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import Split
from palaestra.tasks.task import Task

FAILURES = "failures.jsonl"
SHOWN = 3

Find = Callable[[str], App]


def practised(run: Path) -> list[Task]:
    """Returns the practice tasks that a training kept; none where it kept none.

    Args:
        run: The training's folder. What is not whole in its file is passed over: a training may
            have been killed while it wrote.
    """
    path = run / FAILURES
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            found.append(Task.from_json(json.loads(line)["task"]))
        except (PalaestraError, LookupError, TypeError, ValueError):
            continue
    return found


def leaks(
    practice: Iterable[Task], examined: Iterable[Task], split: Split, find: Find
) -> list[str]:
    """Compares practice with an exam.

    Args:
        practice: What was practised.
        examined: What is examined.
        split: What the exam says that it is made of; only that is compared.
        find: Returns the application of a name.

    Returns:
        What leaked, one line for each sort of thing; empty where nothing did.
    """
    before, after = list(practice), list(examined)
    told = []
    for what, values in _compared(split, find).items():
        common = {v for task in before for v in values(task)}
        common &= {v for task in after for v in values(task)}
        if common:
            some = ", ".join(sorted(map(str, common))[:SHOWN])
            told.append(f"{len(common)} {what} of the exam occurred in practice: {some}")
    if kept := sorted({word for task in before for word in _kept_words(task, find)}):
        some = ", ".join(kept[:SHOWN])
        told.append(f"{len(kept)} words kept for exams were on screens in practice: {some}")
    return told


def refuse_leaks(
    practice: Iterable[Task], examined: Iterable[Task], split: Split, find: Find
) -> None:
    """Compares practice with an exam, as `leaks` does.

    Raises:
        UsageError: If anything leaked: the exam would show nothing.
    """
    if told := leaks(practice, examined, split, find):
        raise UsageError(f"This exam shows nothing, for it leaked into practice. {'; '.join(told)}")


def _compared(split: Split, find: Find) -> dict[str, Callable[[Task], Iterable[Hashable]]]:
    """Returns what is compared, by name, and how it is found in a task."""
    compared: dict[str, Callable[[Task], Iterable[Hashable]]] = {
        "tasks": lambda task: [task.id],
        "seeds of data": lambda task: [task.start.seed],
        "applications": lambda task: [task.start.app] if ":" in task.start.app else [],
        "troubles": lambda task: [task.start.disturbance] if task.start.disturbance else [],
    }
    if split.speech != "practice":
        compared["goals"] = lambda task: [task.goal]
        compared["shapes"] = lambda task: [task.shape]
    if split.skins == "exam":
        compared["skins"] = lambda task: [task.start.skin]
    if split.combined:
        compared["combinations"] = lambda task: _combinations(task, find)
    return compared


def _combinations(task: Task, find: Find) -> list[Hashable]:
    """Returns which deeds follow one another where a workflow's oracle is followed."""
    if task.kind != "workflow":
        return []
    episode = Episode(task, find(task.start.app))
    for action in task.oracle[:-1]:
        episode.step(action)
    return list(combinations(episode.session.commands))


def _kept_words(task: Task, find: Find) -> Iterator[str]:
    """Yields the words that only exams may use for a label, and that the task's screens use."""
    app = find(task.start.app)
    shown = lexicon(app, Skin.of_seed(task.start.skin))
    for label in app.words.get("synonyms", {}):
        word = shown.label(label)
        if word in app.synonyms(label, exam=True) and word not in app.synonyms(label):
            yield word
