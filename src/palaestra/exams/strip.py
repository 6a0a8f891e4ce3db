"""An episode as a strip of pictures: one card an action, in HTML."""

from __future__ import annotations

from html import escape

from palaestra.exams.picture import picture
from palaestra.exams.retracing import Retraced, told_action, told_change, told_verdict


def strip(episode: Retraced) -> str:
    """Draws goal, verdict, and a card for each action."""
    record = episode.trajectory
    success = record.verdict is not None and record.verdict.success
    cards = []
    for number, step in enumerate(episode.steps, 1):
        drawn = picture(step.before, step.action.ref, step.action.text)
        said = [f'<p class="do"><b>{number}</b> {escape(told_action(step))}</p>']
        said += [f'<p class="said">{escape(step.feedback)}</p>'] if step.feedback else []
        said += [f'<p class="changed">{escape(told_change(c))}</p>' for c in step.changes]
        cards.append(f'<li class="card">{drawn}{"".join(said)}</li>')
    verdict = told_verdict(record.verdict, record.ended)
    if not episode.agrees:
        verdict += "; taken again today it comes out otherwise: the application has changed"
    start = record.task.start
    return (
        f'<article class="episode {"good" if success else "bad"}">'
        f"<h3>“{escape(record.task.goal)}”</h3>"
        f'<p class="about">{escape(record.task.kind)} in {escape(start.app)}, data {start.seed}, '
        f"skin {start.skin}, {len(record.actions)} actions (oracle {len(record.task.oracle)})</p>"
        f'<p class="verdict">{escape(verdict)}</p><ol class="strip">{"".join(cards)}</ol></article>'
    )
