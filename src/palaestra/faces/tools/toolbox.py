"""A Toolbox: the tools of one Session, in the hands of one agent, with or without a task.

Every call is answered, whatever was sent: with a result, or with an error that says who must act.
A call that fails leaves the Session as it was.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any, NamedTuple

from palaestra.errors import Refused
from palaestra.faces.tools.arguments import check, clean
from palaestra.faces.tools.catalog import Tool, catalog, gives, takes
from palaestra.kit.app import App
from palaestra.kit.commands import Invalid
from palaestra.kit.session import Session
from palaestra.tasks.task import Task
from palaestra.types import Start, Verdict

log = logging.getLogger(__name__)
KINDS = ("wrong request", "unknown tool", "wrong arguments", "refused", "over", "failed")
ERROR: dict[str, Any] = gives(
    {
        "error": gives(
            {
                "kind": {"type": "string", "enum": list(KINDS)},
                "message": {"type": "string", "description": "What is wrong, in words"},
                "arguments": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "description": "What is wrong with each argument",
                },
            }
        )
    }
)


class Reply(NamedTuple):
    """What comes of a call.

    Attributes:
        ok: Whether the tool did what it is for.
        data: What it gives, or `ERROR`.
    """

    ok: bool
    data: dict[str, Any]


class Toolbox:
    """The tools of one Session.

    Attributes:
        session: The application, live.
        task: What is to be done; None to work without a goal.
        tools: The tools by name.
        ended: What ended the task ("answer" or "done"); "" while it runs.
        answered: What the agent answered, or None.
    """

    def __init__(self, app: App, start: Start, task: Task | None = None) -> None:
        """Starts a Session; tools have no look, and no screen that could be disturbed.

        Raises:
            UsageError: If the start makes no sense.
        """
        self.session = Session.at(app, replace(start, skin=0, disturbance=0))
        self.task = task
        self.ended = ""
        self.answered: str | None = None
        self.tools = catalog(app)
        if task:
            ends = (self._read_task(), self._answer(), self._done())
            self.tools = {**{tool.name: tool for tool in ends}, **self.tools}

    def call(self, name: str, given: Any) -> Reply:
        """Calls a tool.

        Args:
            name: Which one.
            given: Its arguments, as JSON came in.
        """
        tool = self.tools.get(name)
        if tool is None:
            return _error("unknown tool", f"There is no tool {clean(name)!r}")
        if self.ended:
            return _error("over", "This task is over")
        if not isinstance(given, dict):
            return _error("wrong arguments", "The arguments must be an object")
        attempt = self.session.fork()
        try:
            check(tool.validator, given)
            attempt.wait()
            data = tool.run(attempt, given)
        except Invalid as invalid:
            return _error("wrong arguments", str(invalid), invalid.errors)
        except Refused as refusal:
            self.session = attempt
            return _error("refused", str(refusal))
        except Exception:
            log.exception("%s failed at %s", self.session.app.name, name)
            return _error("failed", "The application failed at this; nothing was changed")
        self.session = attempt
        return Reply(True, data)

    def verdict(self) -> Verdict | None:
        """Judges the task as it stands; one that was not ended is no success. None without one."""
        if self.task is None:
            return None
        verdict = self.task.verifier.judge(self.session.diff(), self.answered)
        if self.ended:
            return verdict
        return Verdict(False, verdict.progress, verdict.side_effects, "not finished")

    def _read_task(self) -> Tool:
        goal = self.task.goal if self.task else ""
        return Tool(
            "read_task",
            "Read the task",
            "Returns what is to be done here, in words.",
            takes({}),
            gives({"goal": {"type": "string"}}),
            lambda session, given: {"goal": goal},
            changes=False,
        )

    def _answer(self) -> Tool:
        def answer(session: Session, given: dict[str, Any]) -> dict[str, Any]:
            self.ended, self.answered = "answer", given["text"]
            return {"message": "Answered"}

        return Tool(
            "answer",
            "Answer",
            "Ends the task with an answer: to a question, or why what is asked cannot be done.",
            takes({"text": {"type": "string"}}, ["text"]),
            gives({"message": {"type": "string"}}),
            answer,
        )

    def _done(self) -> Tool:
        def done(session: Session, given: dict[str, Any]) -> dict[str, Any]:
            self.ended = "done"
            return {"message": "Done"}

        return Tool(
            "done",
            "Done",
            "Ends the task: all that was asked has been done.",
            takes({}),
            gives({"message": {"type": "string"}}),
            done,
        )


def _error(kind: str, message: str, arguments: dict[str, str] | None = None) -> Reply:
    told = {"kind": kind, "message": message, "arguments": arguments or {}}
    return Reply(False, {"error": told})
