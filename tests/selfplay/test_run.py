"""A run directory is whole after every kill, and nothing of it is lost on a full disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from palaestra.errors import UsageError
from palaestra.selfplay import run as module
from palaestra.selfplay.config import preset
from palaestra.selfplay.run import KEPT, Run

CONFIG = preset("debug", seed=5)


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it happens."""


def begun(path: Path) -> Run:
    return Run.begin(path / "run", CONFIG)


def keep(run: Run, number: int) -> None:
    run.finish_round(
        {"round": number, "elapsed_s": float(number)},
        {
            f"shards/{number}.npz": b"shard %d" % number,
            f"checkpoints/{number}.safetensors": b"weights %d" % number,
            f"checkpoints/{number}.learner": b"learner %d" % number,
            f"checkpoints/{number}.proposer": b"proposer %d" % number,
        },
        {
            "metrics.jsonl": [{"round": number, "loss": 1.0}],
            "failures.jsonl": [{"round": number, "n": n} for n in range(2)],
        },
    )


def files(run: Run) -> dict[str, bytes]:
    return {
        str(path.relative_to(run.path)): path.read_bytes()
        for path in run.path.rglob("*")
        if path.is_file() and path.suffix != ".part"
    }


def is_whole(run: Run, last: int) -> None:
    """Everything that going on from the last round needs is there."""
    assert run.state()["round"] == last
    for number in range(max(0, last - 1), last + 1):
        assert run.read(f"checkpoints/{number}.safetensors") == b"weights %d" % number
    if last >= 0:
        assert run.read(f"checkpoints/{last}.learner") == b"learner %d" % last
    for number in range(last + 1):
        assert run.read(f"shards/{number}.npz") == b"shard %d" % number
    rounds = [line["round"] for line in run.lines("metrics.jsonl")]
    assert rounds[: last + 1] == list(range(last + 1))


def test_a_round_is_kept_and_old_checkpoints_go(tmp_path: Path):
    run = begun(tmp_path)
    for number in range(KEPT + 2):
        keep(run, number)
        is_whole(run, number)
    kept = {path.name for path in (run.path / "checkpoints").iterdir()}
    assert kept == {
        *(f"{n}.{end}" for n in (2, 3, 4) for end in ("safetensors", "learner", "proposer")),
        "1.safetensors",
    }
    assert len(run.lines("failures.jsonl")) == 2 * (KEPT + 2)
    run.drop("shards/0.npz")
    run.drop("shards/0.npz")
    assert not (run.path / "shards" / "0.npz").exists()


def test_networks_are_remembered_ever_more_seldom(tmp_path: Path):
    run = begun(tmp_path)
    for number in range(40):
        keep(run, number)
    names = [path.stem for path in (run.path / "checkpoints").glob("*.safetensors")]
    assert sorted(map(int, names)) == [1, 2, 4, 8, 16, 32, 37, 38, 39]


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_killed_between_any_two_writes_it_is_as_if_the_round_had_not_begun(
    tmp_path: Path, kept: int, monkeypatch: pytest.MonkeyPatch
):
    plain = os.replace
    for survived in range(8):
        run = begun(tmp_path / str(survived))
        for number in range(kept):
            keep(run, number)
        left = survived

        def replace(*paths: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            plain(*paths)

        with monkeypatch.context() as patch:
            patch.setattr(module.os, "replace", replace)
            if survived < 7:
                with pytest.raises(Killed):
                    keep(run, kept)
            else:
                keep(run, kept)
        again, config = Run.resume(run.path)
        assert config == CONFIG
        is_whole(again, kept - 1 if survived < 7 else kept)
        keep(again, kept)
        is_whole(again, kept)
        assert [line["round"] for line in again.lines("metrics.jsonl")] == list(range(kept + 1))


@pytest.mark.parametrize("broken", ["replace", "fsync", "open"])
def test_on_a_full_disk_nothing_is_lost(
    tmp_path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
):
    run = begun(tmp_path)
    keep(run, 0)
    before = files(run)

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if broken == "open":
            patch.setattr(Path, "open", full)
        else:
            patch.setattr(module.os, broken, full)
        with pytest.raises(UsageError, match=r"No space left on device.*--resume"):
            keep(run, 1)
    assert files(run) == before
    keep(run, 1)
    is_whole(run, 1)


def test_a_real_full_device(tmp_path: Path):
    run = begun(tmp_path)
    (run.path / "model.part").symlink_to("/dev/full")
    with pytest.raises(UsageError, match="No space left on device"):
        run.write("model", b"x" * 100_000)
    assert not (run.path / "model").exists()


def test_a_folder_is_begun_once(tmp_path: Path):
    run = begun(tmp_path)
    with pytest.raises(UsageError, match=r"holds a training already.*--resume"):
        Run.begin(run.path, CONFIG)
    assert Run.resume(run.path)[0].state() == {"round": -1, "elapsed_s": 0.0}


def test_a_place_that_cannot_hold_a_run(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(UsageError, match="cannot be written"):
            Run.begin(place, CONFIG)
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_foreign_folder(tmp_path: Path):
    with pytest.raises(UsageError, match="no training to resume"):
        Run.resume(tmp_path)
    with pytest.raises(UsageError, match="no training to resume"):
        Run.resume(tmp_path / "nowhere")
    for text in (b"{", b"[1]", b"\xff\xfe", b'{"name": "of something else"}'):
        (tmp_path / "config.json").write_bytes(text)
        with pytest.raises(UsageError, match=r"damaged|another version"):
            Run.resume(tmp_path)


@pytest.mark.parametrize("text", [b"{", b"[]", b"\xff", b'{"round": 3}'])
def test_damaged_state_and_metrics_are_told(tmp_path: Path, text: bytes):
    run = begun(tmp_path)
    (run.path / "state.json").write_bytes(text)
    with pytest.raises(UsageError, match=r"state\.json is damaged"):
        run.state()
    (run.path / "metrics.jsonl").write_bytes(b'{"round": 0}\n' + text[:1] + b"\n")
    with pytest.raises(UsageError, match=r"metrics\.jsonl is damaged"):
        run.lines("metrics.jsonl")
    with pytest.raises(UsageError, match="cannot be read"):
        run.read("checkpoints/0.safetensors")


def test_who_goes_on_with_a_training_signs_for_it(tmp_path: Path):
    run = begun(tmp_path)
    run.sign({"commit": "abc"})
    keep(run, 0)
    run.sign({"commit": "def"})
    assert run.lines("made_by.jsonl") == [
        {"after_round": -1, "commit": "abc"},
        {"after_round": 0, "commit": "def"},
    ]
