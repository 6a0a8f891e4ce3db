"""An episode as a strip of pictures: one card an action, in HTML."""

from __future__ import annotations

from html import escape

from palaestra.exams.picture import picture
from palaestra.exams.retracing import Retraced, Step, told_action, told_change, told_verdict

MOST_CARDS, FIRST_CARDS = 16, 9
MOST_CHANGES = 3


def strip(episode: Retraced, command: str = "") -> str:
    """Draws goal, verdict, and a card for each action; the middle of a long episode is left out.

    Args:
        episode: What to draw.
        command: What shows all of it.
    """
    record = episode.trajectory
    success = record.verdict is not None and record.verdict.success
    cards = [_card(number, step) for number, step in enumerate(episode.steps, 1)]
    if len(cards) > MOST_CARDS:
        gap = f'<li class="gap">{len(cards) - MOST_CARDS} more actions</li>'
        cards = [*cards[:FIRST_CARDS], gap, *cards[FIRST_CARDS - MOST_CARDS :]]
    verdict = told_verdict(record.verdict, record.ended)
    if not episode.agrees:
        verdict += "; taken again today it comes out otherwise: the application has changed"
    start = record.task.start
    shown = f'<p class="note"><code>{escape(command)}</code></p>' if command else ""
    return (
        f'<article class="episode {"good" if success else "bad"}">'
        f"<h3>“{escape(record.task.goal)}”</h3>"
        f'<p class="about">{escape(record.task.kind)} in {escape(start.app)}, data {start.seed}, '
        f"skin {start.skin}, {len(record.actions)} actions (oracle {len(record.task.oracle)})</p>"
        f'<p class="verdict">{escape(verdict)}</p><ol class="strip">{"".join(cards)}</ol>'
        f"{shown}</article>"
    )


def _card(number: int, step: Step) -> str:
    drawn = picture(step.before, step.action.ref, step.action.text)
    said = [f'<p class="do"><b>{number}</b> {escape(told_action(step))}</p>']
    said += [f'<p class="said">{escape(step.feedback)}</p>'] if step.feedback else []
    told = [told_change(change) for change in step.changes]
    if (more := len(told) - MOST_CHANGES) > 0:
        told = [*told[:MOST_CHANGES], f"and {more} more"]
    said += [f'<p class="changed">{escape(line)}</p>' for line in told]
    return f'<li class="card">{drawn}{"".join(said)}</li>'
