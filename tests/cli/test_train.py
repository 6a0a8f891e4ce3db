"""`palaestra train`: what is asked for wrongly is told before anything is begun."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from palaestra import gyms
from palaestra.cli import BAD_USAGE, build_parser, main
from palaestra.cli.train import _started, seconds, settings
from palaestra.errors import UsageError
from palaestra.policies.finder import fingerprint
from palaestra.policies.network import NetworkPolicy
from palaestra.policies.network.net import Net, Size
from palaestra.selfplay import config as module
from palaestra.selfplay.config import Config, preset
from palaestra.selfplay.run import Run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("acounting", "There is no gym 'acounting'; there are: accounting, crm, procedural"),
        ("procedural:x", "procedural:SEED"),
        ("accounting --budget 15", "A length of time looks like 90s, 15m or 1h; got '15'"),
        ("accounting --budget -3m", "A length of time"),
        ("accounting --budget 0s", "budget must be more than nothing"),
        ("accounting --rounds -2", "rounds must be at least 0"),
        ("accounting --seed -2", "seed must be at least 0"),
        ("accounting --preset huge", "There is no preset 'huge'"),
        ("accounting --set colour=red", "A setting looks like NAME=VALUE"),
        ("accounting --set proposer=clever", "proposer must be one of learns, random"),
        ("--set goals=3 --resume", "goes on as it was begun"),
        ("accounting --set decay=0", "decay must be above 0 and at most 1"),
        ("accounting --exam -1", "--exam takes a number of tasks"),
        ("--resume", "no training to resume"),
        ("accounting --resume", "goes on as it was begun"),
        ("--budget 10m --resume", "goes on as it was begun"),
        ("--preset debug --resume", "goes on as it was begun"),
        ("--from runs/small --resume", "goes on as it was begun"),
        ("--from nobody", "There is no trained model 'nobody'"),
        ("--from lexical", "There is no trained model 'lexical'"),
        ("--from README.md", "README.md cannot be read as a model"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_begun(
    words: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "run"
    words = words.replace("--budget -3m", "--budget=-3m")
    assert main(["train", *words.split(), "--out", str(out)]) == BAD_USAGE
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not out.exists()


def test_the_settings_are_told_with_their_defaults():
    told = settings()
    for one in fields(Config):
        assert f"\n  {one.name}" in f"\n{told}"
    assert "  curriculum (True): Whether" in told
    assert "  goals (512): Goals proposed in a round." in told


def test_a_setting_is_changed_and_kept(tmp_path: Path):
    words = f"train accounting --set past_selves=0 --set rounds=7 --out {tmp_path / 'run'}"
    _, config = _started(build_parser().parse_args(words.split()))
    assert (config.past_selves, config.rounds, config.gyms) == (0.0, 7, ("accounting",))
    assert Run.resume(tmp_path / "run")[1] == config


def test_a_training_begins_with_a_trained_model(tmp_path: Path):
    """What it learns is of the model's size, and the run keeps the model to go on without it."""
    size = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
    model = tmp_path / "model.safetensors"
    model.write_bytes(NetworkPolicy(Net(size)).to_bytes())
    words = f"train --from {model} --set imitate_rounds=3 --out {tmp_path / 'run'}"
    _, config = _started(build_parser().parse_args(words.split()))
    assert (config.size, config.parent) == (size, fingerprint(str(model)))
    assert config.imitate_rounds == 3
    assert (tmp_path / "run" / "parent.safetensors").read_bytes() == model.read_bytes()
    words = f"train --from {model} --out {tmp_path / 'other'}"
    _, config = _started(build_parser().parse_args(words.split()))
    assert config.imitate_rounds == 0


def test_a_run_is_neither_written_over_nor_resumed_without_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    Run.begin(tmp_path, preset("debug"))
    before = (tmp_path / "config.json").read_bytes()
    assert main(["train", "accounting", "--out", str(tmp_path)]) == BAD_USAGE
    assert "holds a training already; go on with --resume" in capsys.readouterr().err
    assert main(["train", "--resume"]) == BAD_USAGE
    assert "--resume --out DIR" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["config.json"]
    assert (tmp_path / "config.json").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "wanted"), [("90s", 90), ("15m", 900), ("1h", 3600), ("0.5m", 30), ("1.5h", 5400)]
)
def test_lengths_of_time(text: str, wanted: float):
    assert seconds(text) == wanted


@pytest.mark.parametrize("text", ["", "m", "15", "15 m", "1h30m", "1e3s", "infs"])
def test_what_is_no_length_of_time(text: str):
    with pytest.raises(UsageError, match="A length of time"):
        seconds(text)


@pytest.mark.slow
def test_a_training_ends_with_an_exam_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    size = Size(width=16, heads=2, goal_layers=1, blocks=1, words=64)
    tiny = Config(goals=16, imitate_rounds=1, window=2, batch=32, size=size)
    monkeypatch.setitem(module.PRESETS, "debug", tiny)
    out = tmp_path / "run"
    words = f"train accounting --preset debug --rounds 2 --exam 3 --json --out {out}"
    assert main(words.split()) == 0
    first, second, *rest = capsys.readouterr().out.splitlines()
    assert [json.loads(first)["round"], json.loads(second)["round"]] == [0, 1]
    report = Path(json.loads(rest.pop())["report"])
    assert report.read_text().startswith("<!doctype html>")
    certificates = json.loads("\n".join(rest))
    assert {one["gym"] for one in certificates} == set(gyms.names())
    assert main(["train", "--resume", "--exam", "0", "--out", str(out)]) == 0
    signed = [json.loads(line) for line in (out / "made_by.jsonl").read_text().splitlines()]
    assert [line["after_round"] for line in signed] == [-1, 1]
    assert all({"python", "torch"} <= set(line["versions"]) for line in signed)
    assert str(out) in capsys.readouterr().out.replace("\n", "")
