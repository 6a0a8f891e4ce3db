from __future__ import annotations

import json
from dataclasses import replace

import pytest

from palaestra.errors import UsageError
from palaestra.selfplay import config as module
from palaestra.selfplay.config import PRESETS, Config, preset


@pytest.mark.parametrize("name", PRESETS)
def test_a_configuration_is_the_same_after_being_kept(name: str):
    config = preset(name, seed=7, gyms=("procedural",))
    assert Config.from_json(json.loads(json.dumps(config.to_json()))) == config


def test_a_preset_with_some_numbers_changed():
    config = preset("debug", budget_s=5.0, rounds=None, seed=3)
    assert (config.budget_s, config.rounds, config.seed) == (5.0, 0, 3)
    assert config.goals == PRESETS["debug"].goals
    assert preset("laptop", workers=3) == replace(PRESETS["laptop"], workers=3)
    assert PRESETS["laptop"] == Config()


def test_a_core_is_left_to_the_learner(monkeypatch: pytest.MonkeyPatch):
    for there, workers in ((1, 1), (2, 1), (16, 15)):
        monkeypatch.setattr(module, "cores", lambda there=there: there)
        assert preset("laptop").workers == workers
    assert preset("laptop", workers=4).workers == 4
    monkeypatch.undo()
    assert module.cores() >= 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"budget_s": 0.0}, "budget must be more than nothing"),
        ({"gyms": ()}, "at least one gym"),
        ({"rounds": -1}, "rounds must be at least 0; got -1"),
        ({"seed": -4}, "seed must be at least 0"),
        ({"goals": 0}, "goals must be at least 1"),
        ({"batch": 0}, "batch must be at least 1"),
        ({"window": 0}, "window must be at least 1"),
        ({"proposer": "clever"}, "proposer must be one of learns, random; got 'clever'"),
        ({"company": "cloud"}, "company must be one of processes, ray; got 'cloud'"),
        ({"past_selves": 0.6}, "past_selves must be at most 0.5"),
        ({"skins": 1.5}, "skins must be at most 1"),
        ({"disturbed": 2.0}, "disturbed must be at most 1"),
        ({"past_selves": -0.1}, "past_selves must be at least 0"),
        ({"workers": -1}, "workers must be at least 0"),
        ({"rate": -0.1}, "rate must be at least 0"),
    ],
)
def test_numbers_that_make_no_sense(changes: dict[str, object], message: str):
    with pytest.raises(UsageError, match=message):
        preset("debug", **changes)


def test_a_preset_that_is_not_there():
    with pytest.raises(UsageError, match="debug, laptop, full"):
        preset("desktop")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"gyms": ["a"]},
        {**Config().to_json(), "colour": 1},
        {**Config().to_json(), "size": {"tall": 3}},
        {name: value for name, value in Config().to_json().items() if name != "proposer"},
    ],
)
def test_a_configuration_of_another_version(data: dict[str, object]):
    with pytest.raises(UsageError, match="of another version"):
        Config.from_json(data)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("proposer=random", ("proposer", "random")),
        ("curriculum=no", ("curriculum", False)),
        ("past_selves=0", ("past_selves", 0.0)),
        ("goals=64", ("goals", 64)),
    ],
)
def test_a_setting(text: str, wanted: tuple[str, object]):
    assert Config.setting(text) == wanted
    assert type(Config.setting(text)[1]) is type(wanted[1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("goals", "A setting looks like NAME=VALUE, of: seed"),
        ("colour=red", "A setting looks like NAME=VALUE"),
        ("size=1", "A setting looks like NAME=VALUE"),
        ("goals=many", "goals takes a value like 512; got 'many'"),
        ("curriculum=0", "curriculum takes yes or no; got '0'"),
    ],
)
def test_what_is_no_setting(text: str, said: str):
    with pytest.raises(UsageError, match=said):
        Config.setting(text)
