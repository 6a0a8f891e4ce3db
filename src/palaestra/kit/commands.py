"""The one door to the records: every face ends in `execute`, and every rule is asked there.

A command either happens as a whole or is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from palaestra.errors import GymError, PalaestraError, Refused
from palaestra.kit import rights
from palaestra.kit.history import Entry
from palaestra.kit.record import RecordType
from palaestra.types import Command, Value

if TYPE_CHECKING:
    from palaestra.kit.fields import Field
    from palaestra.kit.store import Key, Snapshot, Store


class Invalid(Refused):
    """Some of what was entered is wrong.

    Attributes:
        errors: Field name and what is wrong with it.
    """

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def parse(
    fields: tuple[Field, ...], texts: Mapping[str, str], store: Store
) -> tuple[tuple[str, Value], ...]:
    """Reads what was entered into a form.

    Args:
        fields: The form's fields.
        texts: Field name and what was typed or chosen.
        store: Where references are looked up.

    Raises:
        Invalid: With every field that is missing or wrong.
    """
    values: list[tuple[str, Value]] = []
    errors: dict[str, str] = {}
    for field in fields:
        typed = texts.get(field.name, "").strip()
        if typed:
            try:
                values.append((field.name, field.parse(typed, store)))
            except Refused as refusal:
                errors[field.name] = str(refusal)
        elif field.required:
            errors[field.name] = f"{field.label} is required"
        else:
            values.append((field.name, None))
    if errors:
        raise Invalid(errors)
    return tuple(values)


def execute(store: Store, command: Command) -> str:
    """Carries out a command.

    Args:
        store: Changed only if the command is allowed.
        command: What to do; values as `parse` returns them.

    Returns:
        What happened, as a sentence.

    Raises:
        Refused: If a rule forbids it; the store is as before.
        GymError: If the application's own code fails; the store is as before.
    """
    before = store.snapshot()
    kind = store.app.kind(command.record)
    if command.verb not in ("create", "update", "delete", *kind.actions):
        raise GymError(f"{kind.cls.__name__} has no action {command.verb!r}")
    try:
        said = _carry_out(store, kind, command)
    except PalaestraError:
        store.restore(before)
        raise
    except Exception as bug:
        store.restore(before)
        raise GymError(f"{store.app.name}: {command.verb} {kind.noun} failed: {bug!r}") from bug
    touched = frozenset(_concerned(store, kind, command, before))
    entry = Entry(store.clock.now, store.user, command, said, touched, store.history.last)
    store.history = store.history._replace(last=entry)
    return said


def _carry_out(store: Store, kind: RecordType, command: Command) -> str:
    rights.require(store, kind, command.verb)
    if command.verb == "create":
        return _create(store, kind, command)
    if not store.has(kind.index, command.number):
        raise Refused(f"This {kind.noun} is no longer there")
    if command.verb == "update":
        return _update(store, kind, command)
    if command.verb == "delete":
        return _delete(store, kind, command)
    return _act(store, kind, command)


def _concerned(store: Store, kind: RecordType, command: Command, before: Snapshot) -> Iterator[Key]:
    """Yields every record that a command was about, and what it is a part of."""
    yield kind.index, command.number
    for index, number in store.touched(before):
        key = (index, number)
        while True:
            yield key
            one = store.app.records[key[0]]
            row = store.row(*key) if store.has(*key) else before.rows.get(key)
            if row is None or one.parent is None:
                break
            key = one.parent.target.type.index, int(row[one.parent.position])  # type: ignore[arg-type]


def _named(kind: RecordType, store: Store, number: int) -> str:
    return f"{kind.noun.capitalize()} {kind.label(store, number)}"


def _create(store: Store, kind: RecordType, command: Command) -> str:
    if not kind.form_fields:
        raise Refused(f"{kind.plural} are not entered by hand")
    values = dict(command.values)
    if kind.parent:
        _refuse_orphan(kind, store, values[kind.parent.name])
        _refuse_locked(kind.targets[kind.parent.position], store, values[kind.parent.name])
    given = {name: value for name, value in values.items() if value is not None}
    number = kind.insert(store, given)
    _refuse_twins(kind, store, number)
    kind.cls(store, number).check()
    return f"{_named(kind, store, number)} was created"


def _update(store: Store, kind: RecordType, command: Command) -> str:
    _refuse_locked(kind, store, command.number)
    by_name = {field.name: field for field in kind.stored}
    for name, value in command.values:
        store.set_field(kind.index, command.number, by_name[name].position, value)
    _refuse_twins(kind, store, command.number)
    kind.cls(store, command.number).check()
    return f"{_named(kind, store, command.number)} was saved"


def _delete(store: Store, kind: RecordType, command: Command) -> str:
    _refuse_locked(kind, store, command.number)
    message = f"{_named(kind, store, command.number)} was deleted"
    _remove(store, kind, command.number)
    return message


def _remove(store: Store, kind: RecordType, number: int) -> None:
    """Deletes a record and its parts, unless something that stays refers to one of them."""
    going = list(_with_parts(store, kind, number))
    for one, gone in going:
        for other in store.app.records:
            for field, target in zip(other.stored, other.targets, strict=True):
                if target is not one or field is other.parent:
                    continue
                for user in store.where(other.index, [(field.position, gone)]):
                    if (other, user) not in going:
                        used = f"{other.noun} {other.label(store, user)}"
                        raise Refused(f"{_named(one, store, gone)} is still used by {used}")
    for one, gone in going:
        store.delete(one.index, gone)


def _with_parts(store: Store, kind: RecordType, number: int) -> Iterator[tuple[RecordType, int]]:
    """Yields the parts of a record and the parts of those, and the record after them."""
    for part in kind.children:
        assert part.parent is not None
        for one in store.where(part.index, [(part.parent.position, number)]):
            yield from _with_parts(store, part, one)
    yield kind, number


def _act(store: Store, kind: RecordType, command: Command) -> str:
    action = kind.actions[command.verb]
    record = kind.cls(store, command.number)
    if not action.when(record):
        raise Refused(f"{action.label} is not possible for this {kind.noun} now")
    named = _named(kind, store, command.number)
    params = {
        param.name: value for param, (_, value) in zip(action.params, command.values, strict=True)
    }
    refs = {p.name: p for p in action.params if p.kind == "ref"}
    for name, param in refs.items():
        if params[name] is not None:
            params[name] = param.target(store, params[name])  # type: ignore[attr-defined]
    action.run(record, **params)
    return f"{named}: {action.label} done"


def _refuse_orphan(kind: RecordType, store: Store, owner: Value) -> None:
    parent = kind.parent.target.type if kind.parent else kind
    if not store.has(parent.index, int(owner or 0)):  # type: ignore[arg-type]
        raise Refused(f"This {parent.noun} is no longer there")


def _refuse_locked(kind: RecordType | None, store: Store, number: Value) -> None:
    if kind is None or number is None:
        return
    if reason := kind.cls(store, int(number)).locked():  # type: ignore[arg-type]
        raise Refused(reason)
    if kind.parent:
        owner = store.row(kind.index, int(number))[kind.parent.position]  # type: ignore[arg-type]
        _refuse_locked(kind.targets[kind.parent.position], store, owner)


def _refuse_twins(kind: RecordType, store: Store, number: int) -> None:
    row = store.row(kind.index, number)
    for field in kind.stored:
        value = row[field.position]
        if not field.unique or field.kind == "code" or value is None:
            continue
        if len(store.where(kind.index, [(field.position, value)])) > 1:
            raise Refused(
                f"Another {kind.noun} has {field.label} {field.show(value, store)} already"
            )
