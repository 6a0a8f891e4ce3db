"""The same tasks through real Chromium: the same actions, the same verdicts, the same screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from palaestra import gyms
from palaestra.exams.exam import examine
from palaestra.exams.visiting import Pages, open_pages
from palaestra.gyms.drawing import draw
from palaestra.policies import finder
from palaestra.tasks import splits
from palaestra.types import Action
from tests.exams.conftest import Knowing, find

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    def either(name: str):
        return find(name) if name == "notes" else gyms.find(name)

    with open_pages(either) as opened:
        yield opened


def test_an_episode_is_judged_by_the_visits_own_records(pages: Pages, tasks):
    exam = examine(Knowing(tasks, errs="Ada"), tasks, find, face=pages)
    told = [(t.verdict.success, t.ended) for t in exam.trajectories if t.verdict]
    assert told == [(index != 1, "answer" if index == 4 else "done") for index in range(5)]
    assert [t.actions for t in exam.trajectories if t.verdict and t.verdict.success] == [
        task.oracle for index, task in enumerate(tasks) if index != 1
    ]


def test_an_action_that_does_not_fit_costs_a_step_there_too(pages: Pages, tasks):
    policy = Knowing(tasks)
    policy.act = lambda seen: [Action("click", "nowhere") for _ in seen]
    [one] = examine(policy, tasks[:1], find, face=pages).trajectories
    assert (one.ended, len(one.actions)) == ("steps", tasks[0].max_steps)


def test_a_page_that_is_lost_leaves_its_episode_unscored(pages: Pages, tasks):
    class Closing(Knowing):
        def act(self, observations):
            opened[0].tab.close()
            return super().act(observations)

    opened = []

    class Watched:
        most = 1

        def begin(self, task, app):
            opened.append(pages.begin(task, app))
            return opened[0]

        def leave(self, episode):
            pages.leave(episode)

    [one] = examine(Closing(tasks), tasks[:1], find, face=Watched()).trajectories
    assert (one.verdict, one.ended) == (None, "PageLost")


@pytest.mark.parametrize("gym", ["crm", "procedural"])
def test_oracles_fare_the_same_on_both_faces(pages: Pages, gym: str):
    drawn = list(draw(gym, splits.find("everything"), 4, 3))
    policy = Knowing(drawn)
    tree = examine(policy, drawn, gyms.find).trajectories
    pages.differing.clear()
    page = examine(policy, drawn, gyms.find, face=pages).trajectories
    assert pages.differing == {}
    assert page == tree
    assert all(one.verdict and one.verdict.success for one in page)


@pytest.mark.slow
def test_the_shipped_model_fares_the_same_on_both_faces(pages: Pages):
    pytest.importorskip("torch")
    drawn = list(draw("accounting", splits.find("exam"), 2, 3))
    policy = finder.find(finder.default())
    tree = examine(policy, drawn, gyms.find).trajectories
    pages.differing.clear()
    page = examine(policy, drawn, gyms.find, face=pages).trajectories
    assert pages.differing == {}
    assert [one.actions for one in page] == [one.actions for one in tree]
    assert [one.verdict for one in page] == [one.verdict for one in tree]
