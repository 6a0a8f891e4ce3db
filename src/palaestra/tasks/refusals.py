"""Refusals: the proposer tries what the application refuses, and asks for it in ordinary words.

Nothing in the goal gives it away; who tries finds the reason on a screen and answers with it. Three
sorts: a rule (or a missing right) says no to the attempt, a locked record says why it is locked,
and a record that does not exist is found by no search.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from palaestra.errors import PalaestraError, Refused
from palaestra.kit.commands import Invalid, execute
from palaestra.kit.fields import Code, Field, Text
from palaestra.kit.record import RecordType
from palaestra.kit.route import Route
from palaestra.kit.seeding import Faker
from palaestra.kit.session import Session
from palaestra.kit.store import Store
from palaestra.tasks.answer import Answer
from palaestra.tasks.deeds import Deed
from palaestra.tasks.explorer import LEFT_OUT, Aim, Explorer
from palaestra.tasks.hands import follow
from palaestra.tasks.oracle import settle, tell
from palaestra.tasks.pruning import prune, replay
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.voice import Speech
from palaestra.tasks.wording import Describer, Wording
from palaestra.types import Action, Command, Diff, Start, Value

TRIED = 60
"""Commands that are tried out before an aim counts as one that nothing forbids."""
SORTS = {"rule": 5, "lock": 3, "missing": 2}
"""What refuses, and how often it is looked for."""
ASKED = 0.4
"""How often a record that does not exist is asked about, rather than to be changed."""
FAR = 40
"""How far beyond the last record's number the number of a missing one may lie."""

Refusal = Callable[[Session, Start, random.Random, Speech], Task | None]


def propose(
    start: Session, named: Start, rng: random.Random, *, speech: Speech, sort: str = ""
) -> Task | None:
    """Proposes something that is refused.

    Args:
        start: Where it begins; left as it is.
        named: Where it begins, by name.
        rng: Decides everything.
        speech: Whose voices word it.
        sort: What to look for, one of `SORTS`; "" for any, and another if nothing comes of it.

    Returns:
        The task; None if nothing was refused.
    """
    proposers: dict[str, Refusal] = {"rule": _by_rule, "lock": _by_lock, "missing": _missing}
    if sort:
        return proposers[sort](start, named, rng, speech)
    first = rng.choices(list(SORTS), list(SORTS.values()))[0]
    for other in dict.fromkeys((first, "rule", "lock")):
        if task := proposers[other](start, named, rng, speech):
            return task
    return None


def _by_rule(start: Session, named: Start, rng: random.Random, speech: Speech) -> Task | None:
    """Tries what a rule forbids, on screens, and reads the alert."""
    for kind, verb, number in _forbidden(start.store, rng):
        session = start.fork()
        explorer = Explorer(session, Aim(kind, verb), rng, number)
        actions = explorer.explore(lambda s: s.refused is not None or bool(s.commands))
        refused, reason = session.refused, session.notice
        if refused is None or session.diff():
            continue
        owner = session.route.number if kind.parent else 0
        command = _complete(refused, start.store, rng, owner)
        pruned = prune(start, actions, lambda s: (s.refused, s.notice) == (refused, reason))  # noqa: B023
        if command is None or pruned is None or _reason(start.store, command) != reason:
            continue
        return _told(start, named, rng, speech, Deed(command, pruned, Diff()), reason)
    return None


def _forbidden(store: Store, rng: random.Random) -> Iterator[tuple[RecordType, str, int]]:
    """Yields a few kinds of record, deeds and records such that a rule may forbid the deed."""
    aims = [(kind, name) for kind in store.app.records for name in kind.actions]
    forms = [kind for kind in store.app.records if kind.form_fields]
    aims += [(kind, verb) for kind in forms for verb in ("create", "update")]
    aims += [(kind, "delete") for kind in store.app.records]
    rng.shuffle(aims)
    found = 0
    for kind, verb in aims:
        numbers = list(store.numbers(kind.index))
        if verb == "create" and kind.parent:
            numbers = list(store.numbers(kind.parent.target.type.index))
        elif verb == "create":
            numbers = [0] * TRIED
        for number in rng.sample(numbers, min(len(numbers), TRIED)):
            if verb in kind.actions and not kind.actions[verb].when(kind.cls(store, number)):
                continue
            if verb == "create":
                bare, owner = Command(verb, kind.name), number
            else:
                bare, owner = Command(verb, kind.name, number), 0
                if verb not in kind.actions and _locks(store, kind, number):
                    continue
            command = _complete(bare, store, rng, owner)
            if command and _reason(store, command):
                yield kind, verb, number
                found += 1
                break
        if found == 3:
            return


def _locks(store: Store, kind: RecordType, number: int) -> str:
    """Returns why a record, or what it is a part of, may not be changed."""
    reason = kind.cls(store, number).locked()
    return reason or (_locks(store, *kind.owner(store, number)) if kind.parent else "")


def _reason(store: Store, command: Command) -> str:
    """Returns why a command is refused; "" where it is not, or where the form would not take it."""
    try:
        execute(store.fork(), command)
    except Invalid:
        return ""
    except Refused as refusal:
        return str(refusal)
    except PalaestraError:
        return ""
    return ""


def _complete(command: Command, store: Store, rng: random.Random, owner: int) -> Command | None:
    """Puts made-up values into a command that was refused before any were asked for."""
    kind = store.app.kind(command.record)
    if command.values or command.verb == "delete":
        return command
    faker = Faker(rng.getrandbits(32))
    action = kind.actions.get(command.verb)
    fields = action.params if action else kind.form_fields
    if command.verb == "update":
        fields = tuple(rng.sample(fields, min(len(fields), rng.choice((1, 1, 2)))))
    values: list[tuple[str, Value]] = []
    for one in fields:
        left_out = command.verb == "create" and not one.required and rng.random() < LEFT_OUT
        value = one.initial(store) if left_out else one.sample(rng, faker, store)
        if value is None and one.required:
            return None
        if isinstance(one, Text) and isinstance(value, str):
            value = " ".join(value.split()) or None
        values.append((one.name, value))
    if command.verb == "update":
        row = store.row(kind.index, command.number)
        place = {one.name: one.position for one in kind.stored}
        values = [(name, value) for name, value in values if row[place[name]] != value]
        if not values:
            return None
    if command.verb == "create" and kind.parent:
        values.insert(0, (kind.parent.name, owner))
    return command._replace(values=tuple(values))


def _by_lock(start: Session, named: Start, rng: random.Random, speech: Speech) -> Task | None:
    """Looks for a locked record, and asks for what its lock forbids."""
    store = start.store
    kinds = [kind for kind in store.app.records if kind.form_fields or kind.children]
    rng.shuffle(kinds)
    for kind in kinds:
        numbers = list(store.numbers(kind.index))
        rng.shuffle(numbers)
        number = next((n for n in numbers[:TRIED] if _locks(store, kind, n)), 0)
        if not number:
            continue
        commands = [Command("delete", kind.name, number)]
        commands += [Command("update", kind.name, number)] * 2 * bool(kind.form_fields)
        commands += [Command("create", part.name) for part in kind.children if part.form_fields]
        command = _complete(rng.choice(commands), store, rng, number)
        reason = _locks(store, kind, number)
        if command is None or _reason(store, command) != reason:
            continue
        opened = [
            Action("click", f"nav:{kind.name}"),
            Action("click", f"open:{kind.name}:{number}"),
        ]
        return _told(start, named, rng, speech, Deed(command, opened, Diff()), reason)
    return None


def _told(
    start: Session, named: Start, rng: random.Random, speech: Speech, deed: Deed, reason: str
) -> Task | None:
    """Words an attempt, and makes a task of it if the reason stands on the last screen."""
    wording = Describer(start.store.fork(), rng, speech=speech).command(deed.command)
    way = deed.told(start, wording) if wording else None
    after = replay(start, way) if way is not None else None
    if wording is None or way is None or after is None:
        return None
    shown = [node.name for node in after.screen().walk() if node.role in ("alert", "paragraph")]
    answer = Answer("reason", reason)
    if reason not in shown or answer.accepts(wording.goal):
        return None
    verifier = Verifier(answer=answer)
    return settle(start, named, wording, verifier, "refusal", way, Action("answer", text=reason))


def _missing(start: Session, named: Start, rng: random.Random, speech: Speech) -> Task | None:
    """Asks about a record that no search finds, or for something to be done to it."""
    store = start.store
    kinds = [
        kind for kind in store.app.records if not kind.parent and isinstance(kind.key, Code | Text)
    ]
    if not kinds:
        return None
    kind = rng.choice(kinds)
    label = _unheard_of(kind.key, store, kind, rng)
    if not label:
        return None
    fork = store.fork()
    number = kind.insert(fork, {kind.key.name: label})
    describer = Describer(fork, rng, speech=speech, by_value=False)
    asked = [field for field in kind.fields if field is not kind.key]
    if asked and rng.random() < ASKED:
        wording: Wording | None = describer.lookup(kind, number, rng.choice(asked))
    else:
        verbs = ["delete", *["update"] * 2 * bool(kind.form_fields), *kind.actions]
        command = _complete(Command(rng.choice(verbs), kind.name, number), fork, rng, 0)
        wording = command and describer.command(command)
    if not wording:
        return None
    search = [Action("click", f"nav:{kind.name}"), Action("fill", "search", label)]
    if start.route == Route("list", kind.name):
        search = search[1:]
    followed = follow(start, search)
    way = tell(followed[1], wording) if followed else None
    if followed is None or way is None:
        return None
    after = followed[0]
    count = start.lexicon.word("count", n=0, things=start.lexicon.things(kind, 0))
    answer = Answer("reason", count, (f"{kind.noun} {label}", label))
    if answer.accepts(wording.goal) or not any(n.name == count for n in after.screen().walk()):
        return None
    last = Action("answer", text=count)
    return settle(start, named, wording, Verifier(answer=answer), "refusal", way, last)


def _unheard_of(key: Field, store: Store, kind: RecordType, rng: random.Random) -> str:
    """Makes up the name of a record that does not exist; "" if none comes to mind."""
    if isinstance(key, Code):
        return key.numbered(store.next_number(kind.index) + rng.randint(3, FAR))
    faker = Faker(rng.getrandbits(32))
    names = (str(key.sample(rng, faker, store) or "") for _ in range(TRIED))
    known = [kind.label(store, n).casefold() for n in store.numbers(kind.index)]
    return next(
        (name for name in names if name and not any(name.casefold() in one for one in known)), ""
    )
