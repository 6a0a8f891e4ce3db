"""Makes a Task's reference solution out of what the proposer did.

The proposer found something by roaming; the oracle goes there directly and types what the goal
says.
"""

from __future__ import annotations

from palaestra.kit.record import RecordType
from palaestra.kit.route import Listing, Route
from palaestra.kit.session import Session
from palaestra.tasks.hands import follow
from palaestra.tasks.pruning import replay
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Wording
from palaestra.types import Action, Start

MOST_OPENED = 2


def direct(
    start: Session, actions: list[Action], kind: RecordType, number: int, query: str
) -> list[Action]:
    """Puts the direct way to a record in place of a roundabout one, which no goal would tell.

    The direct way is its list, a search if it is not on the first page, its owner if it is a part.

    Args:
        start: Where the actions begin.
        actions: What was done, pruned.
        kind: What the record is.
        number: Which record the goal is about.
        query: What to search for it by.
    """
    chain = [(kind, number)]
    while kind.parent:
        kind, number = kind.owner(start.store, number)
        chain.insert(0, (kind, number))
    refs = [f"open:{kind.name}:{number}" for kind, number in chain]
    opened = [i for i, a in enumerate(actions) if f"{a.ref}:".startswith(f"{refs[-1]}:")]
    opens = [Action("click", ref) for ref in refs] if opened else []
    rest = actions[opened[-1] + 1 :] if opened else []
    at_home = start.route == Route("list", kind.name) and start.listing(kind.name) == Listing()
    home = [] if at_home else [Action("click", f"nav:{kind.name}")]
    for search in ([], [Action("fill", "search", query)]):
        followed = follow(start, [*home, *search, *opens, *rest])
        if followed and (opened or refs[0] in followed[0].targets()):
            return followed[1]
    return actions


def tell(actions: list[Action], wording: Wording) -> list[Action] | None:
    """Puts the goal's own words into what is typed.

    Returns:
        The actions; None if they would need what the goal does not tell.
    """
    told = [
        a._replace(text=wording.typed.get(a.ref, a.text)) if a.op == "fill" else a for a in actions
    ]
    if any(
        a.op == "fill"
        and a.text not in wording.goal
        and not (wording.reading and a.ref.startswith("field:"))
        for a in told
    ):
        return None
    if len({a.ref for a in told if a.ref.startswith("open:")}) > MOST_OPENED:
        return None
    return told


def settle(
    start: Session,
    named: Start,
    wording: Wording,
    verifier: Verifier,
    kind: str,
    way: list[Action],
    last: Action,
) -> Task | None:
    """Makes a task of a way that works.

    Args:
        start: Where the task begins, as a Session.
        named: Where it begins, by name.
        wording: The goal.
        verifier: What decides the task.
        kind: What kind of task it is.
        way: The way, without its end, as the goal tells it.
        last: The end: "done" or "answer".

    Returns:
        The task; None if the way does not lead there.
    """
    after = replay(start, way)
    answered = last.text if last.op == "answer" else None
    if after is None or not verifier.judge(after.diff(), answered).success:
        return None
    return Task(wording.goal, named, verifier, kind, wording.shape, (*way, last))


def finish(
    start: Session,
    named: Start,
    wording: Wording,
    verifier: Verifier,
    kind: str,
    actions: list[Action],
    last: Action,
) -> Task | None:
    """Tells the way in the goal's own words, and makes a task of it if it still works.

    The arguments are those of `settle`, with the way as it was found.

    Returns:
        The task; None if the oracle would need what the goal does not tell.
    """
    told = tell(actions, wording)
    return settle(start, named, wording, verifier, kind, told, last) if told is not None else None
