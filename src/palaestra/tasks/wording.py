"""Says in words what was done: the describer's seat of self-play, by grammar.

What the proposer's command changed is put into a shape of `grammar.py`. Values appear in one of
the forms people write them in, always in a form that the application's own inputs accept, so
that what must be typed can be copied from the goal.

No shape is ambiguous about the record: it is named by its key, or by a value no other record has.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from palaestra.kit.fields import MONTHS, Code, Date, Field, Moment, Money, YesNo, parse_date
from palaestra.kit.record import RecordType
from palaestra.kit.store import Store
from palaestra.tasks import grammar
from palaestra.types import Command, Value

POLITE = 0.25
ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])")


@dataclass
class Wording:
    """A goal in words.

    Attributes:
        goal: The words.
        shape: The template they follow, as "kind/template".
        typed: What an agent has to type, by ref, in the form that stands in the goal.
    """

    goal: str = ""
    shape: str = ""
    typed: dict[str, str] = field(default_factory=dict)


class Describer:
    """Words goals about one store.

    Attributes:
        store: The records as they are when the goal is given.
        rng: Decides between the ways to say it.
        exam: Whether the shapes of the exam are used, or those of practice.
    """

    def __init__(self, store: Store, rng: random.Random, *, exam: bool) -> None:
        self.store, self.rng, self.exam = store, rng, exam

    def command(self, command: Command) -> Wording | None:
        """Words a change by the command that made it; None if there is nothing to say about it."""
        kind = self.store.app.kind(command.record)
        fields = {f.name: f for f in kind.stored}
        given = list(command.values)
        wording = Wording()
        slots = {"noun": kind.noun}
        if command.verb == "create":
            shape = "create"
            if kind.parent:
                shape = "create part"
                (_, owner), *given = given
                assert isinstance(owner, int)
                slots["owner"] = self._record(kind.parent.target.type, owner, wording)
            given = [
                (name, value)
                for name, value in given
                if value is not None and value != fields[name].initial(self.store)
            ]
        else:
            shape = command.verb if command.verb in ("update", "delete") else "action"
            slots["record"] = self._record(kind, command.number, wording)
        if shape == "action":
            action = kind.actions[command.verb]
            fields = {p.name: p for p in action.params}
            given = [(p.name, value) for p, (_, value) in zip(action.params, given, strict=True)]
            given = [
                (n, v) for n, v in given if v is not None and v != fields[n].initial(self.store)
            ]
            says = action.says or (f"{action.label.lower()} {{record}}",)
            say = self.rng.choice(says)
            loose = [(n, v) for n, v in given if f"{{{n}}}" not in say]
            values = {n: self._value(fields[n], v, wording) for n, v in given if f"{{{n}}}" in say}
            missing = [n for n in fields if f"{{{n}}}" in say and n not in values]
            if missing:
                say, loose, values = f"{action.label.lower()} {{record}}", given, {}
            if loose:
                say += " with " + self._listed([(fields[n], v) for n, v in loose], "with", wording)
            slots["say"] = say.format(record=slots["record"], **values)
        template = grammar.draw(shape, self.rng, exam=self.exam)
        if shape not in ("action", "delete"):
            if not given:
                return None
            pairs = [(fields[name], value) for name, value in given]
            self.rng.shuffle(pairs)
            style = next(s for s in ("with", "to", "is", "colon") if f"{{{s}}}" in template)
            slots[style] = self._listed(pairs, style, wording)
        return self._filled(wording, shape, template, slots)

    def lookup(self, kind: RecordType, number: int, asked: Field) -> Wording:
        """Words a question for one field of one record."""
        wording = Wording()
        slots = {
            "record": self._record(kind, number, wording, but=asked),
            "label": _lower(asked.label),
        }
        template = grammar.draw("question", self.rng, exam=self.exam)
        return self._filled(wording, "question", template, slots)

    def count(self, kind: RecordType, where: tuple[Field, str] | None) -> Wording:
        """Words a question for how many records there are, or have a value in a field."""
        shape = "count where" if where else "count"
        slots = {"plural": _lower(kind.plural)}
        if where:
            slots |= {"label": _lower(where[0].label), "value": where[1]}
        return self._filled(Wording(), shape, grammar.draw(shape, self.rng, exam=self.exam), slots)

    def _filled(
        self, wording: Wording, shape: str, template: str, slots: dict[str, str]
    ) -> Wording:
        capital = {k.capitalize(): v[:1].upper() + v[1:] for k, v in slots.items()}
        wording.goal = ARTICLE.sub(r"\1n ", template.format(**slots, **capital))
        if not self.exam and self.rng.random() < POLITE:
            wording.goal = self.rng.choice(grammar.OPENERS) + wording.goal
        if not self.exam and self.rng.random() < POLITE:
            wording.goal += self.rng.choice(grammar.CLOSERS)
        wording.shape = f"{shape}/{template}"
        return wording

    def _record(
        self, kind: RecordType, number: int, wording: Wording, but: Field | None = None
    ) -> str:
        """Names a record, and notes what to search for it by."""
        label = kind.label(self.store, number)
        if kind.parent:
            owner = self._record(*kind.owner(self.store, number), wording)
            return f"{kind.noun} {label} of {owner}"
        wording.typed["search"] = label
        if self.rng.random() < 0.12 and (found := self._telling(kind, number, but)):
            told, shown = found
            wording.typed["search"] = shown
            return f"the {kind.noun} with {_lower(told.label)} {shown}"
        forms = [f"{kind.noun} {label}", f"the {kind.noun} {label}"] * 2
        if isinstance(kind.key, Code):
            forms += [label] * self._codes_are_its_own(kind.key)
        else:
            forms += [f'{kind.noun} "{label}"', f"the {kind.noun} called {label}"]
        return self.rng.choice(forms)

    def _codes_are_its_own(self, key: Code) -> bool:
        """Says whether no other record type has codes of the same form."""
        keys = [kind.key for kind in self.store.app.records if isinstance(kind.key, Code)]
        return sum(other.form == key.form for other in keys) == 1

    def _telling(
        self, kind: RecordType, number: int, but: Field | None
    ) -> tuple[Field, str] | None:
        """Returns a listed field whose value occurs in no other row of the list, if any."""
        told = [
            f
            for f in kind.stored
            if f.listed and f not in (kind.key, but) and f.kind in ("text", "money", "ref")
        ]
        if not told:
            return None
        one = self.rng.choice(told)
        shown = kind.shown(self.store, number, one)
        rows = (
            "\n".join(kind.shown(self.store, n, f) for f in kind.fields if f.listed).casefold()
            for n in self.store.numbers(kind.index)
            if n != number
        )
        return None if not shown or any(shown.casefold() in row for row in rows) else (one, shown)

    def _listed(self, pairs: list[tuple[Field, Value]], style: str, wording: Wording) -> str:
        """Lists fields and values in one of four styles."""
        joint = {
            "with": " ",
            "to": " to ",
            "is": " is ",
            "colon": self.rng.choice((": ", " = ", " ")),
        }
        told = []
        for one, value in pairs:
            shown = "empty" if value is None else self._value(one, value, wording)
            before = "the " if style == "to" else ""
            told.append(f"{before}{_lower(one.label)}{joint[style]}{shown}")
        if len(told) == 1:
            return told[0]
        last = self.rng.choice((" and ", ", and ", ", "))
        return ", ".join(told[:-1]) + last + told[-1]

    def _value(self, one: Field, value: Value, wording: Wording) -> str:
        """Writes a value in one of its usual forms, and notes it as what is to be typed."""
        shown = one.edit_form(value, self.store)
        if isinstance(one, YesNo):
            return shown.lower()
        if isinstance(one, Money):
            forms = [shown, shown, shown.replace(",", "")]
            shown = self.rng.choice(
                [*forms, shown.replace(",", "")[:-3]] if shown.endswith(".00") else forms
            )
        elif isinstance(one, Date | Moment) and (day := parse_date(shown[:10])):
            month, clock = MONTHS[day.month - 1], shown[10:]
            words = (f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {day.year}")
            shown = self.rng.choice((shown, shown, *(word + clock for word in words)))
        wording.typed[f"field:{one.name}"] = shown
        quoted = one.kind == "text" and self.rng.random() < 0.25 and '"' not in shown
        return f'"{shown}"' if quoted else shown


def _lower(label: str) -> str:
    """Puts a label into running text: "Due on" is "due on", "IBAN" stays."""
    return label if label.isupper() else label[:1].lower() + label[1:]
