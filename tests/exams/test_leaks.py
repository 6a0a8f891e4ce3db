"""What an exam is made of does not occur in practice; and if it did, it would be found."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from palaestra import gyms
from palaestra.errors import UsageError
from palaestra.exams.leaks import leaks, practised, refuse_leaks
from palaestra.gyms.drawing import draw
from palaestra.kit.lexicon import lexicon
from palaestra.kit.skin import EXAM_SKINS, Skin
from palaestra.tasks.naming import words_for
from palaestra.tasks.splits import EVERYTHING, EXAM, EXAMS, PRACTICE, Split
from palaestra.tasks.task import Task

GYMS = ["accounting", "crm", "travel", "procedural"]
DRAWN = [split for split in EXAMS if split.steps[1] <= 5]


@cache
def drawn(gym: str, split: Split, n: int) -> list[Task]:
    return list(draw(gym, split, 1, n))


@pytest.mark.parametrize("gym", GYMS)
def test_nothing_of_any_exam_occurs_in_practice(gym: str) -> None:
    practice = drawn(gym, PRACTICE, 150)
    for split in DRAWN:
        assert leaks(practice, drawn(gym, split, 15), split, gyms.find) == []


def test_whatever_leaks_is_found() -> None:
    practice, examined = drawn("accounting", PRACTICE, 150), drawn("accounting", EVERYTHING, 40)
    first = next(task for task in examined if task.kind == "workflow")
    start = first.start
    stolen = {
        "1 tasks": first,
        "seeds of data": replace(practice[0], start=replace(practice[0].start, seed=start.seed)),
        "skins": replace(practice[0], start=replace(practice[0].start, skin=start.skin)),
        "troubles": replace(
            practice[0], start=replace(practice[0].start, disturbance=start.disturbance)
        ),
        "goals": replace(practice[0], goal=first.goal),
        "shapes": replace(practice[0], shape=first.shape),
        "combinations": replace(first, goal="Other words."),
    }
    for what, task in stolen.items():
        told = leaks([*practice, task], examined, EVERYTHING, gyms.find)
        assert any(what in line for line in told), what
    app = drawn("procedural", EXAM, 5)[0].start.app
    elsewhere = replace(practice[0], start=replace(practice[0].start, app=app))
    told = leaks([elsewhere], drawn("procedural", EXAM, 5), EXAM, gyms.find)
    assert any("applications" in line for line in told)


def test_a_word_kept_for_exams_is_found_on_a_screen() -> None:
    app = gyms.find("accounting")
    labels = app.words["synonyms"]
    skin = next(
        skin
        for skin in range(EXAM_SKINS, EXAM_SKINS + 200)
        if any(
            lexicon(app, Skin.of_seed(skin)).label(label) == app.synonyms(label, exam=True)[-1]
            for label in labels
        )
    )
    [task] = drawn("accounting", PRACTICE, 1)
    shown = replace(task, start=replace(task.start, skin=skin))
    assert any("words kept" in line for line in leaks([shown], [], EXAM, gyms.find))


@pytest.mark.parametrize("gym", ["accounting", "crm", "travel"])
def test_goals_of_practice_are_worded_without_the_words_kept_for_exams(gym: str) -> None:
    app = gyms.find(gym)
    for label in app.words["synonyms"]:
        kept = set(app.synonyms(label, exam=True)) - set(app.synonyms(label))
        assert kept
        assert not kept & {
            word[:1].upper() + word[1:] for word in words_for(app, label, (), exam=False)
        }


def test_what_a_training_kept_is_held_against_its_exam(tmp_path: Path) -> None:
    assert practised(tmp_path) == []
    [task, other] = drawn("accounting", EXAM, 2)
    lines = [json.dumps({"round": 3, "task": task.to_json(), "actions": []}), '{"round": 4, "ta']
    (tmp_path / "failures.jsonl").write_text("\n".join(lines))
    assert practised(tmp_path) == [task]
    with pytest.raises(UsageError, match="leaked into practice"):
        refuse_leaks(practised(tmp_path), [task, other], EXAM, gyms.find)
    refuse_leaks(drawn("accounting", PRACTICE, 20), [task, other], EXAM, gyms.find)
