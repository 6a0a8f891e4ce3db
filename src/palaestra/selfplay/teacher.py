"""Says what would have been right, at any state that the solver got itself into.

The proposer's own actions show one way from the start. From anywhere else the teacher searches: it
forks the Session and tries how late it can join that way and still satisfy the verifier (expert
iteration, Anthony et al. 2017, arXiv:1705.08439, with the verifier in place of a value).

The way is kept as what it was for: where to go, what to do, what each form must hold when it is
saved. How that is done in this skin, and what has to be got over on the way, the hands know; so a
trouble that comes a second time, or in another order, leads nobody astray. Within a form every
entry that is still missing is right, in any order, so a state can have several right actions.
"""

from __future__ import annotations

from typing import NamedTuple

from palaestra.errors import InvalidAction
from palaestra.kit.route import Route
from palaestra.kit.screens.form import fields as asked_by
from palaestra.kit.session import Session
from palaestra.tasks.episode import Episode
from palaestra.tasks.hands import calmed, follow, reached, toward
from palaestra.tasks.instructing import SHAPE as BY_ACTIONS
from palaestra.tasks.instructing import is_untold
from palaestra.types import Action

MAX_ENTRIES = 60
MAX_TRIES = 3
"""How often what a trouble prevented is tried again."""


class Step(NamedTuple):
    """One thing that the way is made of.

    Attributes:
        action: What is done.
        route: For a form that is saved: which one it is.
        wanted: For a form that is saved: what it has to hold, by field.
    """

    action: Action
    route: Route | None = None
    wanted: tuple[tuple[str, str], ...] = ()


class Teacher:
    """Knows the right actions of one task.

    Attributes:
        way: What the oracle does, without how; its last action ends the episode.
        at: The step of the way that was joined last; None if none was, or nobody has asked yet.
        now: What of the goal's words is being worked on where `right` was last asked: first
            character and end, both 0 if all is done; None if that is not known.
    """

    def __init__(self, start: Episode) -> None:
        """Looks at the oracle's way from the start of an episode, which is left as it is."""
        session, oracle = start.session.fork(), start.task.oracle
        self._home = f"nav:{session.route.record}"
        self.way: list[Step] = []
        self.at: int | None = None
        self.now: tuple[int, int] | None = None
        self._before = 0, 0, False
        parts = start.task.parts or ((0, len(start.task.goal)),)
        self._parts: list[tuple[int, int]] = []
        by_action = start.task.shape == BY_ACTIONS
        since = told = 0
        for action in oracle[:-1]:
            part = parts[min(len(session.commands), len(parts) - 1)]
            if by_action:
                part = parts[since][0], parts[min(told, len(parts) - 1)][1]
                told += not is_untold(action)
            step = self._step(session, action)
            if step is not None:
                since = min(told, len(parts) - 1)
                self.way.append(step)
                self._parts.append(part)
            elif action.ref == "yes" and not session.happened.expired:
                self.way.pop()  # the question will be asked again
                self._parts.pop()
        self._end = session.route if oracle[-1].op == "answer" else None
        self.way.append(Step(oracle[-1]))
        self._parts.append((0, 0) if oracle[-1].op == "done" else parts[-1])

    def _step(self, session: Session, action: Action) -> Step | None:
        """Takes an action of the oracle; returns what it was for, None where it was only how."""
        if action.ref.startswith("calm:") or action.ref == "menu":
            session.dispatch(action)
            return None
        in_form = session.route.screen == "form"
        route, draft = session.route, tuple(sorted(session.draft.items()))
        commands, saves = len(session.commands), session.happened.saves
        was_expired = session.happened.expired
        session.dispatch(action)
        if session.happened.expired and not was_expired:
            return None
        if in_form and action.ref == "save":
            tried = len(session.commands) > commands or session.refused
            return Step(action, route, draft) if tried else None
        if in_form and action.ref != "cancel":
            return None
        return None if _prevented(session, saves, commands) else Step(action)

    def right(self, episode: Episode) -> list[Action]:
        """Returns the right actions at a state; none if nothing that it knows leads to success."""
        session, self.at, self.now = episode.session, None, None
        if trouble := calmed(session):
            return [trouble]
        for begin in range(len(self.way) - 1, -1, -1):
            actions = self._join(session, begin)
            if actions and self._leads(session, begin, episode):
                return self._joined(session, begin, actions)
        self.now = self._parts[0]
        detour = reached(session, Action("click", self._home))
        home = _tried(session, Action("click", self._home)) if detour else None
        return [detour] if detour and home and self._leads(home, 0, episode) else []

    def onward(self, episode: Episode, done: Action) -> list[Action]:
        """Returns what is right after something that was right, without trying the rest of the way.

        Where a trouble came between, it is searched for again. Whether all of it was right shows in
        the end, by the verifier.

        Args:
            episode: Where it stands now.
            done: What was done last, of what was returned last.
        """
        session = episode.session
        saves, commands, expired = self._before
        held_up = _prevented(session, saves, commands) or session.happened.expired != expired
        if self.at is None or held_up or session.errors:
            return self.right(episode)
        begin = min(self.at + (done == self.way[self.at].action), len(self.way) - 1)
        trouble = calmed(session)
        actions = [trouble] if trouble else self._join(session, begin)
        return self._joined(session, begin, actions) if actions else self.right(episode)

    def _joined(self, session: Session, begin: int, actions: list[Action]) -> list[Action]:
        """Remembers where the way was joined, and what had happened by then."""
        self.at, self.now = begin, self._parts[begin]
        happened = session.happened
        self._before = happened.saves, len(session.commands), happened.expired
        return actions

    def _join(self, session: Session, begin: int) -> list[Action]:
        """Returns what to do where the way can be joined; nothing where it cannot.

        An answer is given where the oracle found it: the same words stand in other places too.
        """
        first = self.way[begin]
        actions = [first.action]
        if first.route is not None:
            if session.route != first.route:
                return []
            missing = _missing(session, dict(first.wanted))
            if missing is None:
                return []
            actions = missing or actions
        elif begin < len(self.way) - 1:
            near = reached(session, first.action)
            if near is None:
                return []
            actions = [near]
        elif self._end not in (None, session.route):
            return []
        return actions

    def _leads(self, session: Session, begin: int, episode: Episode) -> bool:
        """Says whether the way from one of its steps on would end the episode well."""
        after, place = session.fork(), begin
        while place < len(self.way) - 1:
            step = self.way[place]
            place += 1
            if step.route is not None:
                if not _saved(after, step):
                    return False
                continue
            saves, commands = after.happened.saves, len(after.commands)
            followed = _tried(after, step.action)
            if followed is None:
                return False
            after = followed
            if step.action.ref == "yes" and _prevented(after, saves, commands):
                place = max(0, place - 2)  # the question is asked again
        last = self.way[-1].action
        answered = last.text if last.op == "answer" else None
        if answered is not None and not _shown(after, answered):
            return False
        return episode.task.verifier.judge(after.diff(), answered).success


def _tried(session: Session, action: Action) -> Session | None:
    """Returns a Session after an action, done again where a trouble prevented it."""
    for _ in range(MAX_TRIES):
        saves, commands = session.happened.saves, len(session.commands)
        followed = follow(session, [action])
        if followed is None:
            return None
        session = followed[0]
        if action.ref == "yes" or not _prevented(session, saves, commands):
            return session
    return session


def _prevented(session: Session, saves: int, commands: int) -> bool:
    """Says whether a trouble came between an attempt and its command."""
    heard = len(session.commands) > commands or session.refused is not None
    return session.happened.saves > saves and not heard


def _missing(session: Session, wanted: dict[str, str]) -> list[Action] | None:
    """Returns what may be entered next, one action a field; None if something cannot be."""
    missing = []
    for field in asked_by(session.kind(), session.route.verb):
        text = wanted.get(field.name, "")
        if session.draft.get(field.name, "") == text:
            continue
        action = toward(session, field, text)
        if action is None:
            return None
        if field.name in session.opened.split(":"):
            return [action]  # what is open is gone on with
        missing.append(action)
    return missing


def _saved(session: Session, step: Step) -> bool:
    """Fills the open form and saves it, whatever comes in between; says whether that was heard."""
    commands = len(session.commands)
    for _ in range(MAX_ENTRIES):
        action = calmed(session)
        if action is None:
            if session.route != step.route:
                return False
            missing = _missing(session, dict(step.wanted))
            if missing is None:
                return False
            action = missing[0] if missing else step.action
        try:
            session.dispatch(action)
        except InvalidAction:
            return False
        if len(session.commands) > commands or session.refused:
            return True
        if session.errors:
            return False
    return False


def _shown(session: Session, text: str) -> bool:
    while not any(node.name == text for node in session.screen().walk()):
        trouble = calmed(session)  # what comes late is waited for
        if trouble is None:
            return False
        session.dispatch(trouble)
    return True
