"""Draws what can be done to the records of one type, and what forbids it.

Rules come from families that real applications share: a status that actions move along, a flag
that is put on and taken off, values asked for first, a stamp of the day, a limit that refuses, a
count on another record, a lock on what is finished.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from palaestra.gyms.procedural import words
from palaestra.kit import (
    Record,
    Refused,
    Store,
    action,
    choice,
    date,
    money,
    quantity,
    ref,
    text,
    yes_no,
)
from palaestra.kit.fields import Field, Money, Quantity, Ref

if TYPE_CHECKING:
    from palaestra.gyms.procedural.generator import Generator

Effect = Callable[[Any], None]
PREPOSITIONS = {
    "date": ("on", "as of", "dated"),
    "ref": ("from", "to", "by", "through", "with"),
    "money": ("for", "of", "at"),
    "quantity": ("with", "at", "to"),
    "text": ("because of", "with reason", "noting"),
    "choice": ("as", "by", "to"),
}


class Rules:
    """Adds actions and a lock to the class body of a record.

    Attributes:
        draw: Who draws the application.
        noun: What the record is called.
        body: The class body.
        labels: Labels that the record uses, in lower case.
    """

    def __init__(self, draw: Generator, noun: str, body: dict[str, Any], labels: set[str]) -> None:
        self.draw, self.noun, self.body, self.labels = draw, noun, body, labels
        self.status: str = ""
        self.states: list[str] = []
        self.verbs: set[str] = set()
        self.alone = False

    def add(self, *, locks: bool) -> None:
        """Draws them.

        Some records offer never more than one action at a time; those may also be asked for in
        words that the screen does not have, which only elimination can resolve.
        """
        rng = self.draw.rng
        self.alone = rng.random() < 0.35
        if self.alone:
            self._flag() if rng.random() < 0.5 else self._moves(locks)
            return
        if rng.random() < 0.7:
            self._moves(locks)
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            self._flag() if rng.random() < 0.5 else self._deed()

    def scatter(self, store: Store, rng: random.Random, cls: type[Record]) -> None:
        """Puts the made-up records into states of every kind."""
        for record in list(cls.type.find(store)):
            if self.status:
                setattr(record, self.status, rng.choice([self.states[0], *self.states]))
            for name, made in self.body.items():
                if isinstance(made, Field) and made.kind == "yes_no" and not made.editable:
                    setattr(record, name, rng.random() < 0.3)

    def _verb(self) -> str:
        """Returns an action's label that the record does not use yet."""
        rng = self.draw.rng
        while True:
            invented = rng.random() < self.draw.invented
            verb = words.nonsense(rng) if invented else rng.choice(words.VERBS)
            match rng.randrange(10):
                case 0:
                    verb = f"declare {rng.choice(words.STATES).replace('_', ' ')}"
                case 1:
                    verb = f"{verb} {rng.choice(words.LABELS)}"
                case 2:
                    verb = f"{verb} {rng.choice(('again', 'twice', 'through', 'anew'))}"
            if verb not in self.verbs:
                self.verbs.add(verb)
                return verb.capitalize()

    def _moves(self, locks: bool) -> None:
        """A status, and actions that move it along, aside and back."""
        rng = self.draw.rng
        self.states = [
            s.capitalize().replace("_", " ") for s in rng.sample(words.STATES, rng.randint(3, 5))
        ]
        states = self.states
        label = next(
            (
                w
                for w in rng.sample(("status", "state", "stage", "phase"), 4)
                if w not in self.labels
            ),
            "progress",
        )
        self.labels.add(label)
        self.status = status = label
        self.body[status] = choice(*states, editable=False, label=label.capitalize())
        for before, after in pairwise(states):
            self._action(self._mover(status, after), self._is_in(status, before))
        if not self.alone and rng.random() < 0.4:
            last = states[-1]
            self._action(self._mover(status, last), lambda r: getattr(r, status) not in states[-2:])
        if rng.random() < 0.4:  # from the last state there is no other way
            self._action(self._mover(status, states[0]), lambda r: getattr(r, status) == states[-1])
        if locks:
            done = states[-1]

            def locked(record: Any) -> str:
                return (
                    f"What is {done.lower()} cannot be changed"
                    if getattr(record, status) == done
                    else ""
                )

            self.body["locked"] = locked
            what = words.a(self.noun).capitalize()
            self.draw.rules.append(f"{what} that is {done.lower()} is neither changed nor deleted.")

    def _flag(self) -> None:
        """A yes or no that one action puts on and another takes off."""
        name = self._field(lambda label: yes_no(label=label, editable=False), words.STATES)
        self._action(lambda r: setattr(r, name, True), lambda r: not getattr(r, name))
        self._action(lambda r: setattr(r, name, False), lambda r: bool(getattr(r, name)))

    def _deed(self) -> None:
        """An action for its own sake, which stamps the day or counts on another record."""
        counted = [
            (name, other.name)
            for name, made in self.body.items()
            if isinstance(made, Ref)
            for other in made.target.type.stored
            if isinstance(other, Quantity) and not other.unique
        ]
        if counted and self.draw.rng.random() < 0.5:
            name, tally = self.draw.rng.choice(counted)
            counted_on = self._stamp()

            def count(record: Any) -> None:
                other = getattr(record, name)
                setattr(other, tally, (getattr(other, tally) or 0) + 1)
                setattr(record, counted_on, record.today)  # or nobody could tell which one it was

            self._action(
                count, lambda r: getattr(r, name) is not None and getattr(r, counted_on) is None
            )
            return
        stamp = self._stamp()
        self._action(lambda r: setattr(r, stamp, r.today), lambda r: getattr(r, stamp) is None)

    def _stamp(self) -> str:
        """Adds a day that only rules set; returns its name."""
        return self._field(
            lambda label: date(label=label, editable=False, required=False),
            words.DATE_LABELS,
            " on",
        )

    def _is_in(self, status: str, state: str) -> Callable[[Any], bool]:
        return lambda record: bool(getattr(record, status) == state)

    def _mover(self, status: str, after: str) -> Effect:
        def move(record: Any) -> None:
            setattr(record, status, after)

        return move

    def _field(self, make: Callable[[str], Any], pool: list[str], ending: str = "") -> str:
        """Adds a field that only rules set; returns its name."""
        from palaestra.gyms.procedural.generator import slug

        label = self.draw.label(self.labels, pool, ending)
        name = slug(label)
        self.body[name] = make(label)
        self.body[name].listed = self.draw.rng.random() < 0.4
        return name

    def _action(self, effect: Effect, when: Callable[[Any], bool]) -> None:
        """Adds an action around an effect: with parameters, a limit or a question, or plain."""
        rng = self.draw.rng
        label = self._verb()
        params = self._params() if rng.random() < 0.3 else {}
        limit = self._limit(label) if rng.random() < 0.2 else None
        confirm = "This is final." if not params and rng.random() < 0.2 else ""

        def run(self: Any, **given: Any) -> None:
            if limit:
                limit(self)
            effect(self)
            for name, value in given.items():
                setattr(self, name, value)

        run.__name__ = name = f"do_{len(self.verbs)}"
        self.body[name] = action(
            label,
            when=when,
            confirm=confirm,
            says=self._says(label, params),
            by=self._by(label),
            **params,
        )(run)

    def _by(self, label: str) -> tuple[str, ...]:
        """Draws which roles may do an action; everybody, where it is empty."""
        rng, roles = self.draw.rng, self.draw.roles
        if not roles or rng.random() < 0.75:
            return ()
        by = roles[: rng.randint(1, len(roles) - 1)]
        who = " or ".join(words.a(role.lower()) for role in by)
        self.draw.rules.append(f"{label} is for {who} only (on {words.a(self.noun)}).")
        return by

    def _says(self, label: str, params: dict[str, Any]) -> tuple[str, ...]:
        verb = label.lower()
        head, _, rest = verb.partition(" ")
        ways = [f"{verb} {{record}}", f"{head} {{record}} {rest}".rstrip()]
        if self.alone:
            ways += [self._aside(), self._aside()]
        for name, param in params.items():
            kept = self.body[name].label.lower()
            leads = (
                self.draw.rng.choice(PREPOSITIONS[param.kind]),
                f"with the {kept}",
                f"and give the {kept}",
                f"for the {kept}",
                f"({kept})",
            )
            ways = [
                f"{way} {self.draw.rng.choice(leads)} {{{name}}}"
                if self.draw.rng.random() < 0.7
                else way
                for way in ways
            ]
        return tuple(
            dict.fromkeys([*ways, f"do the {verb} for {{record}}", f"run {verb} on {{record}}"])
        )

    def _aside(self) -> str:
        """Returns a way to ask for an action without any of its words."""
        rng = self.draw.rng
        verb, state = rng.choice(words.VERBS), rng.choice(words.STATES).replace("_", " ")
        when = rng.choice(("again", "for now", "for good", "after all", "once more"))
        where = rng.choice(("off", "out of", "into", "back to"))
        return rng.choice(
            (
                f"{verb} {{record}}",
                f"{verb} {{record}} {when}",
                f"make sure that {{record}} is {state}",
                f"see to it that {{record}} gets {state}",
                f"take {{record}} {where} {rng.choice(words.LABELS)}",
                f"let nobody {verb} {{record}} any more",
            )
        )

    def _params(self) -> dict[str, Any]:
        """Draws one or two values that an action asks for; the record keeps each in a field."""
        rng = self.draw.rng
        others = [cls for cls in self.draw.classes if not cls.type.parent]
        made: dict[str, Any] = {}
        for _ in range(rng.choice((1, 1, 2))):
            required = rng.random() < 0.8
            kind = rng.choice(
                ("text", "date", "money", "quantity", "choice", "ref" if others else "date")
            )
            options, target = self.draw.options(), rng.choice(others) if others else None
            make = partial(_param, kind, options, target)
            pool = words.DATE_LABELS if kind == "date" else words.LABELS
            name = self._field(partial(make, editable=False, required=False), pool)
            today = {"default": "today"} if kind == "date" else {}
            made[name] = make(self.body[name].label, required=required, **today)
        return made

    def _limit(self, label: str) -> Effect | None:
        """Draws a limit over which an action is refused; None if there is nothing to limit."""
        rng = self.draw.rng
        limited = [
            (n, f) for n, f in self.body.items() if isinstance(f, Money | Quantity) and f.editable
        ]
        if not limited:
            return None
        name, field = rng.choice(limited)
        bound = field.low + int((field.high - field.low) * rng.choice((0.3, 0.5, 0.7)))
        shown = field.show(bound, None)  # type: ignore[arg-type]  # amounts ask no store
        rule = f"{label} is not possible where {field.label.lower()} is over {shown}."
        self.draw.rules.append(rule)

        def refuse(record: Any) -> None:
            if (getattr(record, name) or 0) > bound:
                raise Refused(rule)

        return refuse


def _param(
    kind: str, options: list[str], target: type[Record] | None, label: str, **rest: Any
) -> Any:
    """Makes a field of a kind, with the options of a choice or the target of a reference."""
    match kind:
        case "date":
            return date(30, 0, label=label, **rest)
        case "money":
            return money(1, 5_000, label=label, **rest)
        case "quantity":
            return quantity(1, 60, label=label, **rest)
        case "choice":
            return choice(*options, label=label, **rest)
        case "ref" if target:
            return ref(target, label=label, **rest)
    return text("phrase", label=label, **rest)
