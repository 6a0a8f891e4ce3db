"""Record types: what the class body of a record says, made into something the kit can work with.

A record class derives from `Record`; its annotations are fields, its methods marked with `@action`
are what people can do to it beyond creating, editing and deleting. An instance is a handle: it
holds a store and a number, and reads and writes through to the store.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from palaestra.errors import GymError
from palaestra.kit.fields import Code, Field, Ref, now
from palaestra.types import Value

if TYPE_CHECKING:
    from palaestra.kit.store import Row, Store

R = TypeVar("R", bound="Record")
Class = type[R]
"""A record class; inside `Record` the word `type` means the record type."""
Method = TypeVar("Method", bound=Callable[..., None])


@dataclass(frozen=True)
class Reading:
    """What an action asks for stands in the record itself: who does it has to read it there.

    Attributes:
        values: Returns the value of each parameter, read from the record; or raises `Refused`,
            as for a record that has nothing in its fields.
        says: Ways to ask for the action without telling the values.
    """

    values: Callable[[Any], Mapping[str, Any]]
    says: tuple[str, ...]


@dataclass(frozen=True)
class RecordAction:
    """Something that can be done to a record.

    Attributes:
        name: Name of the method.
        label: What its button says.
        run: The method: changes records, or raises `Refused`.
        when: Says whether the action is offered for a record.
        params: What the action asks for before it runs.
        confirm: Question asked first, where it cannot be undone; "" for none.
        says: Ways to ask for it in words; "{record}" stands for the record, "{param}" for a value.
        by: The roles that may do it; none for everybody.
        reading: How its parameters can be read from the record; None where they cannot.
    """

    name: str
    label: str
    run: Callable[..., None]
    when: Callable[[Any], bool] = lambda _: True
    params: tuple[Field, ...] = ()
    confirm: str = ""
    says: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    reading: Reading | None = None


def action(
    label: str,
    /,
    *,
    when: Callable[[Any], bool] | str | tuple[str, ...] = lambda _: True,
    confirm: str = "",
    says: tuple[str, ...] = (),
    by: str | tuple[str, ...] = (),
    reading: Reading | None = None,
    **params: Any,
) -> Callable[[Method], Method]:
    """Marks a method of a record as an action.

    Args:
        label: What its button says.
        when: Says whether it is offered for a record; or the `status` (or several) in which it is.
        confirm: Question asked before it runs, where it cannot be undone.
        says: Ways to ask for it; more than the label's own words.
        by: The role (or several) that may do it; everybody may if left out.
        reading: How the parameters can be read from the record, so that a goal need not tell them.
        params: Fields that are asked for first, passed to the method by name.
    """
    if confirm and params:
        raise GymError(f"{label}: an action asks for parameters or for confirmation, not for both")
    if "record" in params:
        raise GymError(f"{label}: a parameter cannot be called record; that is what is acted on")

    if not callable(when):
        statuses = (when,) if isinstance(when, str) else when
        when = lambda record: record.status in statuses  # noqa: E731

    def mark(method: Method) -> Method:
        for name, param in params.items():
            param.__set_name__(object, name)
        found = RecordAction(
            method.__name__,
            label,
            method,
            when,
            tuple(params.values()),
            confirm,
            says,
            told(by),
            reading,
        )
        method.__dict__["palaestra_action"] = found
        return method

    return mark


def told(roles: str | tuple[str, ...]) -> tuple[str, ...]:
    """Returns the roles that a declaration names: one, or several."""
    return (roles,) if isinstance(roles, str) else tuple(roles)


class Record:
    """Base of every record class; an instance is a handle on one record of a store.

    A record class may override `check` and `locked`.
    """

    type: ClassVar[RecordType]

    def __init__(self, store: Store, number: int) -> None:
        self._store = store
        self._id = number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and (self.type, self._id) == (other.type, other._id)

    def __hash__(self) -> int:
        return hash((self.type.index, self._id))

    def __str__(self) -> str:
        return self.type.label(self._store, self._id)

    @property
    def today(self) -> dt.date:
        """Returns the day on the virtual clock."""
        return self._store.today

    @property
    def now(self) -> dt.datetime:
        """Returns the moment on the virtual clock, in UTC, as moment fields take it."""
        return now(self._store)

    @property
    def user(self) -> str:
        """Returns the role of whoever works here; "" where the application has no roles."""
        return self._store.user

    def draw(self, low: int, high: int) -> int:
        """Returns a whole number by chance: the same one whenever the same things were done before.

        It is for what an action does, not for what a screen shows: `when`, `locked` and derived
        fields are asked again and again.
        """
        return self._store.draw(low, high)

    def check(self) -> None:
        """Raises `Refused` where the record as it stands breaks a rule; called after each save."""

    def locked(self) -> str:
        """Returns why the record may be neither edited nor deleted; "" where it may."""
        return ""

    def find(self, record: Class[R], **equal: Any) -> list[R]:
        """Returns the records of a type whose fields have the given values, oldest first."""
        return record.type.find(self._store, **equal)

    def create(self, record: Class[R], **values: Any) -> R:
        """Adds a record without asking `check`; fields left out get their initial value."""
        return record.make(self._store, **values)

    @classmethod
    def every(cls, store: Store, **equal: Any) -> list[Self]:
        """Returns this type's records whose fields have the given values, oldest first."""
        return cls.type.find(store, **equal)

    @classmethod
    def make(cls, store: Store, **values: Any) -> Self:
        """Adds a record of this type without asking `check`, for seed data."""
        return cls(store, cls.type.insert(store, values))


RESERVED = frozenset(vars(Record)) | {"type"}
"""What a field cannot be called."""


@dataclass(frozen=True, eq=False)
class RecordType:
    """A record class as the kit sees it.

    Attributes:
        cls: The class.
        index: Place among the application's record types.
        name: Name in commands, diffs and addresses ("bill_line").
        noun: What people call one of them ("bill line").
        plural: What people call several, with a capital ("Bill lines").
        fields: All fields in order of declaration.
        stored: Those that are kept in rows; a row has their values in this order.
        key: The field that names a record to people.
        parent: The field that says which record this one is a part of, or None.
        actions: Actions by name.
        seeds: How many of them made-up data has (for a part: per owner), as a range.
        may: Roles by "create", "update" and "delete"; what is missing may be done by everybody.
    """

    cls: type[Record]
    index: int
    name: str
    noun: str
    plural: str
    fields: tuple[Field, ...]
    stored: tuple[Field, ...]
    key: Field
    parent: Ref | None
    actions: dict[str, RecordAction]
    seeds: tuple[int, int]
    may: Mapping[str, tuple[str, ...]]
    children: list[RecordType] = field(default_factory=list, repr=False)

    @classmethod
    def of(
        cls,
        record: type[Record],
        index: int,
        plural: str,
        key: str,
        seeds: tuple[int, int],
        may: Mapping[str, tuple[str, ...]],
    ) -> RecordType:
        """Reads a record's class body.

        Raises:
            GymError: If the class does not make a record type.
        """
        declared = [f for base in reversed(record.__mro__) for f in vars(base).values()]
        fields = tuple(f for f in declared if isinstance(f, Field))
        if not fields:
            raise GymError(f"{record.__name__} declares no fields")
        by_name = {f.name: f for f in fields}
        if taken := by_name.keys() & RESERVED:
            raise GymError(
                f"{record.__name__}: a field cannot be called {', '.join(sorted(taken))}"
            )
        if key not in by_name or not by_name[key].stored:
            raise GymError(f"{record.__name__}: the key {key!r} is not one of its stored fields")
        stored = tuple(f for f in fields if f.stored)
        for position, one in enumerate(stored):
            one.position = position
        by_name[key].unique = True
        owners = [f for f in stored if isinstance(f, Ref) and f.owner]
        if len(owners) > 1:
            raise GymError(f"{record.__name__} can be part of one record only")
        words = re.findall(r"[A-Z][a-z0-9]*", record.__name__)
        marked = (getattr(m, "palaestra_action", None) for m in vars(record).values())
        kind = cls(
            cls=record,
            index=index,
            name="_".join(words).lower(),
            noun=" ".join(words).lower(),
            plural=plural or " ".join(words).capitalize() + "s",
            fields=fields,
            stored=stored,
            key=by_name[key],
            parent=owners[0] if owners else None,
            actions={m.name: m for m in marked if m},
            seeds=seeds,
            may=may,
        )
        record.type = kind
        if kind.parent:
            kind.parent.target.type.children.append(kind)
        return kind

    @property
    def caption(self) -> str:
        """Returns what one record is called as a label, which synonyms and translations go by."""
        return self.noun[:1].upper() + self.noun[1:]

    @cached_property
    def targets(self) -> tuple[RecordType | None, ...]:
        """Returns per stored field the record type it refers to, or None."""
        return tuple(f.target.type if isinstance(f, Ref) else None for f in self.stored)

    @property
    def looks_elsewhere(self) -> bool:
        """Says whether what a row shows depends on other records as well."""
        return any(self.targets) or len(self.fields) > len(self.stored)

    @property
    def form_fields(self) -> tuple[Field, ...]:
        """Returns the fields that a person fills in; with none, only rules make such a record."""
        return tuple(f for f in self.stored if f.editable and f is not self.parent)

    def rights(self, verb: str) -> tuple[str, ...]:
        """Returns the roles that may do something to such a record; none for everybody.

        A part is entered, changed and deleted by whoever may change what it is a part of, unless it
        says otherwise.
        """
        if verb in self.actions:
            return self.actions[verb].by
        if verb in self.may or self.parent is None:
            return self.may.get(verb, ())
        return self.parent.target.type.rights("update")

    def label(self, store: Store, number: int) -> str:
        """Names a record the way people do."""
        return self.key.show(store.row(self.index, number)[self.key.position], store)

    def named(self, store: Store, label: str) -> Sequence[int]:
        """Returns the numbers of the records that people name so, oldest first."""
        if self.key.kind in ("text", "code"):
            return store.where(self.index, [(self.key.position, label)])
        return [n for n in store.numbers(self.index) if self.label(store, n) == label]

    def owner(self, store: Store, number: int) -> tuple[RecordType, int]:
        """Returns type and number of the record that a record is a part of.

        Raises:
            GymError: If this type is not a part of any other.
        """
        if self.parent is None:
            raise GymError(f"A {self.noun} is not a part of anything")
        number = store.row(self.index, number)[self.parent.position]  # type: ignore[assignment]
        return self.parent.target.type, number

    def shown(self, store: Store, number: int, one: Field) -> str:
        """Returns a field of a record as screens show it."""
        if one.stored:
            return one.show(store.row(self.index, number)[one.position], store)
        return one.show(getattr(self.cls(store, number), one.name), store)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Returns the stored fields by name."""
        return {one.name: one for one in self.stored}

    def find(self, store: Store, **equal: Any) -> list[Any]:
        """Returns handles of the records whose fields have the given values, oldest first."""
        wanted = []
        for name, value in equal.items():
            one = self.by_name.get(name)
            if one is None:
                raise GymError(f"{self.cls.__name__} has no stored field {name!r}")
            wanted.append((one.position, one.store_form(value)))
        cls = self.cls
        return [cls(store, number) for number in store.where(self.index, wanted)]

    def insert(self, store: Store, values: dict[str, Any]) -> int:
        """Adds a record without asking any rule; fields left out get their initial value.

        Raises:
            GymError: If a value is given for something that is not a stored field.
        """
        unknown = values.keys() - {f.name for f in self.stored}
        if unknown:
            raise GymError(f"{self.cls.__name__} has no stored field {', '.join(sorted(unknown))}")
        row: list[Value] = []
        for one in self.stored:
            if isinstance(one, Code) and one.name not in values:
                row.append(one.numbered(store.next_number(self.index)))
            elif one.name in values:
                row.append(one.store_form(values[one.name]))
            else:
                row.append(one.initial(store))
        done: Row = tuple(row)
        return store.insert(self.index, done)
