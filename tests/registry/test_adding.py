from __future__ import annotations

from pathlib import Path

import pytest

from palaestra.errors import UsageError
from palaestra.policies import finder
from palaestra.registry import shelf
from palaestra.registry.adding import MOST_BYTES, add


def test_a_model_is_put_there_with_its_lineage_and_its_certificates(models: Path, training):
    run = training(seed=3, parents=["sha256:1"])
    path = add(run, "office-1")
    assert path == models / "office-1"
    assert (path / "model.safetensors").read_bytes() == (run / "model.safetensors").read_bytes()
    found = shelf.take("office-1")
    lineage = found.card.lineage
    assert (lineage.config["seed"], lineage.rounds, lineage.trained_s) == (3, 8, 61.2)
    assert (lineage.trained_on, lineage.parents) == ("2026-11-22", ("sha256:1",))
    assert lineage.versions["torch"]
    assert found.card.bytes == (run / "model.safetensors").stat().st_size
    assert [file for file, _ in found.card.certificates] == [
        "noop-accounting-exam.json",
        "noop-accounting-goals.json",
    ]
    assert sorted(p.name for p in models.iterdir()) == ["default.txt", "office-1"]


def test_the_first_is_the_default_until_another_is_made_it(models: Path, training):
    run = training()
    for name, default, expected in (("a", False, "a"), ("b", False, "a"), ("c", True, "c")):
        add(run, name, default=default)
        assert finder.default() == expected


def test_nothing_on_the_shelf_is_ever_changed(models: Path, training):
    add(training("one", seed=1), "office")
    before = {path: path.read_bytes() for path in models.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="models never change"):
        add(training("two", seed=2), "office", default=True)
    assert {path: path.read_bytes() for path in models.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["", "Office", "a/b", "..", ".a", "-a", "x" * 41, "noop"])
def test_what_is_no_name_is_refused(name: str, models: Path, training):
    with pytest.raises(UsageError, match="cannot be a model's name"):
        add(training(), name)
    assert not models.exists()


def test_what_cannot_ship_is_refused(models: Path, training, tmp_path: Path):
    with pytest.raises(UsageError, match="no finished training"):
        add(tmp_path, "office")
    with pytest.raises(UsageError, match="has taken no exam"):
        add(training("unexamined", examined=False), "office")
    large = training("large")
    with (large / "model.safetensors").open("ab") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UsageError, match=r"has 5\.0 MB"):
        add(large, "office")
    foreign = training("foreign")
    (foreign / "model.safetensors").write_bytes(b"not a model")
    with pytest.raises(UsageError, match="cannot be read as a model"):
        add(foreign, "office")
    other = training("other", seed=1)
    (other / "model.safetensors").write_bytes(
        (training("third", seed=2) / "model.safetensors").read_bytes()
    )
    with pytest.raises(UsageError, match="has taken no exam"):
        add(other, "office")
    assert not models.exists()


def test_a_shelf_that_cannot_be_written_to_stays_as_it_was(models: Path, training, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("palaestra.registry.adding.shutil.copyfile", full)
    with pytest.raises(UsageError, match="No space left"):
        add(training(), "office")
    assert list(models.iterdir()) == []
