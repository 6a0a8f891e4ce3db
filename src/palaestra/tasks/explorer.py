"""Works in an application towards something worth doing: the hands of the proposer's seat.

No goal is given. An aim (a kind of record and something that can be done to it) is drawn evenly
over what the application offers, so that rare deeds are practised as often as common ones; then the
explorer looks for a record where it can be done, tries, and sees what comes of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import NamedTuple

from palaestra.errors import InvalidAction
from palaestra.kit.app import App
from palaestra.kit.fields import Field
from palaestra.kit.fit import is_typed_into
from palaestra.kit.record import RecordType
from palaestra.kit.route import Route
from palaestra.kit.screens.form import fields as asked_by
from palaestra.kit.seeding import Faker
from palaestra.kit.session import Session
from palaestra.tasks.hands import calmed, reached, toward
from palaestra.tasks.relations import nudged
from palaestra.types import Action, Value

MAX_STEPS = 40
ASTRAY = 0.05
LEFT_OUT = 0.4
NUDGED = 0.05
"""How often a change is one of an amount or a day that can be told by what it was before."""


class Aim(NamedTuple):
    """What the explorer looks for.

    Attributes:
        kind: Which records.
        verb: "create", "update", "delete", "read", or the name of an action.
    """

    kind: RecordType
    verb: str

    @classmethod
    def draw(cls, app: App, rng: random.Random, leaning: str) -> Aim | None:
        """Draws an aim evenly; None if the application offers nothing of the sort.

        Args:
            app: What is worked in.
            rng: Decides.
            leaning: "create", "update", "delete", "action" or "question".
        """
        aims = cls.all(app, leaning)
        return rng.choice(aims) if aims else None

    @classmethod
    def all(cls, app: App, leaning: str) -> list[Aim]:
        """Returns the aims that an application offers, in order of declaration."""
        if leaning == "action":
            return [cls(kind, name) for kind in app.records for name in kind.actions]
        if leaning == "question":
            return [cls(kind, "read") for kind in app.records]
        if leaning == "delete":
            return [cls(kind, leaning) for kind in app.records]
        return [cls(kind, leaning) for kind in app.records if kind.form_fields]


class Explorer:
    """Acts in a Session.

    Attributes:
        session: Where; it is changed.
        aim: What for.
        actions: What was done and was possible, in order.
    """

    def __init__(
        self,
        session: Session,
        aim: Aim,
        rng: random.Random,
        number: int = 0,
        given: Mapping[str, Value] | None = None,
    ) -> None:
        """Prepares to act.

        Args:
            session: Where.
            aim: What for.
            rng: Decides everything.
            number: The record to do it to (for a new part: what it will be a part of); 0 for any.
            given: What to enter, by field; None to decide that by chance.
        """
        self.given = given
        self.session, self.aim, self.rng = session, aim, rng
        bits = rng.getrandbits(32)
        self.faker, self._whims = Faker(bits), random.Random(bits)
        self.actions: list[Action] = []
        self._wanted: list[tuple[Field, str]] | None = None
        self._form_at: Route | None = None
        self._chain = [aim.kind]
        while self._chain[0].parent:
            self._chain.insert(0, self._chain[0].parent.target.type)
        self._numbers: dict[str, int] = {}
        kind: RecordType | None = aim.kind
        if aim.verb == "create":
            kind = aim.kind.parent.target.type if aim.kind.parent else None
        while kind and number:
            self._numbers[kind.name] = number
            if not kind.parent:
                break
            kind, number = kind.owner(session.store, number)

    def explore(self, enough: Callable[[Session], bool]) -> list[Action]:
        """Acts until enough has happened, or for `MAX_STEPS`; returns what was done."""
        session, begun = self.session, False
        for _ in range(MAX_STEPS):
            if enough(session):
                break
            if trouble := calmed(session):
                action: Action | None = trouble
            elif not begun:
                action = reached(session, Action("click", f"nav:{self._chain[0].name}"))
                begun = session.route == Route("list", self._chain[0].name)
                begun = begun or action is None or action.ref != "menu"
            elif session.route.screen == "form":
                action = self._form()
            else:
                action = reached(session, self._step())
            if action is None:
                begun = False
                action = Action("back")
            try:
                session.dispatch(action)
            except InvalidAction:
                self._wanted = None
                continue
            self.actions.append(action)
        return self.actions

    def _step(self) -> Action:
        """Decides what to do on a screen that is not a form."""
        refs = [r for r, node in self.session.targets().items() if "disabled" not in node.states]
        route, verb = self.session.route, self.aim.verb
        wanted = {"create": f"new:{self.aim.kind.name}", "update": "edit", "delete": "delete"}
        right = self._numbers.get(route.record, route.number) == route.number
        here = route.record == self.aim.kind.name and route.screen == "detail" and right
        makes = verb == "create" and (right or route.screen != "detail")
        if "yes" in refs:
            return Action("click", "yes")
        if self.rng.random() < ASTRAY:
            lists = [kind.name for kind in self.session.app.records if kind.parent is None]
            return Action("click", f"nav:{self.rng.choice(lists)}")
        if (here or makes) and wanted.get(verb, f"do:{verb}") in refs:
            return Action("click", wanted.get(verb, f"do:{verb}"))
        if not here and (onward := self._onward(refs)):
            return onward
        return Action("click", f"nav:{self._chain[0].name}")

    def _onward(self, refs: list[str]) -> Action | None:
        """Returns a step from a list or an owner towards some record of the wanted kind."""
        rng, route = self.rng, self.session.route
        names = [kind.name for kind in self._chain]
        if route.record not in names:
            return None
        depth = names.index(route.record) + (route.screen == "detail")
        rows = [r for r in refs if depth < len(names) and r.startswith(f"open:{names[depth]}:")]
        if depth < len(names) and (number := self._numbers.get(names[depth])):
            rows = [r for r in rows if r == f"open:{names[depth]}:{number}"]
            if not rows and depth == 0 and "search" in refs:
                label = self._chain[0].label(self.session.store, number)
                if self.session.listing(names[0]).query != label:
                    return Action("fill", "search", label)
            if rows:
                return Action("click", rows[0])
        elif "search" in refs and rng.random() < 0.25:
            kind = self._chain[0]
            numbers = self.session.store.numbers(kind.index)
            label = kind.label(self.session.store, rng.choice(numbers)) if numbers else ""
            return Action("fill", "search", label)
        if "page:1" in refs and rng.random() < 0.25:
            return Action("click", "page:1")
        return Action("click", rng.choice(rows)) if rows else None

    def _form(self) -> Action:
        """Brings the open form to what was decided for it, entry by entry, and saves it."""
        session = self.session
        if self._wanted is None or self._form_at != session.route or session.errors:
            self._wanted, self._form_at = self._decide(), session.route
        elif session.refused:  # what a rule forbids is not tried again the same way
            self._wanted = self._decide()
        if self._wanted is None:
            return Action("click", "cancel")
        for field, text in self._wanted:
            if action := toward(session, field, text):
                return action
        return Action("click", "save")

    def _decide(self) -> list[tuple[Field, str]] | None:
        """Decides what to enter: all of a new record, a few fields of an old one."""
        session, rng = self.session, self.rng
        fields = list(asked_by(session.kind(), session.route.verb))
        if self.given is not None:
            told = [(field, self.given[field.name]) for field in fields if field.name in self.given]
            return [(field, field.edit_form(value, session.store)) for field, value in told]
        whim = session.route.verb == "update" and self._whims.random() < NUDGED
        if whim and (near := self._nudged(fields)):
            return [near]
        if session.route.verb == "update":
            fields = rng.sample(fields, min(len(fields), rng.choice((1, 1, 1, 2, 2, 3))))
        else:
            fields = [
                f
                for f in fields
                if (f.required and not session.draft.get(f.name)) or rng.random() > LEFT_OUT
            ]
            rng.shuffle(fields)
        wanted = []
        for field in fields:
            value = field.sample(rng, self.faker, session.store)
            if value is None:
                return None
            wanted.append((field, field.edit_form(value, session.store)))
        return wanted

    def _nudged(self, fields: list[Field]) -> tuple[Field, str] | None:
        """Decides on a value that can be told by the one that a box holds now."""
        session, targets = self.session, self.session.targets()
        handle = session.kind().cls(session.store, session.route.number)
        found = []
        for field in fields:
            node = targets.get(f"field:{field.name}")
            if node and node.role == "textbox" and is_typed_into(node):
                value = nudged(field, getattr(handle, field.name), self._whims)
                if value is not None:
                    found.append((field, field.edit_form(value, session.store)))
        return self._whims.choice(found) if found else None
