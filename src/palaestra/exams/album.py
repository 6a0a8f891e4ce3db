"""An episode as a page to walk through: each step with the whole screen that a person would see."""

from __future__ import annotations

from html import escape

from palaestra.exams.retracing import Retraced, Step, told_action, told_change, told_verdict
from palaestra.exams.still import still


def album(episode: Retraced) -> str:
    """Draws what was wanted, each step, and what came of it."""
    record = episode.trajectory
    good = record.verdict is not None and record.verdict.success
    start = record.task.start
    trouble = f", disturbance {start.disturbance}" if start.disturbance else ""
    steps = "".join(_step(number, step, episode) for number, step in enumerate(episode.steps, 1))
    return (
        f'<div class="album {"good" if good else "bad"}"><header>'
        f'<p class="about">{escape(record.task.kind)} in {escape(start.app)}, data {start.seed}, '
        f"skin {start.skin}{trouble}</p><h1>{escape(record.task.goal)}</h1>"
        f'<p class="verdict">{escape(told_verdict(record.verdict, record.ended))}</p>'
        f"</header>{_way(episode)}{_wanted(episode)}{steps}{_end(episode)}</div>"
    )


def _way(episode: Retraced) -> str:
    """Draws a link to each step; those that changed something stand out."""
    links = []
    for number, step in enumerate(episode.steps, 1):
        look = "changed" if step.changes else "said" if step.feedback else "plain"
        told = escape(told_action(step))
        links.append(f'<a class="{look}" href="#step-{number}" title="{told}">{number}</a>')
    links.append('<a class="end" href="#end">end</a>')
    return f'<nav class="way" aria-label="Steps">{"".join(links)}</nav>'


def _wanted(episode: Retraced) -> str:
    task = episode.trajectory.task
    lines = [told_change(change) for change in task.verifier.required.changes]
    if task.verifier.answer:
        lines.append(f'the answer "{task.verifier.answer.text}"')
    points = "".join(f"<li>{escape(line)}</li>" for line in lines) or "<li>no change</li>"
    taken = len(episode.trajectory.actions)
    return (
        f'<section class="wanted"><h2>What was wanted</h2><ul>{points}</ul>'
        f'<p class="about">{taken} actions were taken; the oracle takes {len(task.oracle)}.</p>'
        "</section>"
    )


def _step(number: int, step: Step, episode: Retraced) -> str:
    drawn = still(step.before, episode.skin, episode.language, step.action)
    said = f'<p class="said">{escape(step.feedback)}</p>' if step.feedback else ""
    changes = "".join(f'<p class="changed">{escape(told_change(c))}</p>' for c in step.changes)
    return (
        f'<section class="step" id="step-{number}"><h2><b>{number}</b> '
        f"{escape(told_action(step))}</h2>{said}{changes}{drawn}</section>"
    )


def _end(episode: Retraced) -> str:
    record = episode.trajectory
    effects = record.verdict.side_effects if record.verdict else ()
    told = [f"side effect: {effect}" for effect in effects]
    told += [f"cannot be undone: {effect}" for effect in record.irreversible]
    harm = "".join(f'<p class="harm">{escape(line)}</p>' for line in told)
    if record.sure is not None:
        harm += f'<p class="about">It was {record.sure:.0%} sure of clean success.</p>'
    now = told_verdict(episode.verdict, record.ended) if episode.verdict else "it does not end"
    other = (
        ""
        if episode.agrees
        else '<p class="harm">Taken again today it comes out otherwise, for the application has '
        f"changed: {escape(now)}</p>"
    )
    seen = bool(episode.steps) and episode.steps[-1].before == episode.last
    drawn = "" if seen else still(episode.last, episode.skin, episode.language)
    return (
        '<section class="step" id="end"><h2>The end</h2>'
        f'<p class="verdict">{escape(told_verdict(record.verdict, record.ended))}</p>'
        f"{harm}{other}{drawn}</section>"
    )
