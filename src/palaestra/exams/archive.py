"""Keeps episodes and certificates in files that are whole or not there.

Episodes stand one a line (JSON Lines), so that a file can be looked at with ordinary tools.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from palaestra.errors import PalaestraError, UsageError
from palaestra.exams.certificate import Certificate
from palaestra.exams.exam import Exam
from palaestra.tasks.episode import Trajectory
from palaestra.tasks.task import Task
from palaestra.types import Action, Verdict

SUCCESSES_KEPT = 20
# What reading a file that somebody damaged may raise on the way.
MALFORMED = (
    PalaestraError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip


def write_text(path: Path, text: str) -> None:
    """Writes a file as a whole: a full disk or a killed process leaves the old one, or none.

    Raises:
        UsageError: If it cannot be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = file.name
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as failed:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise UsageError(
            f"Cannot write {path}: {failed.strerror or failed}; "
            "free some space, or name another folder"
        ) from failed


def write_exam(folder: Path, certificate: Certificate, exam: Exam) -> Path:
    """Keeps a certificate, and beside it every failure and some successes.

    Returns:
        The file of the episodes, which `palaestra replay` shows.

    Raises:
        UsageError: If they cannot be written.
    """
    kept, successes = [], 0
    for trajectory in exam.trajectories:
        success = trajectory.verdict is not None and trajectory.verdict.success
        successes += success
        if not success or successes <= SUCCESSES_KEPT:
            kept.append(trajectory)
    kept.sort(key=lambda t: t.verdict is not None and t.verdict.success)
    episodes = folder / f"{certificate.stem}.jsonl"
    write_trajectories(episodes, kept)
    text = json.dumps(certificate.to_json(), indent=1, ensure_ascii=False)
    write_text(folder / f"{certificate.stem}.json", f"{text}\n")
    return episodes


def read_certificate(path: Path) -> Certificate:
    """Reads a certificate.

    Raises:
        UsageError: If there is none, or it is not one.
    """
    try:
        data = json.loads(_read(path))
    except (ValueError, RecursionError) as wrong:
        raise UsageError(f"{path} is no JSON: {wrong}") from wrong
    try:
        return Certificate.from_json(data)
    except UsageError as wrong:
        raise UsageError(f"{path}: {wrong}") from wrong


def write_trajectories(path: Path, trajectories: Iterable[Trajectory]) -> None:
    """Keeps episodes.

    Raises:
        UsageError: If they cannot be written.
    """
    lines = (json.dumps(_to_json(t), ensure_ascii=False) for t in trajectories)
    write_text(path, "".join(f"{line}\n" for line in lines))


def read_trajectories(path: Path) -> list[Trajectory]:
    """Reads episodes.

    Raises:
        UsageError: If there are none, or a line is no episode; it says which.
    """
    found = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_from_json(json.loads(line)))
        except MALFORMED as bad:
            raise UsageError(f"{path}, line {number}: this is not an episode ({bad})") from bad
    if not found:
        raise UsageError(f"{path} holds no episodes")
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as failed:
        raise UsageError(f"Cannot read {path}: {failed.strerror}") from failed
    except UnicodeDecodeError as wrong:
        raise UsageError(f"{path} is not a text file") from wrong


def _to_json(trajectory: Trajectory) -> dict[str, Any]:
    return {
        "task": trajectory.task.to_json(),
        "actions": [list(action) for action in trajectory.actions],
        "verdict": asdict(trajectory.verdict) if trajectory.verdict else None,
        "ended": trajectory.ended,
        "irreversible": list(trajectory.irreversible),
        "sure": trajectory.sure,
    }


def _from_json(data: dict[str, Any]) -> Trajectory:
    actions = tuple(Action(op, str(ref), str(text)) for op, ref, text in data["actions"])
    verdict = None
    if (said := data["verdict"]) is not None:
        harm = tuple(map(str, said["side_effects"]))
        success, progress = bool(said["success"]), float(said["progress"])
        verdict = Verdict(success, progress, harm, str(said["reason"]))
    lasting = tuple(map(str, data.get("irreversible", ())))
    sure = None if data.get("sure") is None else float(data["sure"])
    return Trajectory(
        Task.from_json(data["task"]), actions, verdict, str(data["ended"]), lasting, sure
    )
