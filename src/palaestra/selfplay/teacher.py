"""Says what would have been right, at any state that the solver got itself into.

The proposer's own actions show one way from the start. From anywhere else the teacher searches: it
forks the Session and tries how late it can join that way and still satisfy the verifier (expert
iteration, Anthony et al. 2017, arXiv:1705.08439, with the verifier in place of a value). Within a
form every entry that is still missing is right, in any order, so a state can have several right
actions.
"""

from __future__ import annotations

from palaestra.kit.route import Route
from palaestra.kit.screens.form import fields as asked_by
from palaestra.kit.session import Session
from palaestra.tasks.episode import Episode
from palaestra.tasks.hands import calmed, follow, reached, toward
from palaestra.types import Action

MAX_ENTRIES = 60


class Teacher:
    """Knows the right actions of one task.

    Attributes:
        oracle: The proposer's pruned actions.
    """

    def __init__(self, start: Episode) -> None:
        """Looks at the oracle's way from the start of an episode, which is left as it is."""
        self.oracle = start.task.oracle
        self._forms: dict[tuple[Route, int], tuple[int, dict[str, str]]] = {}
        session = start.session.fork()
        self._home = f"nav:{session.route.record}"
        for place, action in enumerate(self.oracle[:-1]):
            if session.route.screen == "form" and action.ref == "save":
                # A Map's own order is another one in every process.
                draft = dict(sorted(session.draft.items()))
                self._forms[session.route, len(session.commands)] = (place, draft)
            session.dispatch(action)

    def right(self, episode: Episode) -> list[Action]:
        """Returns the right actions at a state; none if nothing that it knows leads to success."""
        session = episode.session
        if trouble := calmed(session):
            return [trouble]
        form = self._forms.get((session.route, len(session.commands)))
        if session.route.screen == "form" and form is not None:
            place, wanted = form
            missing = self._missing(session, wanted)
            filled = self._filled(session, wanted)
            save = list(self.oracle[place:])
            if missing is not None and filled and self._leads(filled, save, episode):
                return missing or save[:1]
        for begin in range(len(self.oracle) - 1, -1, -1):
            if self._leads(session, list(self.oracle[begin:]), episode):
                return [reached(session, self.oracle[begin]) or self.oracle[begin]]
        detour = reached(session, Action("click", self._home))
        if detour is None:
            return []
        return [detour] if self._leads(session, [detour, *self.oracle], episode) else []

    def _missing(self, session: Session, wanted: dict[str, str]) -> list[Action] | None:
        """Returns what may be entered next, one action a field; None if something cannot be."""
        fields = asked_by(session.kind(), session.route.verb)
        missing = []
        for field in fields:
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

    def _filled(self, session: Session, wanted: dict[str, str]) -> Session | None:
        """Returns a fork in which the open form holds what it should; None if it cannot."""
        after, route = session.fork(), session.route
        for _ in range(MAX_ENTRIES):
            if after.route != route or not (missing := self._missing(after, wanted)):
                return after if after.route == route and missing == [] else None
            after.dispatch(missing[0])
        return None

    def _leads(self, session: Session, actions: list[Action], episode: Episode) -> bool:
        """Says whether some actions, the last of which ends the episode, would end it well."""
        followed = follow(session, actions[:-1])
        if followed is None:
            return False
        after = followed[0]
        last = actions[-1]
        answered = last.text if last.op == "answer" else None
        if answered is not None and not _shown(after, answered):
            return False
        return episode.task.verifier.judge(after.diff(), answered).success


def _shown(session: Session, text: str) -> bool:
    return any(node.name == text for node in session.screen().walk())
