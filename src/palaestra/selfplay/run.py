"""A run directory: everything a training leaves behind, written so that it can be killed any time.

    config.json     what it was told
    made_by.jsonl   versions, machine and commit, a line for each time it was begun or gone on with
    metrics.jsonl   one line per round
    failures.jsonl  goals that the solver failed in practice, with what it did
    shards/N-P.npz  what was learnt from in round N, as its part P left it
    checkpoints/    N.safetensors, the network after round N, N.learner, the optimizer with it, and
                    N.proposer, what the proposer has learnt (JSON)
    state.json      the last round that is whole; written last, so the rest is never ahead of it
    model.safetensors   the finished model
    parent.safetensors  the model that it goes on from, if there is one

Every file is written beside its place and then moved there, so none is ever half there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from palaestra.errors import UsageError
from palaestra.selfplay.config import Config

PARENT = "parent.safetensors"
KEPT = 3
"""Checkpoints from which a training can go on; of older rounds some networks are remembered."""


def is_remembered(number: int) -> bool:
    """Says whether the network after a round is kept for good: the powers of two are."""
    return number > 0 and number & (number - 1) == 0


class Told(Protocol):
    """What a training was told."""

    def to_json(self) -> dict[str, Any]:
        """Returns a plain dict."""
        ...


class Run:
    """The directory of one training.

    Attributes:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def begin(cls, path: Path, config: Told, parent: bytes = b"") -> Run:
        """Makes a new run directory.

        Args:
            path: Where.
            config: What the training is told.
            parent: The model that it goes on from, as a file's content; empty for none.

        Raises:
            UsageError: If there is one already, or it cannot be made.
        """
        run = cls(path)
        if (path / "config.json").exists():
            raise UsageError(
                f"{path} holds a training already; go on with --resume, or choose another --out"
            )
        if parent:
            run.write(PARENT, parent)
        run.write("config.json", json.dumps(config.to_json(), indent=1).encode())
        return run

    @classmethod
    def resume(cls, path: Path) -> tuple[Run, Config]:
        """Opens a run directory to go on.

        Raises:
            UsageError: If there is no training in it, or one of another version.
        """
        run = cls(path)
        return run, Config.from_json(run.told())

    def told(self) -> dict[str, Any]:
        """Returns what the training was told.

        Raises:
            UsageError: If there is no training here.
        """
        config = self._read_json("config.json")
        if config is None:
            raise UsageError(f"There is no training to resume in {self.path}")
        return config

    def sign(self, made_by: dict[str, Any]) -> None:
        """Keeps what goes on with the training from here: versions, machine, commit."""
        signed = [*self.lines("made_by.jsonl"), {"after_round": self.state()["round"], **made_by}]
        text = "".join(json.dumps(line) + "\n" for line in signed)
        self.write("made_by.jsonl", text.encode())

    def write(self, name: str, data: bytes) -> None:
        """Writes a file whole or not at all.

        Raises:
            UsageError: If the disk is full or not to be written to.
        """
        place = self.path / name
        beside = place.with_name(place.name + ".part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, place)
        except OSError as wrong:
            with suppress(OSError):
                beside.unlink()
            raise UsageError(
                f"{place} cannot be written ({wrong.strerror}); nothing before it is lost: "
                "make room and go on with --resume"
            ) from wrong

    def read(self, name: str) -> bytes:
        """Reads a file that must be there.

        Raises:
            UsageError: If it is not.
        """
        try:
            return (self.path / name).read_bytes()
        except OSError as wrong:
            raise UsageError(f"{self.path / name} cannot be read ({wrong.strerror})") from wrong

    def state(self) -> dict[str, Any]:
        """Returns the facts of the last whole round; round -1 before the first.

        Raises:
            UsageError: If they are damaged.
        """
        state = self._read_json("state.json") or {"round": -1, "elapsed_s": 0.0}
        if not {"round", "elapsed_s"} <= state.keys():
            raise UsageError(f"{self.path / 'state.json'} is damaged: it does not name a round")
        return state

    def finish_round(
        self, state: dict[str, Any], files: dict[str, bytes], lines: dict[str, Iterable[Any]]
    ) -> None:
        """Keeps a whole round; when it is killed before the end, the round never was.

        Args:
            state: Facts to go on from; "round" numbers the round.
            files: Files of the round.
            lines: Lines to add to files of JSON lines; each line has a "round".
        """
        for name, data in files.items():
            self.write(name, data)
        for name, added in lines.items():
            kept = [line for line in self.lines(name) if line["round"] < state["round"]]
            text = "".join(json.dumps(line) + "\n" for line in [*kept, *added])
            self.write(name, text.encode())
        self.write("state.json", json.dumps(state).encode())
        old = state["round"] - KEPT
        self.drop(f"checkpoints/{old}.learner")
        self.drop(f"checkpoints/{old}.proposer")
        if not is_remembered(old):
            self.drop(f"checkpoints/{old}.safetensors")

    def drop(self, name: str) -> None:
        """Deletes what is no longer needed."""
        (self.path / name).unlink(missing_ok=True)

    def lines(self, name: str) -> list[dict[str, Any]]:
        """Returns a file of JSON lines; empty if there is none.

        Raises:
            UsageError: If it is damaged.
        """
        place = self.path / name
        if not place.exists():
            return []
        return [_parsed(line, place) for line in place.read_bytes().splitlines() if line]

    def _read_json(self, name: str) -> dict[str, Any] | None:
        place = self.path / name
        if not place.exists():
            return None
        return _parsed(place.read_bytes(), place)


def _parsed(text: bytes, place: Path) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise UsageError(f"{place} is damaged: {wrong}") from wrong
    if not isinstance(found, dict):
        raise UsageError(f"{place} is damaged: it should say what is what")
    return found
