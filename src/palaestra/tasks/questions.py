"""Questions: the explorer reads something, and asks what it has read.

Two sorts: what stands in a field of a record, and how many records there are (of a sort). The
second counts in the store and is asked only where the screen, searched for the word, says the same.
"""

from __future__ import annotations

import random

from palaestra.kit.fields import Choice, Derived, Field
from palaestra.kit.record import RecordType
from palaestra.kit.route import Listing
from palaestra.kit.screens.search import found
from palaestra.kit.session import Session
from palaestra.tasks.answer import Answer
from palaestra.tasks.explorer import Aim, Explorer
from palaestra.tasks.oracle import direct, finish
from palaestra.tasks.pruning import prune
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer
from palaestra.types import Action, Start

COUNTS = 0.25
ANSWERS = {"money": "money", "date": "date", "moment": "moment", "quantity": "number"}
UNASKED = ("yes_no", "document")


def ask(
    start: Session, named: Start, rng: random.Random, describer: Describer, aim: Aim
) -> Task | None:
    """Proposes a question about records of the aim's kind."""
    if aim.kind.parent is None and rng.random() < COUNTS:
        return _count(start, named, rng, describer, aim.kind)
    return _lookup(start, named, rng, describer, aim)


def _lookup(
    start: Session, named: Start, rng: random.Random, describer: Describer, aim: Aim
) -> Task | None:
    """Asks for a field of a record that the explorer came upon."""
    kind, session = aim.kind, start.fork()
    actions = Explorer(session, aim, rng).explore(
        lambda s: s.route.screen == "detail" and s.route.record == kind.name
    )
    number = session.route.number
    told = [f for f in kind.fields if f not in (kind.key, kind.parent) and f.kind not in UNASKED]
    if not number or session.route.record != kind.name or not told:
        return None
    asked = rng.choice(told)
    shown = kind.shown(session.store, number, asked)
    pruned = prune(start, actions, lambda s: _shows(s, kind, number, asked)) if shown else None
    if pruned is None:
        return None
    form = asked.shown_as.kind if isinstance(asked, Derived) else asked.kind
    verifier = Verifier(answer=Answer(ANSWERS.get(form, "text"), shown))
    wording = describer.lookup(kind, number, asked)
    if wording.typed["search"] == shown:
        return None  # the goal itself says it
    pruned = direct(start, pruned, kind, number, wording.typed["search"])
    last = Action("answer", text=shown)
    return finish(start, named, wording, verifier, "question", pruned, last)


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


def _count(
    start: Session, named: Start, rng: random.Random, describer: Describer, kind: RecordType
) -> Task | None:
    """Asks how many records there are, or how many have a value in a choice."""
    choices = [f for f in kind.stored if isinstance(f, Choice) and f.listed]
    actions = [Action("click", f"nav:{kind.name}")]
    numbers = list(start.store.numbers(kind.index))
    where: tuple[Field, str] | None = None
    if choices and rng.random() < 0.7:
        field = rng.choice(choices)
        where = (field, rng.choice(field.choices))
        actions.append(Action("fill", "search", where[1]))
        place = field.position
        numbers = [n for n in numbers if start.store.row(kind.index, n)[place] == where[1]]
    query = where[1] if where else ""

    def shows(session: Session) -> bool:
        route = session.route
        return (
            (route.screen, route.record) == ("list", kind.name)
            and session.listing(kind.name).query == query
            and len(found(session, kind, Listing(query))) == len(numbers)
        )

    pruned = prune(start, actions, shows)
    if pruned is None:
        return None
    wording = describer.count(kind, where)
    wording.typed["search"] = query
    text = f"{len(numbers)} {kind.noun if len(numbers) == 1 else kind.plural.lower()}"
    verifier = Verifier(answer=Answer("number", text))
    last = Action("answer", text=text)
    return finish(start, named, wording, verifier, "question", pruned, last)
