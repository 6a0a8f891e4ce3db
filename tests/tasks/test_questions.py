from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from palaestra import gyms
from palaestra.kit import Session
from palaestra.tasks.explorer import Aim
from palaestra.tasks.questions import ask
from palaestra.tasks.task import Task
from palaestra.tasks.wording import Describer
from palaestra.types import Start


def asked(gym: str, n: int) -> list[Task]:
    tasks = []
    for seed in range(n):
        rng = random.Random(seed)
        app = gyms.find(gym)
        start = Session(app, seed)
        aim = Aim.draw(app, rng, "question")
        assert aim is not None
        describer = Describer(start.store.fork(), rng, speech="practice")
        task = ask(start, Start(gym, seed), rng, describer, aim)
        tasks += [task] if task else []
    return tasks


@pytest.mark.parametrize("gym", ["accounting", "procedural:5"])
def test_questions_of_every_sort_are_asked_and_their_answers_are_read_by_kind(gym: str):
    tasks = asked(gym, 120)
    shapes = Counter(task.shape.partition("/")[0] for task in tasks)
    assert shapes["question"] > shapes["count"] + shapes["count where"] > 5
    assert {"count", "count where"} <= set(shapes)
    answers = [task.verifier.answer for task in tasks]
    assert len({answer.kind for answer in answers if answer}) >= 3
    for task, answer in zip(tasks, answers, strict=True):
        assert answer is not None
        assert task.oracle[-1].text == answer.text
        assert not answer.accepts("")
        assert not answer.accepts(f"1{answer.text}")


def test_the_goal_does_not_say_the_answer():
    for task in asked("accounting", 300):
        if task.shape.startswith("question/"):
            assert task.verifier.answer is not None
            told = re.escape(task.verifier.answer.text)
            assert not re.search(rf"(?<!\w){told}(?!\w)", task.goal), task.goal
