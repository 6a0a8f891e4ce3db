from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.policies import finder
from palaestra.types import Action, Node, Observation

SEEN = Observation("x", Node("document"), "", 1)
MINE = """
from palaestra.types import Action
number = 7
def play(observations):
    return [Action("ask") for _ in observations]
class Player:
    name = "player"
    act = staticmethod(play)
ready = Player()
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module `mine` of somebody's own."""
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "mine", raising=False)
    return path


@pytest.mark.parametrize("name", sorted(finder.SCRIPTED))
def test_scripted_policies_are_found_by_their_own_name(name: str):
    assert finder.find(name).name == name
    assert finder.fingerprint(name).startswith("sha256:")


@pytest.mark.parametrize(
    ("place", "name"),
    [("mine:play", "mine:play"), ("mine:Player", "player"), ("mine:ready", "player")],
)
def test_python_of_your_own_is_a_policy(mine: Path, place: str, name: str):
    policy = finder.find(place)
    assert policy.name == name
    assert policy.act([SEEN]) == [Action("ask")]
    digest = hashlib.sha256(mine.read_bytes()).hexdigest()
    assert finder.fingerprint(place) == f"sha256:{digest}"


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("laptop", "name lexical, noop, random"),
        ("", "There is no policy"),
        ("x" * 100_000, "There is no policy"),
        ("\0", "There is no policy"),
        ("nowhere:play", "cannot be imported"),
        ("mine:nothing", "cannot be imported"),
        ("mine:number", "neither a function nor a policy"),
        (":", "cannot be imported"),
    ],
)
def test_what_is_not_there_is_a_clear_error(mine: Path, model: str, said: str):
    with pytest.raises(UsageError, match=said):
        finder.find(model)


def test_what_has_no_source_has_no_fingerprint():
    for model in ("nowhere", "nowhere.deeper:x", "sys:exit"):
        with pytest.raises(UsageError, match="cannot be found"):
            finder.fingerprint(model)


def test_a_folder_stands_for_its_finished_or_latest_model(tmp_path: Path):
    rounds = tmp_path / "checkpoints"
    rounds.mkdir()
    for name in ("9.safetensors", "10.safetensors", "other.safetensors"):
        (rounds / name).write_text(name)
    assert finder.fingerprint(str(tmp_path)) == finder.fingerprint(str(rounds / "10.safetensors"))
    (tmp_path / "model.safetensors").write_text("the finished one")
    digest = hashlib.sha256(b"the finished one").hexdigest()
    assert finder.fingerprint(str(tmp_path)) == f"sha256:{digest}"


def test_a_folder_without_a_model_is_a_clear_error(tmp_path: Path):
    with pytest.raises(UsageError, match="holds no model"):
        finder.find(str(tmp_path))


def test_a_foreign_file_is_a_clear_error(tmp_path: Path):
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"not a model at all")
    with pytest.raises(UsageError, match="cannot be read as a model"):
        finder.find(str(path))


def test_a_model_is_called_by_its_training(tmp_path: Path):
    from palaestra.policies.network import NetworkPolicy
    from palaestra.policies.network.net import Net, Size

    run = tmp_path / "laptop"
    (run / "checkpoints").mkdir(parents=True)
    weights = NetworkPolicy(Net(Size())).to_bytes()
    names = {"model": "laptop", "checkpoints/7": "laptop-7", "copy": "copy"}
    for place, name in names.items():
        path = run / f"{place}.safetensors"
        path.write_bytes(weights)
        assert finder.find(str(path)).name == name
