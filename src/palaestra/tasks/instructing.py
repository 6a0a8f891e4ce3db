"""A task told by its actions: what to click and what to type, instead of what it is for.

People who automate boring work often say it so ("click New, type 12.50 into Amount, press Save"),
in offices whose matters they leave unexplained. The oracle's way is put into words, element by
element, by the names that this skin gives them; verifier and oracle stay. What gets over a trouble
is not told. It is for practice only: no exam is worded so.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from palaestra.errors import InvalidAction
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks import joining
from palaestra.tasks.task import Task
from palaestra.types import Action, Node

SHAPE = "by its actions"
KINDS = ("create", "update", "delete", "action")
"""Kinds of task that can be told so: the others are about what is not on the way."""
WAYS = {
    "button": ("click {n}", "press {n}", "click the {n} button", "click the button {n}", "hit {n}"),
    "link": ("click {n}", "click on {n}", "open {n}", "go to {n}", "follow the {n} link"),
    "tab": ("open the {n} tab", "switch to {n}", "click the tab {n}"),
    "option": ("choose {n}", "pick {n}", "select {n}"),
    "radio": ("choose {n}", "select {n}", "pick the option {n}"),
    "checked": ("untick {n}", "uncheck {n}", "clear the box {n}"),
    "checkbox": ("tick {n}", "check {n}", "tick the box {n}"),
    "combobox": ("open {n}", "click on {n}", "open the list {n}"),
    "fill": (
        "type {t} into {n}", "enter {t} in the {n} field", "put {t} into {n}",
        "fill in {n} with {t}", "set {n} to {t}", "write {t} in the box {n}",
    ),
    "empty": ("empty {n}", "clear the {n} field", "delete what is in {n}"),
    "select": ("select {t} from {n}", "choose {t} for {n}", "set {n} to {t}", "pick {t} in {n}"),
    "back": ("go back",),
}  # fmt: skip
PAIRS = ("{n} {t}", "the {n} {t}", "{t} as {n}", "{t} for {n}", "{n}: {t}", "{t} into {n}")
TOGETHER = (
    "enter {pairs} and {last}", "fill in {pairs}, then {last}", "put in {pairs} and {last}",
    "fill in the form with {pairs} and {last}", "type {pairs} and {last}", "enter {pairs}, {last}",
    "type in {pairs} and afterwards {last}", "{last} after entering {pairs}",
    "{last} once you have put in {pairs}",
)  # fmt: skip
"""What is entered and the button that is pressed then, in one breath."""
ONLY = ("the text field", "the box", "the input field", "the text box", "the field")
"""What a box is called that is the only one on its screen, as often as `UNNAMED` says."""
UNNAMED = 0.3
QUOTES = ('"{}"', "'{}'", "{}")
TYPED = ("type {t} into {n}", "enter {t} into {n}", "put {t} into {n}", "write {t} in {n}")


class Told(NamedTuple):
    """One step in words, and how many actions it tells."""

    words: str
    actions: int


def instructed(task: Task, app: App, rng: random.Random) -> Task | None:
    """Tells a task by its actions.

    Args:
        task: What is to be done.
        app: Where.
        rng: Decides the words.

    Returns:
        The same task in other words; None if an element on the way has no name of its own, or the
        task is of a kind that cannot be told so.
    """
    if task.kind not in KINDS:
        return None
    quote, session = rng.choice(QUOTES), Session.at(app, task.start)
    steps: list[Told] = []
    entered: list[str] = []
    together = rng.random() < 0.5
    pair = rng.choice(PAIRS)
    for action in task.oracle[:-1]:
        if not is_untold(action):
            worded = _worded(session, action, quote, rng)
            if worded is None:
                return None
            if together and action.op in ("fill", "select") and action.text:
                name = quote.format(session.targets()[action.ref].name)
                if _is_alone(session) and rng.random() < UNNAMED:
                    name = rng.choice(ONLY)
                entered.append(pair.format(n=name, t=quote.format(action.text)))
                worded = ""
            elif entered:
                pairs = " and ".join(filter(None, (", ".join(entered[:-1]), entered[-1])))
                worded = rng.choice(TOGETHER).format(pairs=pairs, last=worded)
            if worded:
                steps.append(Told(worded, len(entered) + 1))
                entered = []
        try:
            session.dispatch(action)
        except InvalidAction:
            return None
    return None if entered else _joined(task, steps, rng)


def is_untold(action: Action) -> bool:
    """Says whether an action of the oracle goes without saying: it gets over a trouble."""
    return action.ref.startswith("calm:")


def _worded(session: Session, action: Action, quote: str, rng: random.Random) -> str | None:
    """Puts an action into words; None where they would fit another element as well."""
    if action.op == "back":
        return rng.choice(WAYS["back"])
    node = session.targets().get(action.ref)
    way = _way(node, action) if node else ""
    if node is None or way not in WAYS or not node.name.strip():
        return None
    alike = Counter((one.role, one.name) for one in session.targets().values())
    if alike[node.role, node.name] > 1:
        return None
    name, text = quote.format(node.name), quote.format(action.text)
    if way == "fill" and _is_alone(session) and rng.random() < UNNAMED:
        return rng.choice(TYPED).format(n=rng.choice(ONLY), t=text)
    return rng.choice(WAYS[way]).format(n=name, t=text)


def _is_alone(session: Session) -> bool:
    """Says whether a screen has one box to type into."""
    roles = [node.role for node in session.targets().values()]
    return roles.count("textbox") + roles.count("searchbox") == 1


def _way(node: Node, action: Action) -> str:
    """Returns which of the ways of saying it fits."""
    if action.op in ("fill", "select"):
        return action.op if action.text else "empty"
    if action.op != "click":
        return ""
    return "checked" if node.role == "checkbox" and "checked" in node.states else node.role


def _joined(task: Task, steps: list[Told], rng: random.Random) -> Task:
    """Makes one goal of the steps."""
    words = [step.words for step in steps]
    if len(words) == 1:
        goal = f"{words[0][:1].upper()}{words[0][1:]}."
        return replace(task, goal=goal, shape=SHAPE, parts=((0, len(goal)),) * steps[0].actions)
    join = joining.draw(rng, "practice", steps=len(words))
    if not join.clauses:
        words = [f"{step[:1].upper()}{step[1:]}." for step in words]
    parts: list[tuple[int, int]] = []
    end = 0
    for lead, step, told in zip(join.leads(len(words)), words, steps, strict=True):
        begin = end + len(lead)
        end = begin + len(step)
        parts += [(begin, end)] * told.actions
    return replace(task, goal=join.joined(words), shape=SHAPE, parts=tuple(parts))
