"""Acting is asking: works in an application with no goal, and makes a Task of what came of it.

The explorer wanders with a leaning (towards new records, changes, deletions, actions or reading).
What it changed is the verifier, its pruned actions are the oracle, the describer finds the words.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from palaestra.errors import InvalidAction
from palaestra.kit.app import App
from palaestra.kit.fields import Choice, Field
from palaestra.kit.record import RecordType
from palaestra.kit.route import Listing
from palaestra.kit.screens.form import fields as asked_by
from palaestra.kit.screens.listing import found
from palaestra.kit.seeding import Faker
from palaestra.kit.session import Session
from palaestra.tasks.answer import Answer
from palaestra.tasks.pruning import prune, replay
from palaestra.tasks.splits import Split
from palaestra.tasks.task import KINDS, Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer, Wording
from palaestra.types import Action, Node, Start

MAX_WANDERING = 40
MOST_OPENED = 2
LEANINGS: dict[str, dict[str, float]] = {
    "create": {"new": 4, "nav": 1.5, "open": 1},
    "update": {"open": 3, "edit": 6, "nav": 1.5, "search": 1, "page": 0.5},
    "delete": {"open": 3, "delete": 6, "nav": 1.5, "search": 1, "page": 0.5},
    "action": {"open": 3, "do": 8, "nav": 1.5, "search": 1, "page": 0.5},
    "question": {"open": 2, "nav": 1.5, "search": 1, "page": 0.5},
}


def propose(app: App, start: Start, rng: random.Random, split: Split, kind: str) -> Task | None:
    """Proposes one task by acting.

    Args:
        app: The application that `start` names.
        start: Where the task begins.
        rng: Decides everything.
        split: Decides the wording's shapes.
        kind: What kind of task to lean towards; one of `KINDS`.

    Returns:
        A task that its oracle solves, or None if nothing came of the wandering.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}; got {kind!r}")
    session = Session(app, start.seed, start.skin)
    describer = Describer(session.store.fork(), rng, exam=split.exam_wording)
    if kind == "question":
        return _question(session, start, rng, describer)
    return _change(session, start, rng, describer, kind)


def _change(
    start: Session, named: Start, rng: random.Random, describer: Describer, leaning: str
) -> Task | None:
    session = start.fork()
    actions = _wander(session, rng, leaning, lambda s: bool(s.commands))
    if not session.commands:
        return None
    required = session.diff()
    command = session.commands[0]
    if not required:
        return None
    pruned = prune(start, actions, lambda s: len(s.commands) == 1 and s.diff() == required)
    if pruned is None:
        return None
    wording = describer.command(command)
    if wording is None:
        return None
    verb = command.verb if command.verb in KINDS else "action"
    kind, number = start.app.kind(command.record), command.number
    if command.verb == "create" and kind.parent:
        owner = command.values[0][1]
        assert isinstance(owner, int)
        kind, number = kind.parent.target.type, owner
    if number:
        pruned = _direct(start, pruned, kind, number, wording.typed["search"])
    return _finished(start, named, wording, Verifier(required), verb, pruned, Action("done"))


def _question(
    start: Session, named: Start, rng: random.Random, describer: Describer
) -> Task | None:
    session = start.fork()
    stop_after = rng.randint(2, 6)
    actions = _wander(session, rng, "question", lambda s: False, stop_after)
    route = session.route
    if route.screen not in ("list", "detail"):
        return None
    kind = session.kind()
    if route.screen == "list" and rng.random() < 0.3:
        return _count(start, named, rng, describer, kind, [a for a in actions if a.op == "click"])
    number = route.number or rng.choice(found(session, kind, session.listing(kind.name)) or [0])
    told = [f for f in kind.fields if f is not kind.key and f.kind not in ("yes_no", "derived")]
    if not number or not told:
        return None
    asked = rng.choice(told)
    shown = kind.shown(session.store, number, asked)
    if not shown:
        return None
    if route.screen == "list" and not _shows(session, kind, number, asked):
        return None
    pruned = prune(start, actions, lambda s: _shows(s, kind, number, asked))
    if pruned is None:
        return None
    answer = Answer(
        {"money": "money", "date": "date", "quantity": "number"}.get(asked.kind, "text"), shown
    )
    wording = describer.lookup(kind, number, asked)
    pruned = _direct(start, pruned, kind, number, wording.typed["search"])
    return _finished(
        start,
        named,
        wording,
        Verifier(answer=answer),
        "question",
        pruned,
        Action("answer", text=shown),
    )


def _count(
    start: Session,
    named: Start,
    rng: random.Random,
    describer: Describer,
    kind: RecordType,
    actions: list[Action],
) -> Task | None:
    choices = [f for f in kind.stored if isinstance(f, Choice) and f.listed]
    where: tuple[Field, str] | None = None
    if choices and rng.random() < 0.7:
        field = rng.choice(choices)
        where = (field, rng.choice(field.choices))
        actions = [*actions, Action("fill", "search", where[1])]
    numbers = list(start.store.numbers(kind.index))
    if where:
        numbers = [
            n for n in numbers if start.store.row(kind.index, n)[where[0].position] == where[1]
        ]
    query = where[1] if where else ""

    def shows(session: Session) -> bool:
        return (
            session.route.screen == "list"
            and session.route.record == kind.name
            and (session.listing(kind.name).query == query)
            and len(found(session, kind, Listing(query))) == len(numbers)
        )

    pruned = prune(start, actions, shows)
    if pruned is None:
        return None
    wording = describer.count(kind, where)
    wording.typed["search"] = query
    noun = kind.noun if len(numbers) == 1 else kind.plural.lower()
    text = f"{len(numbers)} {noun}"
    return _finished(
        start,
        named,
        wording,
        Verifier(answer=Answer("number", text)),
        "question",
        pruned,
        Action("answer", text=text),
    )


def _direct(
    start: Session, actions: list[Action], kind: RecordType, number: int, query: str
) -> list[Action]:
    """Puts the direct way to a record in place of a roundabout one, which no goal would tell.

    The direct way is its list, a search if it is not on the first page, its owner if it is a part.
    """
    chain = [(kind, number)]
    while kind.parent:
        kind, number = kind.owner(start.store, number)
        chain.insert(0, (kind, number))
    refs = [f"open:{kind.name}:{number}" for kind, number in chain]
    opened = [i for i, a in enumerate(actions) if f"{a.ref}:".startswith(f"{refs[-1]}:")]
    opens = [Action("click", ref) for ref in refs] if opened else []
    rest = actions[opened[-1] + 1 :] if opened else []
    home = [] if start.route.record == kind.name else [Action("click", f"nav:{kind.name}")]
    for search in ([], [Action("fill", "search", query)]):
        way = [*home, *search, *opens, *rest]
        after = replay(start, way)
        if after and (opened or f"{refs[0]}" in after.targets()):
            return way
    return actions


def _finished(
    start: Session,
    named: Start,
    wording: Wording,
    verifier: Verifier,
    kind: str,
    pruned: list[Action],
    last: Action,
) -> Task | None:
    """Puts the goal's own words into what is typed, and makes sure that the result still works."""
    actions = [
        action._replace(text=wording.typed.get(action.ref, action.text))
        if action.op == "fill"
        else action
        for action in pruned
    ]
    if any(a.op == "fill" and a.text not in wording.goal for a in actions):
        return None
    if len({a.ref for a in actions if a.ref.startswith("open:")}) > MOST_OPENED:
        return None
    after = replay(start, actions)
    answered = last.text if last.op == "answer" else None
    if after is None or not verifier.judge(after.diff(), answered).success:
        return None
    return Task(wording.goal, named, verifier, kind, wording.shape, (*actions, last))


def _shows(session: Session, kind: RecordType, number: int, asked: Field) -> bool:
    """Says whether a field of a record stands on the screen where a reader would look for it."""
    route = session.route
    if route.screen == "detail":
        return route.record == kind.name and route.number == number
    return (
        route.screen == "list"
        and route.record == kind.name
        and asked.listed
        and f"open:{kind.name}:{number}" in session.targets()
    )


def _wander(
    session: Session,
    rng: random.Random,
    leaning: str,
    enough: Callable[[Session], bool],
    steps: int = MAX_WANDERING,
) -> list[Action]:
    """Acts until enough has happened; returns what was done and was possible."""
    faker = Faker(rng.getrandbits(32))
    sections = [
        ref for ref in session.targets() if ref.startswith("nav:") and ref != "nav:handbook"
    ]
    actions = [Action("click", rng.choice(sections))]
    session.dispatch(actions[0])
    plan: list[Action] = []
    for _ in range(steps):
        if enough(session):
            break
        if session.route.screen == "form":
            plan = plan or _form_plan(session, rng, faker)
            action = plan.pop(0)
        else:
            plan = []
            action = _step(session, rng, LEANINGS[leaning])
        try:
            session.dispatch(action)
        except InvalidAction:
            continue
        actions.append(action)
    return actions


def _step(session: Session, rng: random.Random, leaning: dict[str, float]) -> Action:
    targets = [node for node in session.targets().values() if "disabled" not in node.states]
    kinds: dict[str, list[Node]] = {}
    for node in targets:
        kinds.setdefault(node.ref.partition(":")[0], []).append(node)
    if "yes" in kinds:
        return Action("click", "yes")
    verbs = [verb for verb in kinds if leaning.get(verb)]
    if not verbs:
        return Action("click", rng.choice(kinds["nav"]).ref)
    verb = rng.choices(verbs, [leaning[v] for v in verbs])[0]
    node = rng.choice(kinds[verb])
    if verb == "search":
        kind = session.kind()
        numbers = list(session.store.numbers(kind.index))
        return Action(
            "fill", node.ref, kind.label(session.store, rng.choice(numbers)) if numbers else ""
        )
    return Action("click", node.ref)


def _form_plan(session: Session, rng: random.Random, faker: Faker) -> list[Action]:
    """Decides how to fill in the open form: all of a new record, a few fields of an old one."""
    kind, verb, store = session.kind(), session.route.verb, session.store
    fields = list(asked_by(kind, verb))
    if verb == "update":
        fields = rng.sample(fields, min(len(fields), rng.choice((1, 1, 1, 2, 2, 3))))
    else:
        fields = [
            f
            for f in fields
            if (f.required and not session.draft.get(f.name)) or rng.random() < 0.6
        ]
        rng.shuffle(fields)
    plan = []
    for field in fields:
        value = field.sample(rng, faker, store)
        if value is None:
            return [Action("click", "cancel")]
        text, ref = field.edit_form(value, store), f"field:{field.name}"
        if field.input_role == "checkbox":
            if value != (session.draft.get(field.name) == "Yes"):
                plan.append(Action("click", ref))
        else:
            plan.append(Action("select" if field.input_role == "combobox" else "fill", ref, text))
    return [*plan, Action("click", "save")]
