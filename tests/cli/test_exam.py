from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from palaestra.cli import main
from palaestra.exams.archive import read_certificate, read_trajectories


def test_each_split_has_a_table_of_its_own(tmp_path: Path, capsys) -> None:
    words = "exam noop --gyms procedural --split goals combinations goals --n 3 --out"
    assert main([*words.split(), str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert told.count("procedural, split ") == 2
    assert {path.name for path in tmp_path.glob("*.json")} == {
        "noop-procedural-goals.json",
        "noop-procedural-combinations.json",
    }
    kept = read_trajectories(tmp_path / "noop-procedural-combinations.jsonl")
    assert [t.task.kind for t in kept] == ["workflow"] * 3


def test_a_network_is_examined_on_one_thread_unless_told_otherwise(tmp_path: Path):
    script = "import sys; from palaestra.cli import main; main(sys.argv[1:]); "
    script += "import torch; print(torch.get_num_threads())"
    words = ["exam", "--gyms", "procedural", "--n", "1", "--out", str(tmp_path)]
    for told, threads in (({}, 1), ({"OMP_NUM_THREADS": "2"}, 2)):
        outer = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"} | told
        done = subprocess.run(
            [sys.executable, "-c", script, *words], env=outer, capture_output=True, text=True
        )
        assert done.stdout.split()[-1] == str(threads), done.stderr


def test_what_is_certified_can_be_run_again(tmp_path: Path, capsys) -> None:
    words = "exam lexical --gyms procedural --most 60 --json --out"
    assert main([*words.split(), str(tmp_path), "--certify", "0.05"]) == 0
    [printed] = json.loads(capsys.readouterr().out)
    assert printed["claim"]["shown"] is True
    path = tmp_path / "lexical-procedural-exam-certified.json"
    starts = [t.task.start for t in read_trajectories(path.with_suffix(".jsonl"))]
    assert len(set(starts)) == len(starts)
    assert main(["exam", "lexical", "--verify", str(path)]) == 0
    assert main(["exam", "noop", "--verify", str(path)]) == 1
    told = path.read_text().replace('"shown": true', '"shown": false')
    path.write_text(told)
    capsys.readouterr()
    assert main(["exam", "lexical", "--verify", str(path)]) == 2
    assert "claims what it does not show" in capsys.readouterr().err


def test_a_rate_that_is_not_shown_is_a_failure(tmp_path: Path, capsys) -> None:
    words = "exam noop --gyms procedural --certify 0.9 --most 50 --out"
    assert main([*words.split(), str(tmp_path)]) == 1
    stated = read_certificate(tmp_path / "noop-procedural-exam-certified.json")
    assert stated.claim
    assert not stated.claim.shown
    assert "certified" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--certify 1", "No number of tasks shows 1.0"),
        ("--certify 0.99 --most 100", "it takes 299 or more"),
        ("--certify 0.9 --trials 2", "counts tasks, not trials"),
        ("--split exam nonsense", "there are: practice, goals, exam"),
        ("--n 0", "--n and --trials must be 1 or more"),
        ("--suite miniwob --tasks fly", "no task 'fly'"),
        ("--suite miniwob --steps 0", "--steps and --workers must be 1 or more"),
    ],
)
def test_what_cannot_be_examined_is_refused(words: str, told: str, capsys) -> None:
    assert main(["exam", "noop", "--gyms", "procedural", *words.split()]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.browser
def test_the_same_tasks_are_done_in_chromium_and_held_against_the_tree(
    tmp_path: Path, capsys
) -> None:
    words = "exam lexical --face page --gyms procedural --split goals --n 3 --json --out"
    assert main([*words.split(), str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    tree, page = told["certificates"]
    assert (tree["face"], page["face"]) == ("tree", "page")
    assert (tree["tasks"], tree["outcomes"]) == (page["tasks"], page["outcomes"])
    [compared] = told["faces"]
    assert (compared["n"], compared["same_actions"], compared["same_outcomes"]) == (3, 3, 3)
    assert compared["differences"] == []
    kept = tmp_path / "lexical-procedural-goals-page.json"
    assert main(["exam", "lexical", "--verify", str(kept)]) == 0
