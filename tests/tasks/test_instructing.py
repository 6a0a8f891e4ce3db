"""Tasks told by their actions: the words name every element, and the oracle still does it."""

import random

from palaestra.gyms import find
from palaestra.gyms.drawing import draw
from palaestra.selfplay.teacher import Teacher
from palaestra.tasks.episode import Episode
from palaestra.tasks.instructing import KINDS, ONLY, SHAPE, instructed, is_untold
from palaestra.tasks.splits import PRACTICE
from palaestra.tasks.task import Task
from palaestra.types import Node


def some(gym: str, n: int) -> list[Task]:
    told = []
    for task in draw(gym, PRACTICE, 3, n):
        new = instructed(task, find(task.start.app), random.Random(task.id))
        if new:
            assert task.kind in KINDS
            assert (new.verifier, new.oracle, new.start) == (task.verifier, task.oracle, task.start)
            told.append(new)
    return told


def is_called_by_its_kind(said: str, node: Node, episode: Episode) -> bool:
    """Says whether words tell of the only box on a screen, without its name."""
    boxes = [n for n in episode.session.targets().values() if n.role in ("textbox", "searchbox")]
    return boxes == [node] and any(only in said for only in ONLY)


def test_every_action_is_told_in_order() -> None:
    tasks = some("accounting", 32)
    assert len(tasks) > 8
    for task in tasks:
        assert task.shape == SHAPE
        episode = Episode(task, find(task.start.app))
        parts = iter(task.parts)
        for action in task.oracle[:-1]:
            node = episode.session.targets()[action.ref]
            if not is_untold(action):
                begin, end = next(parts)
                said = task.goal[begin:end]
                assert node.name in said or is_called_by_its_kind(said, node, episode)
                assert action.text in said
            episode.step(action)
        assert next(parts, None) is None
        episode.step(task.oracle[-1])
        assert episode.verdict().success


def test_the_teacher_knows_which_words_are_worked_on() -> None:
    for task in some("crm", 16):
        teacher = Teacher(Episode(task, find(task.start.app)))
        episode = Episode(task, find(task.start.app))
        last = 0
        for action in task.oracle[:-1]:
            if teacher.right(episode) and teacher.now and not is_untold(action):
                begin, end = teacher.now
                node = episode.session.targets()[action.ref]
                said = task.goal[begin:end]
                assert node.name in said or is_called_by_its_kind(said, node, episode)
                assert begin >= last
                last = begin
            episode.step(action)


def test_what_is_not_a_change_is_told_otherwise() -> None:
    kinds = {task.kind for task in draw("crm", PRACTICE, 4, 40)}
    assert kinds - set(KINDS)
    for task in draw("crm", PRACTICE, 4, 40):
        if task.kind not in KINDS:
            assert instructed(task, find(task.start.app), random.Random(0)) is None
