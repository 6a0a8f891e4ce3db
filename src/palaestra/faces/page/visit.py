"""A Visit: one person at one Session, through any number of connections; and all visits there are.

The browser may go away and come back: the Session, the task and the number of the last message that
was carried out stay here. Messages are carried out once, in order, and each as a whole: whatever
goes wrong in the middle of one leaves the Session as it was.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from palaestra.errors import InvalidAction
from palaestra.faces.page import bar, html
from palaestra.faces.page.message import Message
from palaestra.kit.app import App
from palaestra.kit.session import Session
from palaestra.tasks.task import Task
from palaestra.types import Action, Start, Verdict

MAX_VISITS = 200
log = logging.getLogger(__name__)


class Visit:
    """One person's place in an application.

    Attributes:
        start: Where the Session began.
        session: The application, live.
        task: What is to be done, or None to look around.
        verdict: What came of the task, once the person said "done".
        handled: Number of the last message that was carried out.
        line: The connection that has the visit now; None while there is none.
    """

    def __init__(self, visits: Visits) -> None:
        self._visits = visits
        self.handled = 0
        self.line: Any = None
        self.next()

    def next(self) -> None:
        """Takes the next task, or the only start there is."""
        self.task = next(self._visits.tasks, None) if self._visits.tasks else None
        self.start = self.task.start if self.task else self._visits.start
        self.again()

    def again(self) -> None:
        """Starts over."""
        self.session = Session.at(self._visits.find(self.start.app), self.start)
        self.verdict: Verdict | None = None

    def handle(self, message: Message) -> str:
        """Carries a message out.

        Returns:
            What was wrong with it, for the person to read; "" if nothing was.
        """
        if message.number <= self.handled:
            return ""
        if message.number > self.handled + 1:
            return "A message before this one is missing"
        self.handled = message.number
        if message.action is None:
            (self.next if message.asked == "next" else self.again)()
            return ""
        return self._act(message.action)

    def _act(self, action: Action) -> str:
        if self.verdict:
            return "This task is over: start over, or take the next one"
        if action.op in ("answer", "done"):
            if self.task is None:
                return "There is no task here to be done with"
            answered = action.text if action.op == "answer" else None
            self.verdict = self.task.verifier.judge(self.session.diff(), answered)
            return ""
        attempt = self.session.fork()
        try:
            attempt.dispatch(action)
            attempt.screen()
        except InvalidAction as invalid:
            self.session = attempt
            return str(invalid)
        except Exception:
            log.exception("%s failed on %r", self.start.app, action)
            return "The application failed at this; nothing was changed"
        self.session = attempt
        return ""

    def page(self) -> dict[str, Any]:
        """Returns all that the browser needs to show where this visit is."""
        session = self.session
        about = f"seed {self.start.seed} · skin {self.start.skin}"
        if self.start.disturbance:
            about += f" · disturbance {self.start.disturbance}"
        return {
            "ack": self.handled,
            "title": session.app.title,
            "place": "/".join(map(str, session.route)),
            "back": session.has_way_back,
            "html": html.draw(session.screen(), session.skin, session.lexicon.language),
            "bar": bar.draw(
                title=session.app.title,
                about=about,
                goal=self.task.goal if self.task else "",
                verdict=self.verdict,
                can_go_back=session.has_way_back,
            ),
        }


@dataclass
class Visits:
    """Everybody who is here, by the secret in their address.

    Attributes:
        start: Where a visit without a task begins.
        find: Returns an application by name.
        tasks: The tasks that visits take one after the other; None where there are none.
    """

    start: Start
    find: Callable[[str], App]
    tasks: Iterator[Task] | None = None

    def __post_init__(self) -> None:
        self._visits: dict[str, Visit] = {}

    def open(self) -> str:
        """Begins a visit and returns its secret; the longest unused one makes room if it must."""
        if len(self._visits) >= MAX_VISITS:
            idle = (key for key, visit in self._visits.items() if visit.line is None)
            self._visits.pop(next(idle, next(iter(self._visits))))
        key = secrets.token_urlsafe(12)
        self._visits[key] = Visit(self)
        return key

    def get(self, key: str) -> Visit | None:
        """Returns a visit, and remembers that it was used; None if there is none."""
        visit = self._visits.pop(key, None)
        if visit is not None:
            self._visits[key] = visit
        return visit
