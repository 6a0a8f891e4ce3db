"""Says in words what was done: the describer's seat of self-play, by grammar.

What the proposer's command changed is put into a shape of `grammar.py`. Values appear in one of
the forms people write them in (`writing.py`), always in a form that the application's own inputs
accept, so that what must be typed can be copied from the goal. What records and fields are called
is found in `naming.py`.

No shape is ambiguous about the record: it is named by its key, or by a value no other record has.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from palaestra.errors import Refused
from palaestra.kit.fields import Choice, Field, YesNo
from palaestra.kit.record import RecordType
from palaestra.kit.store import Store
from palaestra.tasks import relations
from palaestra.tasks.joining import Join
from palaestra.tasks.naming import Naming, Thread
from palaestra.tasks.voice import VOICES, Speech
from palaestra.tasks.writing import written
from palaestra.types import Command, Value

POLITE = 0.25
CONDITIONAL = 0.25
QUOTED = 0.25
READ = 0.5
"""How often a goal leaves what can be read from the record to be read there."""
RELATED = 0.7
"""How often a value is told by what it was before, where it can be."""
STYLES = ("with", "to", "is", "colon")


@dataclass
class Wording:
    """A goal in words.

    Attributes:
        goal: The words.
        shape: The template they follow, as "kind/template".
        typed: What an agent has to type, by ref, in the form that stands in the goal.
        reading: Whether values are not in the goal but follow from what stands in a record.
    """

    goal: str = ""
    shape: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    reading: bool = False


class Describer:
    """Words goals about one store.

    Attributes:
        store: The records as they are when the goal is given.
        rng: Decides between the ways to say it.
        voice: Who says it.
        naming: Finds the names of things.
    """

    def __init__(
        self,
        store: Store,
        rng: random.Random,
        *,
        speech: Speech,
        thread: Thread | None = None,
        by_value: bool = True,
    ) -> None:
        """Prepares for a store.

        Args:
            store: The records as they are when the goal is given.
            rng: Decides between the ways to say it.
            speech: Whose voices may say it.
            thread: What earlier steps of a workflow have spoken of.
            by_value: Whether a record may be named by a value that no other one has.
        """
        self.store, self.rng = store, rng
        self.voice = rng.choice(VOICES[speech])
        examined = speech != "practice"
        self.naming = Naming(store, rng, examined, thread or Thread(), by_value)

    def command(self, command: Command, typed: frozenset[str] = frozenset()) -> Wording | None:
        """Words a change by the command that made it; None if there is no way to say it.

        Args:
            command: What was carried out.
            typed: The refs that were typed into: what can be told by what a box held before.
        """
        wording = self._related(command, typed) or self.step(command)
        if wording is None:
            return None
        self._put_around(wording)
        if self.rng.random() < CONDITIONAL:
            wording.goal += self.rng.choice(self.voice.conditions)
        return wording

    def step(self, command: Command, *, clause: bool = False) -> Wording | None:
        """Words a change without anything around it, as a sentence or as a clause."""
        kind = self.store.app.kind(command.record)
        fields: tuple[Field, ...] = kind.form_fields
        given = list(command.values)
        wording = Wording()
        slots: dict[str, str] = {}
        if command.verb == "create":
            group = "create"
            slots["noun"] = self.naming.noun(kind)
            if kind.parent:
                group = "create part"
                (_, owner), *given = given
                assert isinstance(owner, int)
                slots["owner"] = self._record(kind.parent.target.type, owner, wording)
            given = self._told(given, fields)
        else:
            group = command.verb if command.verb in ("update", "delete") else "action"
            slots["record"] = self._record(kind, command.number, wording)
        if "" in slots.values():
            return None
        if group == "action":
            fields = kind.actions[command.verb].params
            pairs = zip(fields, given, strict=True)
            given = self._told([(p.name, value) for p, (_, value) in pairs], fields)
            say = self._unread(kind, command, slots["record"], wording)
            slots = {"say": say or self._say(kind, command.verb, given, slots["record"], wording)}
        template = self.voice.shape(f"{group} clause" if clause else group, self.rng)
        if group not in ("action", "delete"):
            if not given:
                return None
            style = next(s for s in STYLES if f"{{{s}}}" in template)
            self.rng.shuffle(given)
            slots[style] = self._listed(given, fields, style, wording)
        return self._filled(wording, f"{group} clause" if clause else group, template, slots)

    def _related(self, command: Command, typed: frozenset[str]) -> Wording | None:
        """Words a change of one value by what it was before; None where it is told as it is."""
        if command.verb != "update" or len(command.values) != 1:
            return None
        kind, ((name, value),) = self.store.app.kind(command.record), command.values
        if f"field:{name}" not in typed:
            return None
        one = next(one for one in kind.form_fields if one.name == name)
        old = getattr(kind.cls(self.store, command.number), name)
        related = relations.told_by(one, old, value, self.rng)
        if related is None or self.rng.random() >= RELATED:
            return None
        wording = Wording(reading=True)
        slots = {
            "record": self._record(kind, command.number, wording),
            "label": self.naming.label(one, kind.form_fields),
            "by": related.by,
        }
        if not slots["record"]:
            return None
        wording.typed[f"field:{name}"] = one.edit_form(value, self.store)
        template = self.voice.shape(related.group, self.rng)
        return self._filled(wording, related.group, template, slots)

    def _told(
        self, given: Sequence[tuple[str, Value]], fields: tuple[Field, ...]
    ) -> list[tuple[str, Value]]:
        """Returns what has to be told: what is not there from the start."""
        initial = {one.name: one.initial(self.store) for one in fields}
        return [(n, v) for n, v in given if v is not None and v != initial[n]]

    def _say(
        self,
        kind: RecordType,
        verb: str,
        given: list[tuple[str, Value]],
        record: str,
        wording: Wording,
    ) -> str:
        """Words an action by one of its phrases, with what it asks for."""
        action = kind.actions[verb]
        fields = {param.name: param for param in action.params}
        labels = (action.label, *self.store.app.synonyms(action.label, exam=self.naming.exam))
        plain = f"{self.rng.choice(labels).lower()} {{record}}"
        say = self.rng.choice(action.says or (plain,))
        inside = {name for name in fields if f"{{{name}}}" in say}
        if inside - {name for name, _ in given}:
            say, inside = plain, set()
        values = {n: self._value(fields[n], v, wording) for n, v in given if n in inside}
        loose = [(n, v) for n, v in given if n not in inside]
        if loose:
            say += " with " + self._listed(loose, action.params, "with", wording)
        # What is loose was written already; a brace in it is no slot.
        for slot, told in {"record": record, **values}.items():
            say = say.replace(f"{{{slot}}}", told)
        return say

    def _unread(self, kind: RecordType, command: Command, record: str, wording: Wording) -> str:
        """Words an action by what its values can be read from; "" where they are to be told."""
        reading = kind.actions[command.verb].reading
        if reading is None or self.rng.random() >= READ:
            return ""
        try:
            read = reading.values(kind.cls(self.store, command.number))
        except Refused:
            return ""
        params = {param.name: param for param in kind.actions[command.verb].params}
        if {name: params[name].store_form(value) for name, value in read.items()} != dict(
            command.values
        ):
            return ""
        wording.reading = True
        return self.rng.choice(reading.says).replace("{record}", record)

    def workflow(self, steps: Sequence[Wording], join: Join) -> Wording:
        """Joins the wordings of steps into one goal; what is typed stays with the steps."""
        wording = Wording(join.joined([step.goal for step in steps]), f"workflow/{join.shape}")
        self._put_around(wording)
        return wording

    def lookup(self, kind: RecordType, number: int, asked: Field) -> Wording:
        """Words a question for one field of one record."""
        wording = Wording()
        slots = {
            "record": self._record(kind, number, wording, but=asked),
            "label": self.naming.label(asked, kind.fields),
        }
        return self._asked(wording, "question", slots)

    def which(self, kind: RecordType, told: Field, value: str) -> Wording:
        """Words a question for the record that has a value in a field."""
        label = self.naming.label(told, kind.fields)
        slots = {"noun": self.naming.noun(kind), "label": label, "value": value}
        return self._asked(Wording(typed={"search": value}), "which", slots)

    def count(self, kind: RecordType, where: Sequence[tuple[Choice, str]] = ()) -> Wording:
        """Words a question for how many records there are, or have values in up to two fields."""
        group = ("count", "count where", "count both")[len(where)]
        slots = {"plural": self.naming.plural(kind)}
        for end, (one, value) in zip(("", "2"), where, strict=False):
            slots[f"label{end}"] = self.naming.label(one, kind.fields)
            slots[f"value{end}"] = value
        typed = {"search": where[0][1] if where else ""}
        return self._asked(Wording(typed=typed), group, slots)

    def reported(self, report: str, chosen: Mapping[str, str], row: str, column: str) -> Wording:
        """Words a question for what a report says of a row in a column, with what is chosen."""
        told = [f'"{label}" set to "{option}"' for label, option in chosen.items()]
        named = " and ".join([f'"{report}" with {told[0]}', *told[1:]] if told else [f'"{report}"'])
        slots = {"report": named, "row": f'"{row}"', "column": f'"{column}"'}
        return self._asked(Wording(), "report", slots)

    def _asked(self, wording: Wording, group: str, slots: dict[str, str]) -> Wording:
        template = self.voice.shape(group, self.rng)
        return self._put_around(self._filled(wording, group, template, slots))

    def _filled(
        self, wording: Wording, group: str, template: str, slots: dict[str, str]
    ) -> Wording:
        capital = {k.capitalize(): v[:1].upper() + v[1:] for k, v in slots.items()}
        wording.goal = articled(template, slots | capital)
        wording.shape = f"{group}/{template}"
        return wording

    def _put_around(self, wording: Wording) -> Wording:
        """Puts a few words around a goal, now and then."""
        if self.voice.openers and self.rng.random() < POLITE:
            wording.goal = self.rng.choice(self.voice.openers) + wording.goal
        if self.voice.closers and self.rng.random() < POLITE:
            wording.goal += self.rng.choice(self.voice.closers)
        return wording

    def _record(
        self, kind: RecordType, number: int, wording: Wording, but: Field | None = None
    ) -> str:
        """Names a record, and notes what to search for it by."""
        name, search = self.naming.record(kind, number, but)
        wording.typed["search"] = search
        return name

    def _listed(
        self,
        pairs: list[tuple[str, Value]],
        fields: tuple[Field, ...],
        style: str,
        wording: Wording,
    ) -> str:
        """Lists fields and values in one of four styles."""
        joint = {
            "with": " ",
            "to": " to ",
            "is": " is ",
            "colon": self.rng.choice((": ", " = ", " ")),
        }
        by_name = {one.name: one for one in fields}
        told = []
        for name, value in pairs:
            one = by_name[name]
            shown = "empty" if value is None else self._value(one, value, wording)
            before = "the " if style == "to" else ""
            told.append(f"{before}{self.naming.label(one, fields)}{joint[style]}{shown}")
        if len(told) == 1:
            return told[0]
        last = self.rng.choice((" and ", ", and ", ", "))
        return ", ".join(told[:-1]) + last + told[-1]

    def _value(self, one: Field, value: Value, wording: Wording) -> str:
        """Writes a value in one of its usual forms, and notes it as what is to be typed."""
        shown = written(one, value, self.store, self.rng)
        if isinstance(one, YesNo):
            return shown.lower()
        wording.typed[f"field:{one.name}"] = shown
        quoted = one.kind == "text" and self.rng.random() < QUOTED and '"' not in shown
        return f'"{shown}"' if quoted else shown


def articled(template: str, slots: dict[str, str]) -> str:
    """Fills a template, and turns its own "a" into "an" where the next word asks for it."""
    filled = template
    for slot, told in slots.items():
        an = "n" if told[:1].lower() in "aeiou" and told else ""
        filled = re.sub(rf"\b([Aa]) \{{{slot}\}}", rf"\g<1>{an} {{{slot}}}", filled)
    return filled.format(**slots)
