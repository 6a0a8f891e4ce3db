"""A reader who knows the application, its data at the start and the words of a goal, nothing else.

It finds every command (or question) that the goal could mean, and what would come of it. What it
shares with the describer are the words of the grammar; it knows neither the verifier nor the
oracle. A goal that leads anywhere but to its verifier is a bug of the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from palaestra.errors import Refused
from palaestra.kit.blocks import Report
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.fields import Choice, Code, Field
from palaestra.kit.record import RecordAction, RecordType
from palaestra.kit.store import Snapshot, Store
from palaestra.tasks import joining, relations
from palaestra.tasks.naming import Thread
from palaestra.tasks.verifier import Verifier
from palaestra.tasks.voice import everybody
from palaestra.testing.matching import (
    JOINTS,
    Filler,
    Found,
    Pairs,
    Template,
    all_words,
    fitting,
    mentions,
    one_of,
    parsed,
    segmented,
)
from palaestra.types import Command, Diff, Value

CHANGES = ("create", "create part", "update", "delete", "action")
QUESTIONS = ("question", "count", "count where", "count both", "which", "report")
MOST_WORDS = 8
"""Words in the name of a record that does not exist."""
MOST_STEPS = 60
Clarity = tuple[int, int]


class Outcome(NamedTuple):
    """What comes of a goal as it was read.

    Attributes:
        changed: What has changed; nothing for what is refused or asked.
        said: The answer, or the reason.
        missing: Noun and name of the record that does not exist, where that is the reason.
    """

    changed: Diff = Diff()
    said: str | None = None
    missing: str = ""

    def fits(self, verifier: Verifier) -> bool:
        """Says whether this is what a verifier wants."""
        if self.missing:
            return verifier.answer is not None and self.missing in verifier.answer.also
        return verifier.judge(self.changed, self.said).success


def read(goal: str, store: Store) -> set[Outcome]:
    """Returns what a goal could come to; more than one is an ambiguity.

    Args:
        goal: The words.
        store: The records at the start.
    """
    text, start = bare(goal), store.snapshot()
    outcomes = _workflow(text, store, start)
    if not outcomes:
        outcomes = {
            outcome
            for command in clearest(text, store, Thread())
            for outcome in _outcome(command, store, start)
        }
        outcomes |= _answers(text, store)
    return outcomes or _missing(text, store)


def bare(goal: str) -> str:
    """Returns a goal without what people put around it."""
    voices = everybody()
    for tails in ((voice.conditions for voice in voices), (voice.closers for voice in voices)):
        told = filter(goal.endswith, chain.from_iterable(tails))
        goal = goal.removesuffix(max(told, key=len, default=""))
    heads = chain.from_iterable(voice.openers for voice in voices)
    return goal.removeprefix(max(filter(goal.startswith, heads), key=len, default=""))


def clearest(text: str, store: Store, thread: Thread, *, clause: bool = False) -> set[Command]:
    """Returns the commands that a step most clearly asks for, of each sort of command."""
    found: set[Command] = set()
    fits = {group: fitting(f"{group} clause" if clause else group, text) for group in CHANGES}
    if not clause:
        fits |= {group: fitting(group, text) for group in relations.GROUPS}
    named = mentions(text, store, thread) if any(fits.values()) else {}
    for group, shapes in fits.items():
        ways: dict[Command, Clarity] = {}
        for clarity, command in _commands(text, store, named, group, shapes):
            ways[command] = max(clarity, ways.get(command, clarity))
        possible = {c: clarity for c, clarity in ways.items() if _is_offered(c, store)}
        found |= {c for c, clarity in possible.items() if clarity == max(possible.values())}
    return found


def _is_offered(command: Command, store: Store) -> bool:
    """Says whether the screens offer what a command does, allowed or not."""
    kind = store.app.kind(command.record)
    action = kind.actions.get(command.verb)
    return action is None or bool(action.when(kind.cls(store, command.number)))


def _outcome(command: Command, store: Store, start: Snapshot) -> Iterator[Outcome]:
    fork = store.fork()
    try:
        execute(fork, command)
    except Refused as refusal:
        yield Outcome(said=str(refusal))
        return
    changed = diff(fork, start)
    if changed:
        yield Outcome(changed)


def _workflow(text: str, store: Store, start: Snapshot) -> set[Outcome]:
    """Reads a goal as one of several steps, as many as possible."""
    for join in chain.from_iterable(joining.JOINS.values()):
        if not text.startswith(join.first.format(n=1, letter="a")) or not text.endswith(join.end):
            continue
        body = text[: len(text) - len(join.end)] if join.end else text
        for steps in range(min(MOST_STEPS, _most_steps(body, join)), 1, -1):
            outcomes: set[Outcome] = set()
            for pieces in _pieces(body, join.leads(steps)):
                if not join.first and join.clauses:
                    pieces = [pieces[0][:1].lower() + pieces[0][1:], *pieces[1:]]
                thread = Thread(since=start)
                outcomes |= {
                    Outcome(diff(end, start)) for end in _steps(pieces, store, thread, join.clauses)
                }
            if outcomes:
                return outcomes
    return set()


def _most_steps(body: str, join: joining.Join) -> int:
    if join.then == join.then.format(n=0, letter=""):
        return body.count(join.then) + 2
    leads = joining.Join(join.first, join.then, join.then).leads(MOST_STEPS)
    return 1 + next((n for n, lead in enumerate(leads) if lead not in body), MOST_STEPS)


def _pieces(body: str, leads: list[str]) -> Iterator[list[str]]:
    """Yields every way to cut a text into pieces that follow given words."""
    lead, *others = leads
    if not body.startswith(lead):
        return
    body = body[len(lead) :]
    if not others:
        yield [body]
        return
    for cut in re.finditer(f"(?={re.escape(others[0])})", body):
        for rest in _pieces(body[cut.start() :], others):
            yield [body[: cut.start()], *rest]


def _steps(pieces: list[str], store: Store, thread: Thread, clauses: bool) -> Iterator[Store]:
    """Yields the records as they are after all the steps."""
    if not pieces:
        yield store
        return
    for command in sorted(clearest(pieces[0], store, thread, clause=clauses), key=repr):
        after = store.fork()
        try:
            execute(after, command)
        except Refused:
            continue
        yield from _steps(pieces[1:], after, thread.after(command, after), clauses)


def _commands(
    text: str,
    store: Store,
    named: dict[str, list[tuple[RecordType, int]]],
    group: str,
    shapes: Sequence[Template],
) -> Iterator[tuple[Clarity, Command]]:
    """Yields commands that a step could ask for, and how clear it is that it does.

    Who reads two fields where another one reads a single long text is right, and so is who leaves
    a "please" out of it: the first number is that of the fields, the second minus their length.
    """
    fillers = _fillers(store, named) if shapes else {}
    for shape in shapes:
        for found in shape.found(text, fillers):
            if group == "action":
                yield from _actions(found["say"], store, named)
            elif group == "delete":
                kind, number = found["record"]
                yield (0, 0), Command("delete", kind.name, number)
            elif group in relations.GROUPS:
                yield from _related(found, store, group)
            else:
                yield from _listed(found, store, group)


def _fillers(store: Store, named: dict[str, list[tuple[RecordType, int]]]) -> dict[str, Filler]:
    app = store.app
    nouns: dict[str, list[RecordType]] = {}
    plurals: dict[str, list[RecordType]] = {}
    labels: dict[str, list[tuple[RecordType, Field]]] = {}
    for kind in app.records:
        for word in all_words(app, kind.caption):
            nouns.setdefault(word, []).append(kind)
        for word in all_words(app, kind.plural):
            plurals.setdefault(word, []).append(kind)
        for field in kind.fields:
            for word in all_words(app, field.label):
                labels.setdefault(word, []).append((kind, field))
    record, label = one_of(named), one_of(labels)
    return {
        "record": record,
        "owner": record,
        "noun": one_of(nouns),
        "plural": one_of(plurals),
        "label": label,
        "label2": label,
    }


def _listed(found: Found, store: Store, group: str) -> Iterator[tuple[Clarity, Command]]:
    """Reads the list of fields of a new or an old record."""
    style = next(style for style in JOINTS if style in found)
    owner = 0
    if group == "update":
        kind, number = found["record"]
    else:
        kind, number = found["noun"], 0
        if bool(kind.parent) != (group == "create part"):
            return
        if kind.parent:
            above, owner = found["owner"]
            if above is not kind.parent.target.type:
                return
    for pairs in segmented(found[style], kind.form_fields, JOINTS[style], store):
        clarity = (len(pairs), -len(found[style]))
        if group == "update":
            yield clarity, Command("update", kind.name, number, pairs)
            continue
        values = _with_initial(pairs, kind.form_fields, store)
        if values is not None:
            above_all = ((kind.parent.name, owner),) if kind.parent else ()
            yield clarity, Command("create", kind.name, 0, (*above_all, *values))


def _related(found: Found, store: Store, group: str) -> Iterator[tuple[Clarity, Command]]:
    """Reads a value that is told by what it was before."""
    (kind, number), (owner, field), by = found["record"], found["label"], found["by"]
    if owner is not kind or field not in kind.form_fields:
        return
    for told in relations.relations(field, getattr(kind.cls(store, number), field.name)):
        if (told.group, told.by) == (group, by):
            yield (1, -len(by)), Command("update", kind.name, number, ((field.name, told.value),))


def _with_initial(pairs: Pairs, fields: tuple[Field, ...], store: Store) -> Pairs | None:
    """Adds what stands in a form from the start; None if something required is missing."""
    given = dict(pairs)
    values = tuple((f.name, given.get(f.name, f.initial(store))) for f in fields)
    empty = {name for name, value in values if value is None}
    return None if any(f.required and f.name in empty for f in fields) else values


def _actions(
    say: str, store: Store, named: dict[str, list[tuple[RecordType, int]]]
) -> Iterator[tuple[Clarity, Command]]:
    """Reads an action by one of its phrases, with what is told inside of it or after it."""
    for kind in store.app.records:
        mine = {name: [(k, n) for k, n in records if k is kind] for name, records in named.items()}
        fillers: dict[str, Filler] = {"record": one_of({n: r for n, r in mine.items() if r})}
        for action in kind.actions.values():
            fields = {param.name: param for param in action.params}
            labels = all_words(store.app, action.label)
            phrases = {*action.says, *(f"{label.lower()} {{record}}" for label in labels)}
            for phrase in sorted(phrases):
                for ending in ("", " with {with}") if action.params else ("",):
                    for found in Template.of(phrase + ending).found(say, fillers):
                        _, number = found["record"]
                        for clarity, values in _params(found, fields, store):
                            yield clarity, Command(action.name, kind.name, number, values)
            for phrase in sorted(action.reading.says if action.reading else ()):
                for found in Template.of(phrase).found(say, fillers):
                    kind_named, number = found["record"]
                    yield from _read(kind_named, number, action, store)


def _read(
    kind: RecordType, number: int, action: RecordAction, store: Store
) -> Iterator[tuple[Clarity, Command]]:
    """Reads from a record what an action asks for."""
    assert action.reading
    try:
        read = action.reading.values(kind.cls(store, number))
    except Refused:
        return
    values = tuple((param.name, param.store_form(read[param.name])) for param in action.params)
    yield (len(values), 0), Command(action.name, kind.name, number, values)


def _params(
    found: Found, fields: dict[str, Field], store: Store
) -> Iterator[tuple[Clarity, Pairs]]:
    inside: list[list[tuple[str, Value]]] = [[]]
    for name in (name for name in fields if name in found):
        inside = [
            [*so_far, (name, value)]
            for so_far in inside
            for value in parsed(fields[name], found[name], store)
        ]
    loose = tuple(field for name, field in fields.items() if name not in found)
    lists: list[Pairs] = [()]
    if "with" in found:
        lists = list(segmented(found["with"], loose, JOINTS["with"], store))
    length = -sum(len(text) for text in found.values() if isinstance(text, str))
    for told in inside:
        for pairs in lists:
            values = _with_initial((*told, *pairs), tuple(fields.values()), store)
            if values is not None:
                yield (len(told) + len(pairs), length), values


def _answers(text: str, store: Store) -> set[Outcome]:
    """Returns what could be the answer to a question."""
    found: set[Outcome] = set()
    for group in QUESTIONS:
        shapes = fitting(group, text)
        fillers = _fillers(store, mentions(text, store, Thread())) if shapes else {}
        for shape in shapes:
            for told in shape.found(text, fillers):
                found |= {Outcome(said=said) for said in _answer(told, store, group)}
    return found


def _answer(told: Found, store: Store, group: str) -> Iterator[str]:
    if group == "report":
        yield from _reported(told, store)
        return
    if group == "question":
        kind, number = told["record"]
        asked, field = told["label"]
        if asked is kind:
            yield kind.shown(store, number, field)
        return
    kind = told.get("plural") or told.get("noun")
    if kind is None:
        return
    where = [(told[f"label{n}"], told[f"value{n}"]) for n in ("", "2") if f"label{n}" in told]
    if any(asked is not kind for (asked, _), _ in where):
        return
    if group.startswith("count") and not all(
        isinstance(field, Choice) and value in field.choices for (_, field), value in where
    ):
        return
    numbers = [
        n
        for n in store.numbers(kind.index)
        if all(kind.shown(store, n, field) == value for (_, field), value in where)
    ]
    if group.startswith("count"):
        yield str(len(numbers))
    elif group == "which":
        yield from (kind.label(store, n) for n in numbers)


def _reported(told: Found, store: Store) -> Iterator[str]:
    """Looks a line of a report up."""
    named = re.match(r'"([^"]*)"', told["report"])
    choices = re.findall(r'"([^"]*)" set to "([^"]*)"', told["report"])
    title = named[1] if named else ""
    for report in (screen for screen in store.app.screens if isinstance(screen, Report)):
        if report.title != title or told["column"].strip('"') not in report.columns:
            continue
        opened = {label: options[0] for label, options in report.options(store).items()}
        column = report.columns.index(told["column"].strip('"'))
        for line in report.lines(store, opened | dict(choices)):
            if line[0] == told["row"].strip('"'):
                yield line[column]


def _missing(text: str, store: Store) -> set[Outcome]:
    """Reads a goal about a record that does not exist; the shortest name for it is right."""
    found: dict[str, int] = {}
    for kind in (kind for kind in store.app.records if not kind.parent):
        for label in sorted(_unknown(text, kind, store), key=len):
            fork = store.fork()
            number = kind.insert(fork, {kind.key.name: label})
            named = mentions(text, fork, Thread())
            mine = {
                name: [(k, n) for k, n in records if (k, n) == (kind, number)]
                for name, records in named.items()
            }
            if _is_about({name: records for name, records in mine.items() if records}, text, fork):
                found[f"{kind.noun} {label}"] = len(label)
    least = min(found.values(), default=0)
    return {Outcome(missing=name) for name, length in found.items() if length == least}


def _unknown(text: str, kind: RecordType, store: Store) -> set[str]:
    """Returns what could be names of records of a type that does not have them."""
    known = {kind.label(store, n) for n in store.numbers(kind.index)}
    if isinstance(kind.key, Code):
        return set(re.findall(rf"\b{re.escape(kind.key.prefix)}\d+\b", text)) - known
    found: set[str] = set()
    for noun in all_words(store.app, kind.caption):
        for match in re.finditer(rf'\b{re.escape(noun)} (?:called |")?', text, re.IGNORECASE):
            words = re.split(r"(?<=\S)(?=[\s,.;:?!\"])", text[match.end() :])
            for n in range(1, min(len(words), 2 * MOST_WORDS) + 1):
                found.add("".join(words[:n]))
    return {label for label in found if label.strip() == label} - known


def _is_about(named: dict[str, list[tuple[RecordType, int]]], text: str, store: Store) -> bool:
    """Says whether a goal asks about one of the records, or for something to be done to it."""
    fillers = _fillers(store, named)
    for group in ("update", "delete", "action", "question"):
        for shape in fitting(group, text):
            for found in shape.found(text, fillers):
                if group == "delete":
                    return True
                if group == "question" and found["label"][0] is found["record"][0]:
                    return True
                if group == "update" and any(_listed(found, store, group)):
                    return True
                if group == "action" and any(_actions(found["say"], store, named)):
                    return True
    return False
