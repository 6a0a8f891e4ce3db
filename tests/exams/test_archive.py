from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palaestra.errors import UsageError
from palaestra.exams import archive
from palaestra.exams.archive import (
    read_certificate,
    read_trajectories,
    write_exam,
    write_text,
    write_trajectories,
)
from palaestra.exams.certificate import Certificate
from palaestra.exams.exam import examine
from palaestra.exams.retracing import retrace
from tests.exams.conftest import Knowing, find, how_many, new_note

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def test_episodes_come_back_as_they_were(tasks, tmp_path: Path):
    exam = examine(Knowing(tasks, errs="Ada", breaks="Water"), tasks, find)
    write_trajectories(tmp_path / "kept.jsonl", exam.trajectories)
    assert tuple(read_trajectories(tmp_path / "kept.jsonl")) == exam.trajectories


def test_an_exam_keeps_its_failures_first_and_some_successes(tasks, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "SUCCESSES_KEPT", 2)
    exam = examine(Knowing(tasks, errs="Ada", breaks="Water"), tasks, find)
    stated = Certificate.issue(exam, model="m", gym="notes", split="exam", seed=0)
    path = write_exam(tmp_path / "new" / "exams", stated, exam)
    kept = [t.verdict.success if t.verdict else None for t in read_trajectories(path)]
    assert kept == [False, None, True, True]
    assert read_certificate(path.with_suffix(".json")) == stated
    names = sorted(p.name for p in path.parent.iterdir())
    assert names == ["knowing-notes-exam.json", "knowing-notes-exam.jsonl"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_there_and_nothing_half(tmp_path, monkeypatch, failing: str):
    path = tmp_path / "file.json"
    write_text(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(UsageError, match="No space left on device"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_a_folder_that_is_none_is_a_clear_error(tmp_path):
    with pytest.raises(UsageError, match="Cannot write"):
        write_text(Path("/dev/full") / "x", "text")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no episodes"),
        (b"\n\n", "holds no episodes"),
        (b"not json\n", "line 1"),
        (b"[1, 2]\n", "line 1"),
        (b"{}\n", "line 1"),
        (b"\xff\xfe\x00", "not a text file"),
        (b"[" * 100_000, "line 1"),
        (b'{"task": null, "actions": [], "verdict": null, "ended": ""}', "line 1"),
    ],
)
def test_a_malformed_file_is_a_clear_error(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "kept.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_trajectories(path)
    with pytest.raises(UsageError):
        read_certificate(path)


def test_a_missing_file_is_a_clear_error(tmp_path: Path):
    with pytest.raises(UsageError, match="No such file"):
        read_trajectories(tmp_path / "nowhere.jsonl")


def _places(data: object, here: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [here, *(place for key, value in inner for place in _places(value, (*here, key)))]


@settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_no_damage_to_a_file_gets_past_a_usage_error(tmp_path: Path, data: st.DataObject):
    tasks = [new_note("Buy milk"), how_many()]
    path = tmp_path / "kept.jsonl"
    write_trajectories(path, examine(Knowing(tasks), tasks, find).trajectories)
    episode = json.loads(path.read_text().splitlines()[data.draw(st.integers(0, 1))])
    place = data.draw(st.sampled_from(_places(episode)[1:]))
    inside = episode
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = data.draw(JSON)
    path.write_text(json.dumps(episode))
    with contextlib.suppress(UsageError):
        retrace(read_trajectories(path)[0], find)
