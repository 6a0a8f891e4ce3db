"""Questions: the explorer reads something, and asks what it has read.

What stands in a field of a record, how many records there are (of a sort), and which record has a
value. The last two look into the store, and are asked only where a screen says the same. Questions
about reports are in `reporting.py`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from palaestra.kit.blocks import Report
from palaestra.kit.fields import Choice, Derived, Field
from palaestra.kit.record import RecordType
from palaestra.kit.route import Route
from palaestra.kit.session import Session
from palaestra.tasks import reporting
from palaestra.tasks.answer import Answer
from palaestra.tasks.explorer import Aim, Explorer
from palaestra.tasks.hands import follow
from palaestra.tasks.naming import is_only
from palaestra.tasks.oracle import direct, finish
from palaestra.tasks.pruning import prune
from palaestra.tasks.task import Task
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.wording import Describer
from palaestra.types import Action, Start

WHOLE_LISTS = 0.35
"""How often a question is about a list and not about one record."""
REPORTS = 0.2
"""How often it is about a report, where there are any."""
ANSWERS = {"money": "money", "date": "date", "moment": "moment", "quantity": "number"}
UNASKED = ("yes_no", "document")


def ask(
    start: Session, named: Start, rng: random.Random, describer: Describer, aim: Aim
) -> Task | None:
    """Proposes a question about records of the aim's kind."""
    reports = [screen for screen in start.app.screens if isinstance(screen, Report)]
    if reports and rng.random() < REPORTS:
        return reporting.ask(start, named, rng, describer, rng.choice(reports))
    if aim.kind.parent is None and rng.random() < WHOLE_LISTS:
        asks = _count if rng.random() < 0.7 else _which
        return asks(start, named, rng, describer, aim.kind)
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
    wording = describer.lookup(kind, number, asked)
    if wording.typed["search"] == shown:
        return None  # the goal itself says it
    form = asked.shown_as.kind if isinstance(asked, Derived) else asked.kind
    pruned = direct(start, pruned, kind, number, wording.typed["search"])
    here = start.lexicon.shown(asked, shown)
    also = (shown,) if here != shown else ()
    verifier = Verifier(answer=Answer(ANSWERS.get(form, "text"), here, also))
    last = Action("answer", text=here)
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
    """Asks how many records there are, or how many have a value in one choice or in two."""
    choices = [f for f in kind.stored if isinstance(f, Choice) and f.listed]
    asked = rng.sample(choices, min(len(choices), rng.choice((0, 1, 1, 2))))
    where = [(field, rng.choice(field.choices)) for field in asked]
    numbers = start.store.where(kind.index, [(field.position, value) for field, value in where])
    things = start.lexicon.things(kind, len(numbers))
    text = start.lexicon.word("count", n=len(numbers), things=things)
    home = Action("click", f"nav:{kind.name}")
    for way in _narrowing(start, where):
        followed = follow(start, [home, *way])
        pruned = followed and prune(start, followed[1], lambda s: _counts(s, kind, where, text))
        if not pruned:
            continue
        verifier = Verifier(answer=Answer("number", text))
        last = Action("answer", text=text)
        wording = describer.count(kind, where)
        return finish(start, named, wording, verifier, "question", pruned, last)
    return None


def _narrowing(start: Session, where: list[tuple[Choice, str]]) -> Iterator[list[Action]]:
    """Yields ways to narrow a list down to some values: by the search box, or by filters."""
    if len(where) < 2:
        yield [Action("fill", "search", value) for _, value in where]
    shown = [(field, start.lexicon.shown(field, value)) for field, value in where]
    yield [Action("select", f"filter:{field.name}", value) for field, value in shown]


def _counts(session: Session, kind: RecordType, where: list[tuple[Choice, str]], text: str) -> bool:
    """Says whether a list is narrowed down to the values asked for, and gives the right number."""
    if session.route != Route("list", kind.name):
        return False
    looked = session.listing(kind.name)
    chosen = dict(looked.filters)
    told = [value in (looked.query, chosen.get(field.name)) for field, value in where]
    narrowed = bool(looked.query) + len(chosen) == len(where)
    return all(told) and narrowed and any(n.name == text for n in session.screen().walk())


def _which(
    start: Session, named: Start, rng: random.Random, describer: Describer, kind: RecordType
) -> Task | None:
    """Asks which record has a value that no other one has."""
    told = [f for f in kind.stored if f.listed and f is not kind.key and f.kind != "yes_no"]
    numbers = list(start.store.numbers(kind.index))
    if not told or not numbers:
        return None
    field, number = rng.choice(told), rng.choice(numbers)
    value, label = (kind.shown(start.store, number, f) for f in (field, kind.key))
    if not value or not is_only(kind, number, value, start.store):
        return None
    way = [Action("click", f"nav:{kind.name}"), Action("fill", "search", value)]
    ref = f"open:{kind.name}:{number}"
    followed = follow(start, way)
    if followed is None:
        return None
    list_of = Route("list", kind.name)
    pruned = prune(start, followed[1], lambda s: s.route == list_of and ref in s.targets())
    wording = describer.which(kind, field, value)
    if pruned is None or label.casefold() in wording.goal.casefold():
        return None
    verifier = Verifier(answer=Answer("text", label))
    last = Action("answer", text=label)
    return finish(start, named, wording, verifier, "question", pruned, last)
