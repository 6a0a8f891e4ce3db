"""Parity of the tools with the tree: what an oracle does by clicking, done again by calling.

The commands that the oracle's clicks ended in are told as JSON arguments, sent through a Toolbox at
the same virtual time, and must leave the same records. What a question asks must stand in what the
tools return.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from palaestra.faces.tools import Toolbox
from palaestra.faces.tools.arguments import argument
from palaestra.faces.tools.catalog import list_name
from palaestra.faces.tools.keys import key_of
from palaestra.faces.tools.schema import tell
from palaestra.faces.tools.views import own_screens
from palaestra.kit.app import App
from palaestra.kit.blocks import Report
from palaestra.kit.clock import Clock
from palaestra.kit.fields import Choice
from palaestra.kit.record import RecordType
from palaestra.kit.session import Session
from palaestra.tasks.answer import Answer
from palaestra.tasks.episode import Episode
from palaestra.tasks.task import Task
from palaestra.testing.oracle import play
from palaestra.testing.report import Failure
from palaestra.types import Command

PAGE = 200


def tools_agree(app: App, task: Task) -> int:
    """Does a task again by tools; returns how many calls that took.

    Raises:
        Failure: If a tool refuses what the tree did, or leaves other records, or if the answer to
            a question cannot be read by tools.
    """
    session, times = clicked(task, app)
    box = Toolbox(app, task.start, task)
    for command, time in zip(session.commands, times, strict=True):
        box.session.store.clock = time.after(-1)  # a call takes the time of one action
        _call(box, *as_call(command, box.session))
    calls = len(times)
    if box.session.digest() != session.digest():
        raise Failure(f"the tools left {box.session.diff()}, the tree {session.diff()}")
    if (answer := task.verifier.answer) and task.kind == "refusal":
        calls += _refuse(box, session, answer)
    elif answer:
        calls += _find(box, answer)
    last = task.oracle[-1]
    _call(box, last.op, {"text": last.text} if last.op == "answer" else {})
    verdict = box.verdict()
    if verdict is None or not verdict.success:
        raise Failure(f"done by tools it does not count as solved: {verdict}")
    return calls + 1


def clicked(task: Task, app: App) -> tuple[Session, list[Clock]]:
    """Plays an oracle up to its end; returns the Session and when each command was carried out."""
    episode, times = Episode(task, app), list[Clock]()
    for action in task.oracle[:-1]:
        play(episode, [action])
        if len(episode.session.commands) > len(times):
            times.append(episode.session.store.clock)
    return episode.session, times


def as_call(command: Command, session: Session) -> tuple[str, dict[str, Any]]:
    """Tells a command as a call: name of the tool, and its arguments.

    Args:
        command: What was carried out.
        session: A Session in the state before it.
    """
    kind, store = session.app.kind(command.record), session.store
    given: dict[str, Any] = {}
    if command.number:
        given["key"] = key_of(kind, store, command.number)
    action = kind.actions.get(command.verb)
    fields = {field.name: field for field in (action.params if action else kind.stored)}
    for name, value in command.values:
        field = fields[name]
        if field is kind.parent:
            assert isinstance(value, int)
            given[argument(field)] = key_of(kind.parent.target.type, store, value)
        else:
            given[argument(field)] = tell(field, value, store)
    return f"{command.verb}_{command.record}", json.loads(json.dumps(given))


def _refuse(box: Toolbox, clicked: Session, answer: Answer) -> int:
    """Does by a tool what the tree has refused; returns how many calls it took.

    What was refused before any values were asked for, or by a disabled button, cannot be called.
    """
    command = clicked.refused
    if command is None:
        return 0
    kind = clicked.app.kind(command.record)
    action = kind.actions.get(command.verb)
    asked = action.params if action else kind.form_fields if command.verb != "delete" else ()
    if asked and not command.values:
        return 0
    name, given = as_call(command, clicked)
    reply = box.call(name, given)
    if reply.ok or not answer.accepts(reply.data["error"]["message"]):
        raise Failure(f"{name}({given}) was not refused as the tree does: {reply.data}")
    return 1


def _find(box: Toolbox, answer: Answer) -> int:
    """Looks for an answer in everything that the tools return; returns how many calls it took."""
    for calls, told in enumerate(_readings(box), 1):
        if any(answer.accepts(text) for text in _leaves(told)):
            return calls
    raise Failure(f"no tool tells the answer {answer.text!r}")


def _readings(box: Toolbox) -> Iterator[dict[str, Any]]:
    for kind in box.session.app.records:
        lister = list_name(kind)
        for choice in ({}, *_choices(kind)):
            first = _call(box, lister, {**choice, "limit": PAGE})
            yield first
            for offset in range(PAGE, first["total"], PAGE):
                yield _call(box, lister, {**choice, "limit": PAGE, "offset": offset})
        for number in list(box.session.store.numbers(kind.index)):
            yield _call(box, f"get_{kind.name}", {"key": key_of(kind, box.session.store, number)})

    for screen in box.session.app.screens:
        if isinstance(screen, Report):
            name = f"report_{screen.name}"
            first = _call(box, name, {})
            yield first
            for chooses, options in first["options"].items():
                for option in options:
                    yield _call(box, name, {chooses: option})

    for screen in own_screens(box.session.app):
        yield _call(box, f"view_{screen.name}", {})


def _choices(kind: RecordType) -> Iterator[dict[str, Any]]:
    for field in kind.stored:
        if isinstance(field, Choice):
            for word in field.choices:
                yield {argument(field): word}


def _leaves(told: Any) -> Iterator[str]:
    if isinstance(told, dict | list):
        for inner in told.values() if isinstance(told, dict) else told:
            yield from _leaves(inner)
    elif isinstance(told, bool):
        yield "Yes" if told else "No"
    elif told is not None:
        yield str(told)


def _call(box: Toolbox, name: str, given: dict[str, Any]) -> dict[str, Any]:
    reply = box.call(name, given)
    if not reply.ok:
        raise Failure(f"{name}({given}): {reply.data['error']['message']}")
    return reply.data
