"""A reader who knows the application, the shapes and the words of a goal, and nothing else.

It lists every command that a goal could ask for. What it shares with the describer are the words
of the grammar; it knows neither the verifier nor the oracle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from palaestra.errors import Refused
from palaestra.kit import Store
from palaestra.kit.commands import execute
from palaestra.kit.diff import diff
from palaestra.kit.fields import Field
from palaestra.kit.record import RecordType
from palaestra.tasks.grammar import CLOSERS, EXAM, OPENERS, PRACTICE, expansions
from palaestra.types import Command, Diff, Value

JOINTS = {"with": (" ",), "to": (" to ",), "is": (" is ",), "colon": (": ", " = ", " ")}
Pairs = tuple[tuple[str, Value], ...]


SHAPES = {
    group: [
        (shape.partition("{")[0].rstrip(), shape, shape.rpartition("}")[2])
        for template in (*PRACTICE[group], *EXAM[group])
        for shape in expansions(template)
    ]
    for group in PRACTICE
}
"""By kind of goal; with what comes before the first slot and after the last."""


@cache
def shapes(group: str, goal: str) -> list[str]:
    """Returns the shapes that a goal could have by how it begins and ends."""
    return [
        shape
        for head, shape, tail in SHAPES[group]
        if goal.startswith(head) and goal.endswith(tail)
    ]


def names(kind: RecordType, number: int, store: Store) -> set[str]:
    """Everything a record may be called in a goal."""
    label = kind.label(store, number)
    if kind.parent:
        owner, owner_number = kind.owner(store, number)
        return {f"{kind.noun} {label} of {name}" for name in names(owner, owner_number, store)}
    found = {f"{kind.noun} {label}", f"the {kind.noun} {label}"}
    if kind.key.kind == "code":
        found.add(label)
    else:
        found |= {f'{kind.noun} "{label}"', f"the {kind.noun} called {label}"}
    for field in kind.stored:
        if field.listed and field is not kind.key:
            shown = kind.shown(store, number, field)
            found.add(f"the {kind.noun} with {lower(field.label)} {shown}")
    return found


def called(goal: str, store: Store, *, parts: bool = True) -> Iterator[tuple[RecordType, int, str]]:
    """Yields the records that a goal names, with the name."""
    for kind in store.app.records:
        if kind.parent and not parts:
            continue
        for number in store.numbers(kind.index):
            for name in names(kind, number, store):
                if name in goal or name[0].upper() + name[1:] in goal:
                    yield kind, number, name


def readings(goal: str, store: Store) -> set[Diff]:
    """Returns the diffs of all ways to understand a goal of kind "create" or "update"."""
    found: dict[Diff, tuple[int, int]] = {}
    for clarity, command in commands(bare(goal), store):
        fork = store.fork()
        try:
            execute(fork, command)
        except Refused:
            continue
        done = diff(fork, store.snapshot())
        found[done] = max(clarity, found.get(done, clarity))
    return {done for done, clarity in found.items() if clarity == max(found.values())}


def bare(goal: str) -> str:
    """Returns a goal without what people put around it."""
    for opener in OPENERS:
        goal = goal.removeprefix(opener)
    for closer in CLOSERS:
        goal = goal.removesuffix(closer)
    return goal


def commands(goal: str, store: Store) -> Iterator[tuple[tuple[int, int], Command]]:
    """Yields commands that the goal could ask for, and how clear it is that it does.

    Who reads two fields where another one reads a single long text is right, and so is who leaves
    a "please" out of it: the first number is that of the fields, the second minus their length.
    """
    for kind in store.app.records:
        for group in ("create", "create part"):
            if bool(kind.parent) == (group == "create part") and kind.noun in goal:
                yield from _creations(goal, store, kind, group)
    for kind, number, name in called(goal, store):
        for style, listed in _lists(goal, "update", {"record": name}):
            for pairs in segmented(listed, kind.form_fields, JOINTS[style], store):
                yield (len(pairs), -len(listed)), Command("update", kind.name, number, pairs)


def _creations(
    goal: str, store: Store, kind: RecordType, group: str
) -> Iterator[tuple[tuple[int, int], Command]]:
    owners: list[tuple[int, str]] = [(0, "")]
    if kind.parent:
        parent = kind.parent.target.type
        owners = [(n, name) for k, n, name in called(goal, store, parts=False) if k is parent]
    for owner, name in owners:
        for style, listed in _lists(goal, group, {"noun": kind.noun, "owner": name}):
            for pairs in segmented(listed, kind.form_fields, JOINTS[style], store):
                given = dict(pairs)
                values = [(f.name, given.get(f.name, f.initial(store))) for f in kind.form_fields]
                empty = {name for name, value in values if value is None}
                if any(f.required and f.name in empty for f in kind.form_fields):
                    continue
                if kind.parent:
                    values.insert(0, (kind.parent.name, owner))
                yield (len(pairs), -len(listed)), Command("create", kind.name, 0, tuple(values))


def _lists(goal: str, group: str, slots: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yields style and text of the list of fields, for every shape that the goal could have."""
    for shape in shapes(group, goal):
        style = next(s for s in JOINTS if f"{{{s}}}" in shape)
        filled = shape.replace(f"{{{style}}}", "\0")
        for slot, text in slots.items():
            filled = filled.replace(f"{{{slot}}}", text)
            filled = filled.replace(f"{{{slot.capitalize()}}}", text[:1].upper() + text[1:])
        before, after = _articled(filled).split("\0")
        if goal.startswith(before) and goal.endswith(after):
            yield style, goal[len(before) : len(goal) - len(after)]


def segmented(
    listed: str, fields: tuple[Field, ...], joints: tuple[str, ...], store: Store
) -> Iterator[Pairs]:
    """Yields every way to read a list of labels and values."""
    for field in fields:
        for joint in joints:
            for the in ("", "the "):
                head = f"{the}{lower(field.label)}{joint}"
                if listed[: len(head)].casefold() != head.casefold():
                    continue
                others = tuple(f for f in fields if f is not field)
                for end, following in _ends(listed):
                    if end <= len(head) or listed[len(head)] in ":= ":
                        continue
                    for value in _parsed(field, listed[len(head) : end], store):
                        if following == len(listed):
                            yield ((field.name, value),)
                            continue
                        for rest in segmented(listed[following:], others, joints, store):
                            yield ((field.name, value), *rest)


def _ends(listed: str) -> Iterator[tuple[int, int]]:
    """Yields where a value could end and where the next label would begin."""
    yield len(listed), len(listed)
    for match in re.finditer(r", and | and |, ", listed):
        yield match.start(), match.end()


def _parsed(field: Field, text: str, store: Store) -> Iterator[Value]:
    if text == "empty" and not field.required:
        yield None
        return
    if field.kind == "yes_no":
        text = text.capitalize()
    if len(text) > 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    try:
        yield field.parse(text, store)
    except Refused:
        return


def lower(label: str) -> str:
    return label if label.isupper() else label[:1].lower() + label[1:]


def meant(goal: str, group: str, store: Store) -> set[tuple[str, int, str]]:
    """Returns (record, number, field) that a goal of kind "delete" or "question" could be about.

    The field is "" where the kind of goal has none.
    """
    goal = bare(goal)
    found = set()
    for kind, number, name in called(goal, store):
        capital = name[0].upper() + name[1:]
        for shape in shapes(group, goal):
            for field in kind.fields if "{label}" in shape else (None,):
                label = lower(field.label) if field else ""
                if _articled(shape.format(record=name, Record=capital, label=label)) == goal:
                    found.add((kind.name, number, field.name if field else ""))
    return found


def counted(goal: str, store: Store) -> set[int]:
    """Returns what could be the answer to a question for how many there are."""
    goal = bare(goal)
    found = set()
    for kind in store.app.records:
        numbers = list(store.numbers(kind.index))
        for shape in shapes("count", goal):
            if _articled(shape.format(plural=lower(kind.plural))) == goal:
                found.add(len(numbers))
        for shape in shapes("count where", goal):
            for field in kind.stored:
                values = [kind.shown(store, number, field) for number in numbers]
                for value in {*values, *field.options(store)}:
                    slots = {"plural": lower(kind.plural), "label": lower(field.label)}
                    if _articled(shape.format(value=value, **slots)) == goal:
                        found.add(values.count(value))
    return found


def _articled(text: str) -> str:
    return re.sub(r"\b([Aa]) (?=[aeiouAEIOU])", r"\1n ", text)
