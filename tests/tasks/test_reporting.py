from __future__ import annotations

import random

import pytest

from palaestra import gyms
from palaestra.kit import Session
from palaestra.kit.blocks import Report
from palaestra.tasks import reporting
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.tasks.voice import VOICES
from palaestra.tasks.wording import Describer
from palaestra.testing.reader import read
from palaestra.types import Start

SPEECHES = tuple(VOICES)


def asked(gym: str, seeds: int) -> list[Task]:
    app, tasks = gyms.find(gym), []
    for report in (screen for screen in app.screens if isinstance(screen, Report)):
        for seed in range(seeds):
            rng, named = random.Random(seed), Start(gym, seed, seed % 4)
            start = Session.at(app, named)
            describer = Describer(start.store.fork(), rng, speech=SPEECHES[seed % 3])
            task = reporting.ask(start, named, rng, describer, report)
            tasks += [task] if task else []
    return tasks


@pytest.mark.parametrize("gym", ["crm", "travel"])
def test_what_a_report_says_stands_on_the_last_screen_and_is_read_from_the_words(gym: str) -> None:
    tasks = asked(gym, 8)
    assert len(tasks) > 10
    for task in tasks:
        episode = Episode(task, gyms.find(gym))
        for action in task.oracle[:-1]:
            episode.step(action)
        names = [node.name for node in episode.session.screen().walk()]
        assert task.oracle[-1].text in names
        store = Session.at(gyms.find(gym), task.start).store
        outcomes = read(task.goal, store)
        assert outcomes
        assert all(outcome.fits(task.verifier) for outcome in outcomes), task.goal


def test_reports_are_asked_about_as_they_open_and_as_somebody_chooses() -> None:
    tasks = asked("crm", 20)
    chosen = [task for task in tasks if any(action.op == "select" for action in task.oracle)]
    assert 0 < len(chosen) < len(tasks)
    assert all('" set to "' in task.goal for task in chosen)
    assert all(task.shape.startswith("report/") for task in tasks)
