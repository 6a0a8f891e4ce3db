"""Puts a finished training's model on the shelf, with its lineage and its certificates.

What is put there stands for what the project can do, so nothing is put there without an exam, and
nothing that stands there is ever changed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from palaestra.errors import UsageError
from palaestra.exams.archive import read_certificate, write_text
from palaestra.exams.certificate import Certificate
from palaestra.policies import finder
from palaestra.registry import shelf
from palaestra.registry.card import Card, Lineage

MOST_BYTES = 5_000_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def add(run: Path, name: str, *, default: bool = False) -> Path:
    """Copies a model to the shelf; the first one there becomes the default.

    Args:
        run: The training's folder.
        name: What the model is to be called.
        default: Whether it is taken from now on where no model is named.

    Returns:
        The model's folder.

    Raises:
        UsageError: If the training is not finished, too large, not examined or of another version;
            if the name is taken or no name; or if the shelf cannot be written to.
    """
    if not NAME.fullmatch(name) or name in finder.SCRIPTED:
        raise UsageError(
            f"{name!r} cannot be a model's name: take up to 40 small letters, digits and dashes, "
            f"and none of {', '.join(finder.SCRIPTED)}"
        )
    there = shelf.names()
    if name in there or (finder.SHELF / name).exists():
        raise UsageError(f"There is a model {name} already, and models never change: name it anew")
    weights = run / finder.FINISHED
    if not weights.is_file():
        raise UsageError(f"{run} is no finished training: it has no {finder.FINISHED}")
    size = weights.stat().st_size
    if size > MOST_BYTES:
        raise UsageError(
            f"{weights} has {size / 1e6:.1f} MB; a model of more than {MOST_BYTES / 1e6:.0f} MB "
            "cannot ship"
        )
    facts = getattr(finder.find(str(weights)), "facts", {})
    model = shelf.digest(weights)
    papers = _papers(run, model)
    made = Card(
        name=name,
        model=model,
        bytes=size,
        lineage=_lineage(run, next(iter(papers.values())), facts.get("parents", ())),
        certificates=tuple((paper.name, shelf.digest(paper)) for paper in papers),
    )
    path = _put(made, weights, list(papers))
    if default or not there:
        write_text(finder.SHELF / finder.DEFAULT, f"{name}\n")
    return path


def _papers(run: Path, model: str) -> dict[Path, Certificate]:
    """Returns the certificates of one model, in alphabetical order of their files."""
    found = {path: read_certificate(path) for path in sorted((run / "exams").glob("*.json"))}
    own = {path: one for path, one in found.items() if one.model == model}
    if not own:
        raise UsageError(f"The model of {run} has taken no exam: palaestra exam {run}")
    return own


def _lineage(run: Path, certificate: Certificate, parents: Sequence[str]) -> Lineage:
    """Returns how a model came to be; the exam that ended its training says where that was."""
    from palaestra.selfplay.run import Run

    training, config = Run.resume(run)
    state = training.state()
    finished = dt.datetime.fromtimestamp((run / finder.FINISHED).stat().st_mtime, dt.UTC)
    return Lineage(
        config=config.to_json(),
        commit=certificate.commit,
        parents=tuple(map(str, parents)),
        rounds=state["round"] + 1,
        trained_s=round(state["elapsed_s"], 1),
        trained_on=finished.date().isoformat(),
        machine=certificate.machine,
        versions=certificate.versions,
    )


def _put(card: Card, weights: Path, papers: list[Path]) -> Path:
    """Lays everything out beside its place and then moves it there as a whole."""
    place = finder.SHELF / card.name
    made = None
    try:
        finder.SHELF.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", dir=finder.SHELF))
        made.chmod(0o755)
        shutil.copyfile(weights, made / finder.FINISHED)
        (made / shelf.CERTIFICATES).mkdir()
        for paper in papers:
            shutil.copyfile(paper, made / shelf.CERTIFICATES / paper.name)
        text = json.dumps(card.to_json(), indent=1, ensure_ascii=False)
        write_text(made / shelf.CARD, f"{text}\n")
        os.rename(made, place)
    except OSError as failed:
        raise UsageError(
            f"Cannot put {card.name} on the shelf {finder.SHELF}: {failed.strerror or failed}"
        ) from failed
    finally:
        if made and made.exists():
            shutil.rmtree(made, ignore_errors=True)
    return place
