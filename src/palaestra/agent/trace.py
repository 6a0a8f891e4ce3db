"""The trace of a run: one page that needs nothing from anywhere else, and JSON beside it.

Both are whole or not there. Where they cannot be written the result says so, and is not lost: a
full disk is no reason to forget what was done.
"""

from __future__ import annotations

import json
import re
import time
from html import escape
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from palaestra.agent.result import Effect, Result, Step
from palaestra.agent.shot import HEIGHT, SCALE, WIDTH, Shot
from palaestra.errors import UsageError
from palaestra.exams.archive import write_text
from palaestra.exams.page import page

if TYPE_CHECKING:
    from palaestra.agent.run import Run

LONGEST_NAME = 40
AGAIN = '<meta http-equiv="refresh" content="1">'
"""A page that is written while the run goes on loads itself anew every second."""
TONES = {
    "verified": "good", "likely": "good", "unverified": "open", "abstained": "open",
    "failed": "bad", "": "open",
}  # fmt: skip


class Trace:
    """The trace of one run.

    Attributes:
        path: The page.
    """

    def __init__(self, folder: Path, goal: str, live: bool = False) -> None:
        """Names the files after the time and the goal.

        Args:
            folder: Where they go.
            goal: What is to be done; secrets are slots.
            live: Whether the page is written while the run goes on.
        """
        self._goal = goal
        words = re.sub(r"\W+", "-", goal.lower()).strip("-")[:LONGEST_NAME].rstrip("-")
        stem = f"{time.strftime('%Y%m%d-%H%M%S')}-{words or 'run'}"
        names = (f"{stem}{f'-{n}' if n else ''}.html" for n in count())
        self.path = next(path for name in names if not (path := folder / name).exists())
        self._live = live

    def show(self, run: Run) -> None:
        """Writes the page as far as the run has come; one that cannot be written is left out."""
        told = [_step(s, shot, run.effects) for s, shot in zip(run.steps, run.shots, strict=False)]
        head = f"<header><p class='about'>at work</p><h1>{escape(self._goal)}</h1></header>"
        try:
            self._write(AGAIN + _body("", head + "".join(reversed(told))))
        except UsageError:
            return

    def close(self, run: Run, result: Result, last: Shot) -> Result:
        """Writes both files.

        Args:
            run: The run.
            result: What came of it.
            last: How the page looked in the end.

        Returns:
            The result with the page's path; without it, and with the reason, where it could not be
            written.
        """
        kept = Result(**{**result.__dict__, "trace": self.path})
        shots = [*run.shots, *[Shot()] * len(run.steps)]
        told = [_step(s, shot, run.effects) for s, shot in zip(run.steps, shots, strict=False)]
        try:
            self._write(
                _body(
                    TONES[result.outcome],
                    _head(self._goal, result) + "".join(told) + _end(result, last),
                )
            )
            plain = {"goal": self._goal, **kept.to_json()}
            text = json.dumps(plain, indent=1, ensure_ascii=False)
            write_text(self.path.with_suffix(".json"), f"{text}\n")
        except UsageError as failed:
            told_why = f"{result.reason}; the trace is not kept: {failed}"
            return Result(**{**result.__dict__, "reason": told_why})
        return kept

    def _write(self, body: str) -> None:
        write_text(self.path, page(self._goal[:80], body))


def _body(tone: str, inside: str) -> str:
    style = files(__package__).joinpath("trace.css").read_text(encoding="utf-8")
    return f'<style>{style}</style><div class="album trace {tone}">{inside}</div>'


def _head(goal: str, result: Result) -> str:
    cost = result.cost
    spent = f"{cost.seconds:.1f} s, {cost.steps} steps, {cost.decisions} decisions"
    spent += f", {cost.tokens:,} tokens" if cost.tokens else ""
    answer = f'<p class="answer">{escape(result.answer)}</p>' if result.answer is not None else ""
    links = "".join(
        f'<a class="{_look(step, result.effects)}" href="#step-{step.number}" '
        f'title="{escape(str(step))}">{step.number}</a>'
        for step in result.steps
    )
    changed = "".join(
        f'<li><b>{escape(e.what)}</b> {escape(e.told)} <a href="#step-{e.step}">{e.step}</a></li>'
        for e in result.effects
    )
    return (
        f'<header><p class="about">{spent}</p><h1>{escape(goal)}</h1>'
        f'<p class="verdict">{escape(result.outcome)}: {escape(result.reason)}</p>{answer}</header>'
        f'<nav class="way" aria-label="Steps">{links}<a class="end" href="#end">end</a></nav>'
        '<section class="wanted"><h2>What was seen to change</h2>'
        f"<ul>{changed or '<li>nothing</li>'}</ul></section>"
    )


def _look(step: Step, effects: tuple[Effect, ...]) -> str:
    if not step.done:
        return "barred"
    return "changed" if any(e.step == step.number for e in effects) else "plain"


def _step(step: Step, shot: Shot, effects: list[Effect]) -> str:
    changes = "".join(
        f'<p class="changed">{escape(str(effect))}</p>'
        for effect in effects
        if effect.step == step.number
    )
    said = f'<p class="said">{escape(step.said)}</p>' if step.said else ""
    sure = f" · {step.sure:.0%} sure" if step.sure is not None else ""
    barred = "" if step.done else " · not done"
    kind = f'<span class="kind {step.kind}">{step.kind}</span>'
    return (
        f'<section class="step" id="step-{step.number}"><h2><b>{step.number}</b> '
        f'{escape(str(step))}</h2><p class="about">{kind}'
        f"{escape(step.why)}{barred} · {step.seconds:.2f} s{sure} · {escape(step.url)}</p>"
        f"{said}{changes}{_picture(shot)}</section>"
    )


def _end(result: Result, last: Shot) -> str:
    return (
        '<section class="step" id="end"><h2>The end</h2>'
        f'<p class="verdict">{escape(result.outcome)}: {escape(result.reason)}</p>'
        f"{_picture(last)}</section>"
    )


def _picture(shot: Shot) -> str:
    if not shot.pieces:
        return f'<p class="about">{escape(shot.why_not)}</p>' if shot.why_not else ""
    inside = "".join(
        f'<img alt="" src="data:image/jpeg;base64,{piece.data}" style="{_placed(*piece.box)}">'
        for piece in shot.pieces
    )
    if shot.mark:
        inside += f'<i class="mark" style="{_placed(*shot.mark)}"></i>'
    size = f"width:{WIDTH * SCALE:g}px;height:{HEIGHT * SCALE:g}px"
    return f'<div class="shot" role="img" aria-label="The page" style="{size}">{inside}</div>'


def _placed(x: float, y: float, width: float, height: float) -> str:
    told = zip(("left", "top", "width", "height"), (x, y, width, height), strict=True)
    return ";".join(f"{what}:{number * SCALE:.1f}px" for what, number in told)
