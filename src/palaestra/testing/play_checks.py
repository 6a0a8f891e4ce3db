"""Checks that need no task: an application is played at random and watched.

Each check takes an App, a number of actions and a seed (of data and of skin), returns how many
things it looked at, and raises `Failure` at the first one that is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice

from palaestra.errors import InvalidAction, Refused
from palaestra.faces.tools import Toolbox
from palaestra.kit.app import App
from palaestra.kit.commands import execute
from palaestra.kit.seeding import make_up
from palaestra.kit.session import Session
from palaestra.kit.store import Store
from palaestra.testing.caller import Caller
from palaestra.testing.meddler import Meddler
from palaestra.testing.report import Failure
from palaestra.testing.wanderer import Wanderer
from palaestra.types import Action, Command, Node, Start

INPUTS = frozenset(("textbox", "searchbox", "combobox", "checkbox", "radio"))
USABLE = frozenset((*INPUTS, "link", "button", "tab"))
AT_TIMES = frozenset(("option", "region"))
"""Roles that can be used where they have a ref."""
ROLES = frozenset((
    *USABLE, "alert", "cell", "columnheader", "dialog", "document", "group", "heading", "list",
    "listbox", "listitem", "main", "navigation", "option", "paragraph", "radiogroup", "region",
    "row", "rowheader", "status", "table", "tablist",
))  # fmt: skip
"""The WAI-ARIA roles that faces and policies know."""
FORK_EVERY = 10
FORK_STEPS = 15

PlayCheck = Callable[[App, int, int], int]


def same_data(app: App, steps: int, seed: int) -> int:
    """Makes up the data twice, from nothing; skins and Sessions must not change it either."""
    made = [Store(app, clock, state) for state, clock in (make_up(app, seed), make_up(app, seed))]
    digests = [store.digest() for store in (*made, Session(app, seed, seed).store)]
    if len(set(digests)) != 1 or made[0].clock != made[1].clock:
        raise Failure("the data came out differently the second time")
    return len(made[0].snapshot().rows)


def same_trajectory(app: App, steps: int, seed: int) -> int:
    """Plays the same actions twice, the second time with nothing kept for reuse."""
    twin = Session(app, seed, seed)
    for session, action in islice(_played(app, seed, steps), 1, None):
        twin.forget()
        _take(twin, action)
        if twin.screen() != session.screen():
            raise Failure(f"after {_told(action)} the screens differ")
        if twin.digest() != session.digest():
            raise Failure(f"after {_told(action)} the records differ")
    return steps


def well_formed(app: App, steps: int, seed: int) -> int:
    """Looks at every node of every screen."""
    looked_at = 0
    for session, _ in _played(app, seed, steps):
        refs = set()
        for node in session.screen().walk():
            looked_at += 1
            if wrong := malformed(node):
                raise Failure(f"{node.role} {node.name[:80]!r} {wrong}")
            if node.ref in refs:
                raise Failure(f"two elements have the ref {node.ref!r}")
            if node.ref:
                refs.add(node.ref)
    return looked_at


def invariants(app: App, steps: int, seed: int) -> int:
    """Asks every invariant at the start and after every action that changed something."""
    looked_at = 0
    seen = None
    for session, action in _played(app, seed, steps):
        if session.store.state is seen:
            continue
        seen = session.store.state
        for what, broken in _broken(app, session.store):
            if broken:
                raise Failure(f"after {_told(action)}: {what}: {'; '.join(broken)}")
            looked_at += 1
    return looked_at


def forks(app: App, steps: int, seed: int) -> int:
    """Forks now and then; original and fork must go on alike, and not see each other."""
    forked = 0
    for step, (session, _) in enumerate(_played(app, seed, steps)):
        if step % FORK_EVERY:
            continue
        state = _state(session)
        kept = session.store.snapshot()
        fork, again = session.fork(), session.fork()
        if _state(fork) != state:
            raise Failure("a fork is not in the state it was forked in")
        actions = [action for _, action in _played(app, seed + step, FORK_STEPS, fork)][1:]
        if _state(session) != state:
            raise Failure("acting in a fork changed the original")
        for action in actions:
            _take(again, action)
        if _state(again) != _state(fork):
            raise Failure("two forks of one state went different ways with the same actions")
        fork.store.restore(kept)
        if fork.digest() != state[0]:
            raise Failure("restoring a snapshot did not bring the records back")
        forked += 1
    return forked


def refusals(app: App, steps: int, seed: int) -> int:
    """Sends commands, half of them for records that are gone; what is refused changes nothing."""
    store = Session(app, seed).store
    refused = 0
    commands = Meddler(str(seed)).commands(store)
    for command in commands:
        gone = Command("delete", command.record, store.next_number(app.kind(command.record).index))
        for one in (command, gone):
            before, state = store.digest(), store.snapshot()
            try:
                execute(store, one)
            except Refused:
                refused += 1
                if store.digest() != before or store.snapshot() != state:
                    raise Failure(f"{one} was refused, but changed the records") from None
    before = ""
    for session, _ in _played(app, seed, steps):
        if session.alarmed:
            refused += 1
            if session.digest() != before:
                raise Failure(f"{session.notice!r} was said, but the records changed")
        before = session.digest()
    return refused


def tools(app: App, steps: int, seed: int) -> int:
    """Calls tools in any order; each call keeps the invariants or, if refused, changes nothing."""
    box = Toolbox(app, Start(app.name, seed))
    caller, looked_at = Caller(box, seed), 0
    for _ in range(steps):
        before = box.session.digest()
        if (called := caller.call()) is None:
            continue
        name, given, reply = called
        looked_at += 1
        if not reply.ok and reply.data["error"]["kind"] == "failed":
            raise Failure(f"{name}({given}) failed")
        if not reply.ok and box.session.digest() != before:
            raise Failure(f"{name}({given}) was refused, but changed the records")
        for what, broken in _broken(app, box.session.store):
            if broken:
                raise Failure(f"after {name}({given}): {what}: {'; '.join(broken)}")
    return looked_at


PLAY_CHECKS: dict[str, PlayCheck] = {
    "the same seed gives the same data": same_data,
    "the same actions give the same trajectory": same_trajectory,
    "screens are well formed": well_formed,
    "invariants hold after every action": invariants,
    "forks and restores are exact": forks,
    "what is refused changes nothing": refusals,
    "tools in any order keep the invariants": tools,
}


def _played(
    app: App, seed: int, steps: int, session: Session | None = None
) -> Iterator[tuple[Session, Action]]:
    """Plays at random; yields the Session at the start (with an empty action) and after each."""
    session = session or Session(app, seed, seed)
    wanderer = Wanderer(seed)
    yield session, Action("back")
    for _ in range(steps):
        action = wanderer.action(session)
        _take(session, action)
        yield session, action


def _take(session: Session, action: Action) -> None:
    with suppress(InvalidAction):
        session.dispatch(action)


def _state(session: Session) -> tuple[str, Node, str, int]:
    return session.digest(), session.screen(), session.notice, len(session.commands)


def _told(action: Action) -> str:
    return " ".join(
        filter(None, (action.op, action.ref, repr(action.text[:40]) if action.text else ""))
    )


def malformed(node: Node) -> str:
    """Says what is wrong with a node; "" if nothing is."""
    if node.role not in ROLES:
        return f"has a role that nobody knows; known are {', '.join(sorted(ROLES))}"
    if not node.name.isprintable() or node.name != node.name.strip():
        return "has a name that no screen can show"
    if node.role in USABLE and not (node.ref and node.name):
        return "can be used, but has no name or no ref"
    if node.ref and node.role not in USABLE | AT_TIMES:
        return "has a ref, but cannot be used"
    if node.value and node.role not in INPUTS:
        return "has a value, but is no input"
    if list(node.states) != sorted(set(node.states)):
        return "has states that are not sorted, or twice"
    popup = {"collapsed", "expanded"} & set(node.states)
    if node.role == "combobox" and not node.children and not popup:
        return "has no options"
    return ""


def _broken(app: App, store: Store) -> Iterator[tuple[str, list[str]]]:
    """Yields each invariant with what breaks it: the application's own, and two of the kit."""
    for invariant in app.invariants:
        yield invariant.text, invariant.holds(store)
    for kind in app.records:
        rows = {number: store.row(kind.index, number) for number in store.numbers(kind.index)}
        for field, target in zip(kind.stored, kind.targets, strict=True):
            if target:
                used = ((n, row[field.position]) for n, row in rows.items())
                gone = [n for n, other in used if other and not store.has(target.index, other)]  # type: ignore[arg-type]
                what = f"{field.label} of a {kind.noun} is a {target.noun} that is there"
                yield what, [f"{kind.noun} {n}" for n in gone]
        keys = Counter(row[kind.key.position] for row in rows.values())
        yield f"Each {kind.noun} has its own key", [str(k) for k, n in keys.items() if n > 1]
