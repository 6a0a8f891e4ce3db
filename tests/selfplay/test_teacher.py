"""What the teacher calls right leads to success, wherever the solver has got itself to."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest

from palaestra import gyms
from palaestra.errors import InvalidAction
from palaestra.gyms.drawing import draw, wander
from palaestra.selfplay.teacher import Teacher
from palaestra.tasks.episode import Episode
from palaestra.tasks.splits import DISTURBED, PRACTICE, Split
from palaestra.tasks.task import Task
from palaestra.tasks.topics import topics
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action

GYMS = ["accounting", "procedural"]


def begun(task: Task) -> tuple[Episode, Teacher]:
    episode = Episode(task, gyms.find(task.start.app))
    return episode, Teacher(episode)


def followed(episode: Episode, teacher: Teacher, rng: random.Random) -> int:
    """Does what the teacher says until the episode is over; returns the number of actions."""
    before = len(episode.actions)
    while not episode.ended:
        right = teacher.right(episode)
        assert right, "the teacher gave up on the way"
        episode.step(rng.choice(right))
    return len(episode.actions) - before


@pytest.mark.parametrize("gym", GYMS)
def test_who_follows_the_teacher_succeeds_in_any_order_and_as_briefly_as_the_oracle(gym: str):
    rng, several = random.Random(1), 0
    for task in draw(gym, PRACTICE, 5, 60, {"disturbance": 0}):
        episode, teacher = begun(task)
        several += len(teacher.right(episode)) > 1
        assert followed(episode, teacher, rng) <= len(task.oracle), task.goal
        assert episode.verdict().success, task.goal


@pytest.mark.parametrize("split", [PRACTICE, DISTURBED], ids=["practice", "disturbed"])
@pytest.mark.parametrize("gym", GYMS)
def test_who_goes_on_with_the_way_succeeds_without_a_search_at_every_step(gym: str, split: Split):
    rng, searched = random.Random(3), Counter[bool]()
    for task in draw(gym, split, 8, 40):
        episode, teacher = begun(task)
        right = teacher.right(episode)
        while not episode.ended:
            action = rng.choice(right)
            episode.step(action)
            right = teacher.onward(episode, action)
            searched[teacher.at is None] += 1
        assert episode.verdict().success, task.goal
    assert searched[False] > 9 * searched[True]


def test_an_answer_is_given_where_it_was_asked_about_and_not_wherever_its_words_stand():
    elsewhere = 0
    for task in draw("travel", replace(PRACTICE, kinds=("question",)), 4, 60, {"disturbance": 0}):
        episode, teacher = begun(task)
        words = task.oracle[-1].text
        while not episode.ended:
            action = teacher.right(episode)[0]
            shown = any(node.name == words for node in episode.session.screen().walk())
            elsewhere += shown and action.op != "answer"
            episode.step(action)
        assert episode.verdict().success
    assert elsewhere > 0


def strayed(task: Task, seed: int) -> Episode:
    """An episode that did part of what is right, and then something else, but broke nothing."""
    rng = random.Random(seed)
    episode, _ = begun(task)
    for action in task.oracle[: rng.randrange(len(task.oracle))]:
        episode.step(action)
    wanderer = Wanderer(seed)
    for _ in range(rng.randint(1, 6)):
        fork, done = episode.fork(), len(episode.session.commands)
        action = wanderer.action(fork.session)
        try:
            fork.session.fork().dispatch(action)
        except InvalidAction:
            continue
        fork.step(action)
        if len(fork.session.commands) == done and not fork.ended:
            episode = fork
    return episode


@pytest.mark.parametrize("gym", GYMS)
def test_from_where_the_solver_strayed_the_teacher_leads_back(gym: str):
    rng, found = random.Random(2), Counter[bool]()
    for seed, task in enumerate(draw(gym, PRACTICE, 6, 80)):
        episode = strayed(task, seed)
        _, teacher = begun(task)
        right = teacher.right(episode)
        found[bool(right)] += 1
        for action in right:
            fork = episode.fork()
            fork.task = task
            fork.step(action)
            if not fork.ended:
                followed(fork, teacher, rng)
            assert fork.verdict().success, (task.goal, action)
    assert found[True] > 0.9 * found.total()


def test_within_a_form_everything_that_is_missing_is_right():
    for task in draw("accounting", PRACTICE, 7, 60, {"disturbance": 0, "skin": 0}):
        entries = {a for a in task.oracle if a.ref.startswith("field:")}
        if task.kind != "create" or len(entries) < 2:
            continue
        episode, teacher = begun(task)
        for action in task.oracle:
            if action in entries:
                break
            episode.step(action)
        assert set(teacher.right(episode)) == entries
        return
    pytest.fail("no form with several entries was drawn")


def test_a_wrong_entry_is_to_be_mended():
    for task in draw("accounting", PRACTICE, 8, 60, {"disturbance": 0, "skin": 0}):
        fills = [a for a in task.oracle if a.op == "fill" and a.ref.startswith("field:")]
        if not fills:
            continue
        episode, teacher = begun(task)
        for action in task.oracle[:-1]:
            if action.ref == "save":
                episode.step(fills[0]._replace(text="something else"))
                assert teacher.right(episode) == [fills[0]]
                return
            episode.step(action)
    pytest.fail("no form was drawn")


def test_where_all_is_lost_the_teacher_says_nothing():
    spoiled = 0
    for seed, task in enumerate(draw("procedural", PRACTICE, 9, 20, {"disturbance": 0})):
        episode, teacher = begun(task)
        wanderer = Wanderer(seed)
        for _ in range(200):
            try:
                episode.session.dispatch(wanderer.action(episode.session))
            except InvalidAction:
                continue
            if task.kind == "question" and episode.session.diff():
                spoiled += 1
                assert teacher.right(episode) == []
                break
    assert spoiled


def test_the_start_is_left_as_it_was():
    for task in draw("procedural", PRACTICE, 11, 20):
        episode = Episode(task, gyms.find(task.start.app))
        before = (episode.session.store.digest(), episode.session.route, episode.actions)
        teacher = Teacher(episode)
        teacher.right(episode)
        assert before == (episode.session.store.digest(), episode.session.route, episode.actions)
        assert Action("done") in task.oracle or task.oracle[-1].op == "answer"


def test_what_comes_late_is_waited_for():
    accounting = gyms.find("accounting")
    (topic,) = [one for one in topics(accounting, DISTURBED) if one.name == "bill_line.read"]
    for one in islice(wander("accounting", DISTURBED, 2, lambda *_: topic), 12):
        if one.task:
            episode, teacher = begun(one.task)
            followed(episode, teacher, random.Random(2))
            assert episode.verdict().success, one.task.goal


def test_who_had_to_sign_in_before_answering_a_question_finds_it_still_there():
    def interrupted(task: Task) -> bool:
        refs = [action.ref for action in task.oracle]
        return any(refs[n : n + 3] == ["yes", "calm:sign_in", "yes"] for n in range(len(refs)))

    task = next(filter(interrupted, draw("travel", DISTURBED, 4, 500)))
    episode, teacher = begun(task)
    followed(episode, teacher, random.Random(2))
    assert episode.verdict().success


@pytest.mark.parametrize("gym", ["accounting", "crm"])
def test_the_teacher_gets_over_what_goes_wrong_on_the_way(gym: str):
    rng = random.Random(2)
    for task in draw(gym, DISTURBED, 7, 30):
        episode, teacher = begun(task)
        followed(episode, teacher, rng)
        assert episode.verdict().success, task.goal


def test_the_teacher_says_which_step_of_a_workflow_is_being_worked_on():
    seen = at_once = 0
    for task in draw("accounting", PRACTICE, 6, 60, {"disturbance": 0}):
        if task.kind != "workflow":
            continue
        episode, teacher = begun(task)
        places = []
        while not episode.ended:
            right = teacher.right(episode)
            if teacher.now is not None and teacher.now not in places:
                places.append(teacher.now)
            episode.step(right[0])
        whole = [*task.parts, (0, 0)]
        assert places == [part for part in whole if part in places]
        at_once += places != whole  # two changes of one record are entered in one form
        seen += 1
    assert seen > 3
    assert at_once * 3 <= seen
