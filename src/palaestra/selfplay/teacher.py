"""Says what would have been right, at any state that the solver got itself into.

The proposer's own actions show one way from the start. From anywhere else the teacher searches: it
forks the Session and tries how late it can join that way and still satisfy the verifier (expert
iteration, Anthony et al. 2017, arXiv:1705.08439, with the verifier in place of a value). Within a
form every entry that is still missing is right, in any order, so a state can have several right
actions.
"""

from __future__ import annotations

from palaestra.errors import InvalidAction
from palaestra.kit.route import Route
from palaestra.kit.session import Session
from palaestra.tasks.episode import Episode
from palaestra.types import Action


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
        form = self._forms.get((session.route, len(session.commands)))
        if session.route.screen == "form" and form is not None:
            place, wanted = form
            missing = self._missing(session, wanted)
            if missing is not None and self._leads(
                session, [*missing, *self.oracle[place:]], episode
            ):
                return missing or [self.oracle[place]]
        for begin in range(len(self.oracle) - 1, -1, -1):
            if self._leads(session, list(self.oracle[begin:]), episode):
                return [self.oracle[begin]]
        detour = Action("click", self._home)
        return [detour] if self._leads(session, [detour, *self.oracle], episode) else []

    def _missing(self, session: Session, wanted: dict[str, str]) -> list[Action] | None:
        """Returns what still has to be entered; None if something entered cannot be mended here."""
        entries = {(a.ref, a.text): a for a in self.oracle}
        missing = []
        for field, text in wanted.items():
            if session.draft.get(field, "") == text:
                continue
            ref = f"field:{field}"
            node = session.targets()[ref]
            action = Action("click", ref) if node.role == "checkbox" else entries.get((ref, text))
            if action is None and node.role == "combobox":
                action = Action("select", ref, text or node.children[0].name)
            if action is None:
                return None
            missing.append(action)
        return missing

    def _leads(self, session: Session, actions: list[Action], episode: Episode) -> bool:
        """Says whether some actions, the last of which ends the episode, would end it well."""
        after = session.fork()
        try:
            for action in actions[:-1]:
                after.dispatch(action)
        except InvalidAction:
            return False
        last = actions[-1]
        answered = last.text if last.op == "answer" else None
        if answered is not None and not _shown(after, answered):
            return False
        return episode.task.verifier.judge(after.diff(), answered).success


def _shown(session: Session, text: str) -> bool:
    return any(node.name == text for node in session.screen().walk())
