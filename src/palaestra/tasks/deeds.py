"""One thing done: from a wandering that led to a command to the direct way, told in words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from palaestra.kit.diff import diff
from palaestra.kit.record import RecordType
from palaestra.kit.session import Session
from palaestra.tasks.explorer import Aim, Explorer
from palaestra.tasks.oracle import direct, tell
from palaestra.tasks.pruning import prune, replay
from palaestra.tasks.wording import Wording
from palaestra.types import Action, Command, Diff, Value


@dataclass(frozen=True)
class Deed:
    """What came of acting towards an aim.

    Attributes:
        command: What was carried out, or was refused.
        actions: The way there, pruned.
        required: What it changed since the Session began.
    """

    command: Command
    actions: list[Action]
    required: Diff

    @property
    def typed(self) -> frozenset[str]:
        """Returns the refs that were typed into."""
        return frozenset(action.ref for action in self.actions if action.op == "fill")

    def about(self, session: Session) -> tuple[RecordType, int]:
        """Returns the record that one has to go to for it; number 0 for none."""
        kind, number = session.app.kind(self.command.record), self.command.number
        if self.command.verb == "create" and kind.parent:
            owner = self.command.values[0][1]
            assert isinstance(owner, int)
            return kind.parent.target.type, owner
        return kind, number

    def told(self, start: Session, wording: Wording) -> list[Action] | None:
        """Returns the direct way as the goal tells it; None if the goal does not tell enough."""
        kind, number = self.about(start)
        way = self.actions
        if number and any(action.ref.startswith("open:") for action in way):
            way = direct(start, way, kind, number, wording.typed["search"])
        return tell(way, wording)


def act(
    start: Session,
    aim: Aim,
    rng: random.Random,
    number: int = 0,
    given: Mapping[str, Value] | None = None,
) -> Deed | None:
    """Does something towards an aim, and prunes it to what mattered.

    Args:
        start: Where it begins; left as it is.
        aim: What for.
        rng: Decides everything else.
        number: The record to do it to; 0 for any.
        given: What to enter, by field; None to decide that by chance.

    Returns:
        Whatever the first command was that got through; None if none did, or it changed nothing.
    """
    session = start.fork()
    so_far = len(start.commands)
    actions = Explorer(session, aim, rng, number, given).explore(lambda s: len(s.commands) > so_far)
    before, required = start.store.snapshot(), session.diff()
    if len(session.commands) == so_far or required == start.diff():
        return None
    wanted = diff(session.store, before)

    def holds(session: Session) -> bool:
        return len(session.commands) == so_far + 1 and diff(session.store, before) == wanted

    here = f"open:{start.route.record}:{start.route.number}"
    if here in (refs := [action.ref for action in actions]):
        # Who is there already need not go there.
        rest = actions[len(refs) - refs[::-1].index(here) :]
        after = replay(start, rest)
        actions = rest if after and holds(after) else actions
    pruned = prune(start, actions, holds)
    return Deed(session.commands[-1], pruned, required) if pruned is not None else None
