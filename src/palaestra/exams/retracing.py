"""Takes a kept episode again, step by step, for people to look at.

A session is deterministic, so the actions alone bring every screen back. Where the application has
changed since, the verdict differs, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from palaestra.errors import UsageError
from palaestra.kit.app import App
from palaestra.kit.diff import diff
from palaestra.kit.outline import outline
from palaestra.kit.skin import Skin
from palaestra.tasks.episode import Episode, Trajectory
from palaestra.types import Action, Change, Node, Verdict

ARROW = "▶"


@dataclass(frozen=True)
class Step:
    """One action, and what came of it.

    Attributes:
        action: What was done.
        target: The element it was done to; None where there is none, or no such element.
        before: The screen that the agent saw.
        feedback: What the application said to it.
        changes: What the action changed in the records.
    """

    action: Action
    target: Node | None
    before: Node
    feedback: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Retraced:
    """An episode taken again.

    Attributes:
        trajectory: The record that was followed.
        steps: Each action.
        last: The screen at the end.
        skin: How the application looked.
        language: What its screens spoke, as "en".
        verdict: What the verifier says now; None where the episode never ended.
    """

    trajectory: Trajectory
    steps: tuple[Step, ...]
    last: Node
    skin: Skin
    language: str
    verdict: Verdict | None

    @property
    def agrees(self) -> bool:
        """Says whether the verdict is still what was recorded."""
        return self.verdict == self.trajectory.verdict


def retrace(trajectory: Trajectory, find: Callable[[str], App]) -> Retraced:
    """Takes an episode again.

    Raises:
        UsageError: If its gym is not there, or the record goes on after the episode's end.
    """
    episode = Episode(trajectory.task, find(trajectory.task.start.app))
    steps = []
    for action in trajectory.actions:
        if episode.ended:
            raise UsageError("This record goes on after its episode was over")
        before, target = episode.session.screen(), episode.session.targets().get(action.ref)
        since = episode.session.store.snapshot()
        episode.step(action)
        changes = diff(episode.session.store, since).changes
        steps.append(Step(action, target, before, episode.feedback, changes))
    verdict = episode.verdict() if episode.ended else None
    session = episode.session
    return Retraced(
        trajectory=trajectory,
        steps=tuple(steps),
        last=session.screen(),
        skin=session.skin,
        language=session.lexicon.language,
        verdict=verdict,
    )


def told_action(step: Step) -> str:
    """Writes an action with the element's name instead of its ref: `fill Vendor with "Acme"`."""
    action, text = step.action, step.action.text
    if action.op in ("done", "back", "ask"):
        return action.op
    if action.op == "answer":
        return f'answer "{text}"'
    what = f"{step.target.role} {step.target.name}" if step.target else f"nothing ({action.ref})"
    if not text:
        return f"{action.op} {what}"
    return f'{action.op} {what}{", choose" if action.op == "select" else ", with"} "{text}"'


def told_screen(step: Step) -> str:
    """Writes the screen that the agent saw, with an arrow at the element that it used."""
    return outline(_pointed(step.before, step.action.ref) if step.action.ref else step.before)


def _pointed(node: Node, ref: str) -> Node:
    """Puts an arrow before the name of an element, also where a cell takes its name from it."""
    name = f"{ARROW} {node.name}" if node.ref == ref else node.name
    children = tuple(_pointed(child, ref) for child in node.children)
    for old, new in zip(node.children, children, strict=True):
        if old.name and old.name != new.name:
            name = name.replace(old.name, new.name, 1)
    return node._replace(name=name, children=children)


def told_change(change: Change) -> str:
    """Writes a change in a line: `bill B-1 updated: vendor "A" to "B"`."""
    record = f"{change.record.replace('_', ' ')} {change.key}".strip()
    if change.kind == "created":
        fields = [f'{field} "{new}"' for field, _, new in change.fields]
    else:
        fields = [f'{field} "{old}" to "{new}"' for field, old, new in change.fields]
    return f"{record} {change.kind}{': ' if fields else ''}{', '.join(fields)}"


def told_verdict(verdict: Verdict | None, ended: str) -> str:
    """Writes how an episode came out, in a line."""
    if verdict is None:
        return f"unscored: the policy broke ({ended})"
    if verdict.success:
        return f"clean success: {verdict.reason}"
    return f"failure: {verdict.reason} ({verdict.progress:.0%} of what was intended)"
